// The graph as a subgraph of a company's supergraph: which types others may refer to and extend, how a reference is read,
// and what gateways are told by directives. Nothing of it is in the standalone graph.

import SchemaBuilder from '@pothos/core';
import directives from '@pothos/plugin-directives';
import federation from '@pothos/plugin-federation';
import { type GraphQLSchema, isUnionType } from 'graphql';
import type { Context } from '../context.ts';
import { InvalidInput } from '../domain/errors.ts';
import { parseCarrierCode, parseKey, parseTrackingId } from '../domain/key.ts';
import type { Carrier, Tracking } from '../domain/tracking.ts';
import type { Builder, SchemaTypes } from './builder.ts';
import type { addCarrier } from './carrier.ts';
import type { addTracking } from './tracking.ts';

export interface SubgraphOptions {
  /** The company's own type of orders and its key field; undefined: it has none. */
  readonly order: { readonly type: string; readonly key: string } | undefined;
}

// 2.9 is the first with @cost and the last that all three composers know (libraries.md §0.6).
const LINK = 'https://specs.apollo.dev/federation/v2.9';
/** Thirteen list calls: about half of what the default deadline has room for. */
export const MAX_REPRESENTATIONS = 500;

/** A reference to one of our entities, as a gateway sends it: nothing of it is known yet. */
type Representation = Readonly<Record<string, unknown>>;

interface Order {
  readonly orderId: string;
}

/** A builder whose types may say more to gateways; the standalone one ignores what they say. */
export const createSubgraphBuilder = (): Builder =>
  new SchemaBuilder<SchemaTypes>({ plugins: [directives, federation] });

interface Types {
  readonly tracking: ReturnType<typeof addTracking>;
  readonly carrier: ReturnType<typeof addCarrier>;
}

export function toSubgraph(builder: Builder, types: Types, { order }: SubgraphOptions): GraphQLSchema {
  builder.asEntity(types.tracking, {
    key: [
      builder.selection<{ id: string }>('id'),
      builder.selection<{ carrierCode: string; trackingNumber: string }>('carrierCode trackingNumber'),
    ],
    resolveReference: (reference, context) => readTracking({ ...reference }, context),
  });
  builder.asEntity(types.carrier, {
    key: builder.selection<{ code: string }>('code'),
    resolveReference: (reference, context) => readCarrier({ ...reference }, context),
  });
  if (order) addOrder(builder, order);
  return withCheckedEntities(builder.toSubGraphSchema({ linkUrl: LINK }), order);
}

/**
 * What this graph knows of an order: its parcels. Costs nothing until they are asked for. Type and key are described by
 * the graph that owns them.
 */
function addOrder(builder: Builder, { type, key }: { readonly type: string; readonly key: string }): void {
  const ref = builder.objectRef<Order>(type).implement({
    fields: (t) => ({
      [key]: t.id({ nullable: false, resolve: (it) => it.orderId }),
      trackings: t.field({
        type: ['Tracking'],
        nullable: false,
        description: 'Its parcels, newest registration first. Up to 40 orders share one upstream call.',
        listSize: { assumedSize: 2 },
        resolve: ({ orderId }, _args, { loaders }) => loaders.ofOrder(orderId),
      }),
    }),
  });
  builder.asEntity(ref, {
    key: { ...builder.selection<{ id: string }>('id'), selection: key },
    resolveReference: (reference) => readOrder({ ...reference }, key),
  });
}

/** A member of a key. Gateways send strings; whatever else comes is no key, and is not made into one. */
function memberOf(reference: Representation, name: string): string {
  const value = reference[name];
  if (typeof value !== 'string' || value === '') throw refused(`${name} must be text that is not empty`);
  return value;
}

const refused = (reason: string) => new InvalidInput('representations', `holds one that is not known: ${reason}`);

function readTracking(reference: Representation, { loaders }: Context): Promise<Tracking | null> {
  // Beside the key there may be fields that others require: they are nothing to us.
  if (reference.id === undefined) {
    const key = parseKey(memberOf(reference, 'carrierCode'), memberOf(reference, 'trackingNumber'));
    return loaders.tracking(key);
  }
  const key = parseTrackingId(memberOf(reference, 'id'));
  if (!key) throw refused('id is not an id of this graph');
  return loaders.tracking(key);
}

const readCarrier = (reference: Representation, { loaders }: Context): Promise<Carrier | null> =>
  loaders.carrier(parseCarrierCode(memberOf(reference, 'code'), 'representations'));

function readOrder(reference: Representation, key: string): Order {
  const orderId = memberOf(reference, key).trim();
  // The upstream separates ids by commas and knows no escape.
  if (orderId === '' || orderId.includes(',')) throw refused(`${key} cannot be an order id`);
  return { orderId };
}

/**
 * `_entities` in our own words: capped, counted, and with an error for each reference that is none, so that one does
 * not fail the others. The library's marks the objects it answers with, which here are shared between requests.
 */
function withCheckedEntities(schema: GraphQLSchema, order: SubgraphOptions['order']): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities;
  const union = schema.getType('_Entity');
  if (!field || !isUnionType(union)) throw new Error('a subgraph has entities');
  const read = (reference: unknown, context: Context) => {
    if (!isRepresentation(reference)) throw refused('it is no object');
    switch (reference.__typename) {
      case 'Tracking':
        return readTracking(reference, context);
      case 'Carrier':
        return readCarrier(reference, context);
      default:
        if (order && reference.__typename === order.type) return readOrder(reference, order.key);
        throw refused('__typename is no entity of this graph');
    }
  };
  field.resolve = (_root, { representations }: { representations: readonly unknown[] }, context: Context) => {
    if (representations.length > MAX_REPRESENTATIONS) {
      throw new InvalidInput('representations', `takes at most ${MAX_REPRESENTATIONS} entities`);
    }
    return representations.map(async (reference) => {
      context.caller.note('entity');
      return read(reference, context);
    });
  };
  union.resolveType = (entity: object) =>
    'trackingNumber' in entity ? 'Tracking' : 'orderId' in entity ? order?.type : 'Carrier';
  return schema;
}

const isRepresentation = (value: unknown): value is Representation =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
