// `deleteTracking`.

import { parseKey, trackingId, type TrackingKey } from '../domain/key.ts';
import { keyArgs, type Builder, ONE_CALL } from './builder.ts';
import { type ErrorTypes, notFound, type NotFoundShape } from './errors.ts';

interface DeletedShape {
  readonly kind: 'removed';
  readonly key: TrackingKey;
}

export function addDeleteTracking(builder: Builder, errors: ErrorTypes): void {
  const payload = builder.objectRef<DeletedShape>('DeleteTrackingPayload').implement({
    description: 'The tracking is gone. Registering the same number again costs no quota and gives the same id.',
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: 'Of what was deleted, for normalised caches to evict.',
        resolve: ({ key }) => trackingId(key),
      }),
      carrierCode: t.string({
        nullable: false,
        description: 'As compared: in lower case.',
        resolve: ({ key }) => key.carrierCode,
      }),
      trackingNumber: t.string({
        nullable: false,
        description: 'As compared: in upper case.',
        resolve: ({ key }) => key.trackingNumber,
      }),
    }),
  });
  const result = builder.unionType('DeleteTrackingResult', {
    description: 'What became of a delete.',
    types: [payload, errors.notFound],
    resolveType: ({ kind }: DeletedShape | NotFoundShape) => ({ removed: payload, missing: errors.notFound })[kind],
  });
  builder.mutationField('deleteTracking', (t) =>
    t.field({
      type: result,
      nullable: false,
      cost: ONE_CALL,
      description:
        'Takes a tracking out of the account. One upstream call (one a second for the whole account); a lost answer is repeated once.',
      args: keyArgs(t),
      async resolve(
        _root,
        { carrierCode, trackingNumber },
        { upstream, caller, loaders },
      ): Promise<DeletedShape | NotFoundShape> {
        const key = parseKey(carrierCode, trackingNumber);
        loaders.written(key);
        const outcome = await upstream.remove(key, caller);
        return outcome.kind === 'removed' ? { kind: 'removed', key } : notFound(key);
      },
    }),
  );
}
