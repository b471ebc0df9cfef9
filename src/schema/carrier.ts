// Carrier and the queries about carriers.

import type { Context } from '../context.ts';
import { parseCarrierCode, parseTrackingNumber } from '../domain/key.ts';
import type { Carrier } from '../domain/tracking.ts';
import { type Builder, ONE_CALL } from './builder.ts';
import type { Enums } from './enums.ts';

/** Detection tells code and name only; the rest comes from the carrier list. */
function listed<Name extends 'phone' | 'website' | 'logo' | 'kind'>(name: Name) {
  return async (carrier: Carrier, _args: object, { loaders }: Context) =>
    carrier[name] !== undefined ? carrier[name] : ((await loaders.carrier(carrier.code))?.[name] ?? null);
}

export function addCarrier(builder: Builder, enums: Enums) {
  const carrier = builder.objectType('Carrier', {
    description: 'A delivery company the upstream can ask. The list hardly changes and is kept for a day.',
    fields: (t) => ({
      code: t.exposeString('code', { nullable: false, description: 'What `carrierCode` arguments take, e.g. `cdek`.' }),
      name: t.exposeString('name', { nullable: false, description: 'In English; detection may spell it differently.' }),
      phone: t.string({ description: 'Hotline, as printed. null: none.', resolve: listed('phone') }),
      website: t.field({ type: 'URL', description: 'Home page. null: none.', resolve: listed('website') }),
      logo: t.field({
        type: 'URL',
        description: 'Picture on the upstream’s picture host. null: none.',
        resolve: listed('logo'),
      }),
      kind: t.field({
        type: enums.carrierKind,
        description: 'null: the upstream does not say.',
        resolve: listed('kind'),
      }),
    }),
  });
  builder.queryFields((t) => ({
    carriers: t.field({
      type: ['Carrier'],
      nullable: false,
      description: 'All carriers, some 660, in the upstream’s order. At most one upstream call a day.',
      listSize: { assumedSize: 660 },
      resolve: (_root, _args, { upstream, caller }) => upstream.carriers(caller),
    }),
    carrier: t.field({
      type: 'Carrier',
      description: 'One carrier of the list. null: the upstream knows none of this code.',
      args: { code: t.arg.string({ required: true, description: 'Compared without case.' }) },
      resolve: (_root, { code }, { loaders }) => loaders.carrier(parseCarrierCode(code, 'code')),
    }),
    detectCarriers: t.field({
      type: ['Carrier'],
      nullable: false,
      description:
        'Carriers whose numbers look like this one, best guess first; empty: none. Billed: five calls cost one unit of the account’s quota, and nothing is kept.',
      cost: ONE_CALL,
      listSize: { assumedSize: 5 },
      args: { trackingNumber: t.arg.string({ required: true, description: 'The number to look at.' }) },
      resolve: (_root, { trackingNumber }, { upstream, caller }) =>
        upstream.detect(parseTrackingNumber(trackingNumber), caller),
    }),
  }));
  return carrier;
}
