// The Pothos builder and the names its types are known by. Defines no type.

import SchemaBuilder from '@pothos/core';
import type { Context } from '../context.ts';
import { InvalidInput } from '../domain/errors.ts';
import { trackingId } from '../domain/key.ts';
import type { Carrier, Country, Tracking, TrackingEvent, TrackingLeg } from '../domain/tracking.ts';
import type { Edge, PageInfo, TrackingPage } from './trackings.ts';

interface PlainText {
  Input: string;
  Output: string;
}

export interface SchemaTypes {
  Context: Context;
  Scalars: {
    ID: PlainText;
    DateTime: PlainText;
    LocalDateTime: PlainText;
    Date: PlainText;
    CountryCode: PlainText;
    EmailAddress: PlainText;
    URL: PlainText;
  };
  Objects: {
    Tracking: Tracking;
    TrackingCustomer: Tracking;
    TrackingEvent: TrackingEvent;
    TrackingLeg: TrackingLeg;
    TrackingConnection: TrackingPage;
    TrackingEdge: Edge;
    Carrier: Carrier;
    Country: Country;
    PageInfo: PageInfo;
  };
}

export type Builder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>;

/**
 * What the subgraph schema says a field costs (`@cost`): ten for each upstream call it may take. Objects are one each, so
 * that a page of a hundred weighs as much as ten calls.
 */
export const ONE_CALL = 10;

/** What has a global id. So far trackings only. */
export type NodeRef = ReturnType<typeof addNode>;

/** The interface of global object identification. */
export function addNode(builder: Builder) {
  return builder.interfaceRef<Tracking>('Node').implement({
    description: 'Something with an id that stays the same wherever it is met.',
    resolveType: () => 'Tracking',
    fields: (t) => ({
      id: t.id({ nullable: false, description: 'Opaque.', resolve: (tracking) => trackingId(tracking.key) }),
    }),
  });
}

type QueryArgs = PothosSchemaTypes.RootFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, object>;

/** The two arguments that name a tracking. */
export function keyArgs(t: { readonly arg: QueryArgs['arg'] }) {
  return {
    carrierCode: t.arg.string({
      required: true,
      description: 'A code of `carriers`, e.g. `russian-post`. Trimmed, compared without case.',
    }),
    trackingNumber: t.arg.string({
      required: true,
      description: 'Letters, digits, "-" and "_", 5 to 64 characters. Trimmed, compared without case.',
    }),
  };
}

/**
 * A field that follows from its source: `{...known(…)}` beside its type and description. Plans (server/plan.ts) read it in
 * place.
 */
export function known<Source, Args, Shown>(peek: (source: Source, args: Args) => Shown) {
  return { resolve: (source: Source, args: Args) => peek(source, args), extensions: { peek } };
}

/**
 * A root field that reads one of many things by its key: one by one through a loader (`load`), or, where a plan
 * (server/plan.ts) knows all that an operation asks for, in one go (`loadAll`).
 */
export function keyedField<Args, Key, Found, Shown>(by: {
  /** Throws what is wrong with the arguments. */
  readonly keyOf: (args: Args) => Key;
  readonly load: (key: Key, context: Context) => Promise<Shown>;
  /** Each or an error, in the order of the keys. */
  readonly loadAll: (keys: readonly Key[], context: Context) => Promise<readonly (Found | Error)[]>;
  /** The value of what was found; asked for at the last moment. */
  readonly take: (found: Found) => Shown;
}) {
  const { keyOf, load, loadAll, take } = by;
  return {
    resolve: (_root: object, args: Args, context: Context) => load(keyOf(args), context),
    extensions: { keyed: { keyOf, loadAll, take } },
  };
}

/** What a plan needs of a keyed field. */
export interface Keyed {
  keyOf(args: Readonly<Record<string, unknown>>): unknown;
  loadAll(keys: readonly unknown[], context: Context): Promise<readonly unknown[]>;
  take(found: unknown): unknown;
}

/** undefined: the field is none. */
export function keyedBy(field: { readonly extensions: Readonly<Record<string, unknown>> }): Keyed | undefined {
  const { keyed } = field.extensions;
  return isKeyed(keyed) ? keyed : undefined;
}
const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && 'keyOf' in value && 'loadAll' in value && 'take' in value;

/** A language as the upstream takes it: two letters, any case. Throws `InvalidInput`. */
export function checkLanguage(language: string | null | undefined, argument: string): string | undefined {
  if (!language) return undefined;
  if (!/^[A-Za-z]{2}$/.test(language)) throw new InvalidInput(argument, 'is not a language of two letters');
  return language;
}

/** A builder that knows our scalars and types by name. */
export function createBuilder(): Builder {
  return new SchemaBuilder<SchemaTypes>({});
}
