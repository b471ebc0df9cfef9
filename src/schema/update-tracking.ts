// `updateTracking`.

import { parseKey } from '../domain/key.ts';
import type { Tracking } from '../domain/tracking.ts';
import { keyArgs, type Builder, ONE_CALL } from './builder.ts';
import type { Enums } from './enums.ts';
import { type ErrorTypes, inputError, type InputErrorShape, notFound, type NotFoundShape } from './errors.ts';

interface UpdatedShape {
  readonly kind: 'updated';
  readonly tracking: Tracking;
}
type UpdateShape = UpdatedShape | NotFoundShape | InputErrorShape;

export function addUpdateTracking(builder: Builder, enums: Enums, errors: ErrorTypes): void {
  const payload = builder.objectRef<UpdatedShape>('UpdateTrackingPayload').implement({
    description: 'The tracking is changed.',
    fields: (t) => ({
      tracking: t.expose('tracking', {
        type: 'Tracking',
        nullable: false,
        description:
          'With the new values. What the upstream’s answer leaves out (legs, events, comment) costs one read when asked for.',
      }),
    }),
  });
  const result = builder.unionType('UpdateTrackingResult', {
    description: 'What became of an update.',
    types: [payload, errors.notFound, errors.input],
    resolveType: ({ kind }: UpdateShape) =>
      ({ updated: payload, missing: errors.notFound, invalid: errors.input })[kind],
  });
  const input = builder.inputType('UpdateTrackingInput', {
    description: 'A member that is left out stays as it is; null and `""` clear it.',
    fields: (t) => ({
      title: t.string({ description: 'Your name for the parcel.' }),
      logisticsChannel: t.string({ description: 'Your carrier’s service or channel.' }),
      customerName: t.string({ description: 'Personal data.' }),
      customerEmail: t.field({ type: 'EmailAddress', description: 'Personal data; replaces all addresses.' }),
      customerPhone: t.string({ description: 'Personal data.' }),
      orderId: t.string({ description: 'Your order.' }),
      destinationCountryCode: t.field({ type: 'CountryCode', description: 'Where the parcel goes.' }),
      archived: t.boolean({ description: 'true archives, false takes it back; null changes nothing.' }),
      status: t.field({
        type: enums.override,
        description: 'Shown instead of the parcel’s own status until ORIGINAL; null changes nothing.',
      }),
    }),
  });
  builder.mutationField('updateTracking', (t) =>
    t.field({
      type: result,
      nullable: false,
      cost: ONE_CALL,
      description:
        'Changes what you keep with a tracking. One upstream call (one a second for the whole account); it has the same effect twice, so a lost answer is simply repeated once.',
      args: { ...keyArgs(t), input: t.arg({ type: input, required: true, description: 'The changes.' }) },
      async resolve(
        _root,
        { carrierCode, trackingNumber, input: changes },
        { upstream, caller, loaders },
      ): Promise<UpdateShape> {
        const key = parseKey(carrierCode, trackingNumber);
        loaders.written(key);
        const outcome = await upstream.update(key, changes, caller);
        switch (outcome.kind) {
          case 'updated':
            return outcome;
          case 'missing':
            return notFound(key);
          case 'invalid':
            return inputError(
              outcome.reason,
              outcome.reason === 'STATUS' || outcome.reason === 'OTHER' ? ['input'] : [],
            );
        }
      },
    }),
  );
}
