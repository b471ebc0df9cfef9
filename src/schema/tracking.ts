// Tracking, its customer and countries, and the `tracking` query. Fields are property reads; a field
// that the reply at hand does not tell (upstream.md §6) is read once for the whole operation.

import type { Context } from '../context.ts';
import { parseKey, trackingId } from '../domain/key.ts';
import { parseFirst } from '../domain/page.ts';
import { latestOf, substatusOf, type Tracking, type TrackingDetails, trackingIn } from '../domain/tracking.ts';
import { keyArgs, type Builder, keyedField, known, type NodeRef, ONE_CALL } from './builder.ts';
import type { Enums } from './enums.ts';
import { addLegs, USUAL_EVENTS } from './legs.ts';

type Value<Name extends keyof TrackingDetails> = NonNullable<Tracking[Name]>;

/**
 * `show` of the member as it is known, else read; of null when no read tells it. Waits only where it must read: what plans
 * (server/plan.ts) peek at is undefined then.
 */
function toldAs<Name extends keyof TrackingDetails, Shown, Args>(
  name: Name,
  show: (value: Value<Name> | null, args: Args) => Shown,
) {
  const peek = (tracking: Tracking, args: Args): Shown | undefined => {
    const value = tracking[name];
    return value === undefined ? undefined : show(value ?? null, args);
  };
  return {
    extensions: { peek },
    resolve(tracking: Tracking, args: Args, { loaders }: Context): Shown | Promise<Shown> {
      const shown = peek(tracking, args);
      return shown === undefined ? loaders.completed(tracking).then((full) => show(full[name] ?? null, args)) : shown;
    },
  };
}

/** The member itself. */
const told = <Name extends keyof TrackingDetails>(name: Name) =>
  toldAs<Name, Value<Name> | null, object>(name, (value) => value);

interface KeyArguments {
  readonly carrierCode: string;
  readonly trackingNumber: string;
}

const READ_WHEN_UNTOLD =
  'Not told by every call: where the one at hand does not tell it, one read fetches it for the whole operation.';

export function addTracking(builder: Builder, enums: Enums, node: NodeRef) {
  const tracking = builder.objectType('Tracking', {
    description:
      'A parcel registered in the account: one carrier and one number. The upstream looks it up at the carrier every few hours; `realtime` asks at once.',
    interfaces: [node],
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description:
          'Opaque and the same everywhere and for ever: made of carrier and number, also after delete and re-create.',
        ...known((tracking: Tracking) => trackingId(tracking.key)),
      }),
      upstreamId: t.string({
        description: 'The upstream’s own id, for support cases; no query takes it.',
        ...told('upstreamId'),
      }),
      carrierCode: t.exposeString('carrierCode', {
        nullable: false,
        description: 'As the upstream stored it, e.g. `russian-post`.',
      }),
      trackingNumber: t.exposeString('trackingNumber', {
        nullable: false,
        description: 'As the upstream stored it. Compared without case.',
      }),
      carrier: t.field({
        type: 'Carrier',
        description: 'From the carrier list, which is kept for a day. null: the list does not have it.',
        resolve: (tracking, _args, { loaders }) => loaders.carrier(tracking.carrierCode),
      }),
      status: t.field({
        type: enums.status,
        nullable: false,
        description:
          'Where the parcel stands, by the newest event or as set by `updateTracking`. UNKNOWN for a word this graph does not know.',
        ...toldAs('reading', (reading) => reading?.status ?? 'UNKNOWN'),
      }),
      statusText: t.string({
        nullable: false,
        description: 'The upstream’s own word for `status`, e.g. `transit`.',
        ...toldAs('reading', (reading) => reading?.text ?? ''),
      }),
      substatus: t.field({
        type: enums.substatus,
        description: 'Of the parcel as a whole; most accounts get it on events only.',
        ...toldAs('substatusCode', (code) => substatusOf(code)),
      }),
      substatusCode: t.string({
        description: 'The upstream’s code for `substatus`, e.g. `transit004`.',
        ...told('substatusCode'),
      }),
      title: t.string({ description: 'Your name for the parcel. null: none.', ...told('title') }),
      comment: t.string({ description: 'Your note, set at creation. null: none.', ...told('comment') }),
      logisticsChannel: t.string({
        description:
          'As last written through this server: the upstream never reads it back. null: none, or not known here.',
        ...known(({ logisticsChannel }: Tracking) => logisticsChannel ?? null),
      }),
      orderId: t.string({ description: 'Your order this parcel belongs to. null: none.', ...told('orderId') }),
      orderCreatedAt: t.field({
        type: 'LocalDateTime',
        description: 'When your order was placed, as you gave it. null: not given.',
        ...told('orderCreatedAt'),
      }),
      customer: t.field({
        type: 'TrackingCustomer',
        description: 'The person the parcel is for. Personal data.',
        ...known((tracking: Tracking) => tracking),
      }),
      originCountry: t.field({
        type: 'Country',
        description: 'Where the parcel comes from, once the carrier tells. null: not known.',
        ...told('originCountry'),
      }),
      destinationCountry: t.field({
        type: 'Country',
        description:
          'Where the parcel goes, as given at creation. Lists do not tell it: where it is not known yet, every tracking of a page costs one upstream call (a second each); on some brands no read tells it, and it is null unless written through this server.',
        cost: ONE_CALL,
        resolve: (tracking, _args, { loaders }) =>
          tracking.destinationCountry !== undefined
            ? tracking.destinationCountry
            : loaders.withDestination(tracking).then((full) => full.destinationCountry ?? null),
      }),
      archived: t.boolean({
        description: 'Put away by `updateTracking`; still listed unless filtered out.',
        ...told('archived'),
      }),
      createdAt: t.field({
        type: 'DateTime',
        description: `When the account registered it. ${READ_WHEN_UNTOLD}`,
        ...told('createdAt'),
      }),
      updatedAt: t.field({
        type: 'DateTime',
        description:
          'The last look-up at the carrier, not the last edit; may lie before `createdAt`. null: not looked up yet.',
        ...told('updatedAt'),
      }),
      transitDays: t.int({
        description: 'Days from acceptance to delivery, or to the last look-up, rounded up. null: not accepted yet.',
        ...told('transitDays'),
      }),
      idleDays: t.int({
        description: 'Days since the newest event of the origin leg, rounded up. null: no event.',
        ...told('idleDays'),
      }),
      origin: t.field({
        type: 'TrackingLeg',
        description: `The first carrier’s part of the way. ${READ_WHEN_UNTOLD}`,
        ...told('origin'),
      }),
      destination: t.field({
        type: 'TrackingLeg',
        description: 'The second carrier’s part of the way. null: there is no second carrier.',
        ...told('destination'),
      }),
      events: t.field({
        type: ['TrackingEvent'],
        nullable: false,
        description: 'The log of both legs, newest first; events of the same minute keep the carrier’s order.',
        listSize: { assumedSize: USUAL_EVENTS, slicingArguments: ['first'], requireOneSlicingArgument: false },
        args: { first: t.arg.int({ description: 'Only the newest so many, 1 to 100. Left out: all.' }) },
        ...toldAs('events', (events, { first }: { readonly first?: number | null | undefined }) => {
          const count = typeof first === 'number' ? parseFirst(first) : undefined;
          return count === undefined ? (events ?? []) : (events ?? []).slice(0, count);
        }),
      }),
      latestEvent: t.field({
        type: 'TrackingEvent',
        description:
          'The newest event of both legs, found here: the upstream’s own looks at the origin leg only. null: no event.',
        ...toldAs('events', (events) => latestOf(events ?? [])),
      }),
      fetchedAt: t.field({
        type: 'DateTime',
        nullable: false,
        description: 'When this server read the tracking from the upstream: the age of everything else here.',
        ...known((tracking: Tracking) => new Date(tracking.fetchedAt).toISOString()),
      }),
    }),
  });
  addCustomer(builder);
  addLegs(builder, enums);
  addCountry(builder);
  builder.queryField('tracking', (t) =>
    t.field({
      type: 'Tracking',
      description:
        'One tracking of the account. null: not registered; `createTracking` registers it. Look-ups of one operation, and of operations that run at the same time, share upstream calls, up to 40 in one.',
      cost: ONE_CALL,
      args: keyArgs(t),
      ...keyedField({
        keyOf: ({ carrierCode, trackingNumber }: KeyArguments) => parseKey(carrierCode, trackingNumber),
        load: (key, { loaders }) => loaders.tracking(key),
        loadAll: (keys, { loaders }) => loaders.trackings(keys),
        take: trackingIn,
      }),
    }),
  );
  return tracking;
}

function addCustomer(builder: Builder): void {
  builder.objectType('TrackingCustomer', {
    description: 'The person a parcel is for, as far as you gave it. Personal data.',
    fields: (t) => ({
      name: t.string({ description: 'null: not given.', tag: 'pii', ...told('customerName') }),
      emails: t.stringList({
        nullable: false,
        description: 'None, one or several addresses, as the upstream stored them: they may be malformed or masked.',
        tag: 'pii',
        listSize: { assumedSize: 1 },
        ...toldAs('customerEmails', (emails) => emails ?? []),
      }),
      phone: t.string({
        description:
          'As last written through this server: the upstream never reads it back. null: none, or not known here.',
        tag: 'pii',
        ...known(({ customerPhone }: Tracking) => customerPhone ?? null),
      }),
    }),
  });
}

function addCountry(builder: Builder): void {
  builder.objectType('Country', {
    // Other graphs may have the same one.
    shareable: true,
    description: 'A country as the upstream names it.',
    fields: (t) => ({
      code: t.expose('code', {
        type: 'CountryCode',
        nullable: true,
        description: 'null: the upstream’s name is not one we can place.',
      }),
      name: t.exposeString('name', { nullable: false, description: 'In English.' }),
    }),
  });
}
