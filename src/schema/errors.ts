// Expected failures of writes as types of the graph. What leads to them is decided in the client room.

import type { Fault, InputRefusal } from '../domain/errors.ts';
import type { TrackingKey } from '../domain/key.ts';
import type { Builder } from './builder.ts';
import type { Enums } from './enums.ts';

interface Described {
  readonly message: string;
  readonly code: ErrorCode;
}
type ErrorCode = Enums['errorCode']['$inferType'];

export interface AlreadyExistsShape extends Described {
  readonly kind: 'exists';
  readonly key: TrackingKey;
}
export interface NotFoundShape extends Described {
  readonly kind: 'missing';
  readonly key: TrackingKey;
}
export interface InputErrorShape extends Described {
  readonly kind: 'invalid';
  readonly path: readonly string[];
}
export interface QuotaErrorShape extends Described {
  readonly kind: 'quota';
}
export interface UpstreamErrorShape extends Described {
  readonly kind: 'failed';
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
}

export const alreadyExists = (key: TrackingKey): AlreadyExistsShape => ({
  kind: 'exists',
  key,
  code: 'ALREADY_EXISTS',
  message: 'This tracking is in the account already.',
});

export const notFound = (key: TrackingKey): NotFoundShape => ({
  kind: 'missing',
  key,
  code: 'NOT_FOUND',
  message: 'There is no such tracking in the account.',
});

export const quotaExceeded = (): QuotaErrorShape => ({
  kind: 'quota',
  code: 'QUOTA_EXCEEDED',
  message: 'The quota of the upstream account is used up.',
});

const REFUSALS: Readonly<Record<InputRefusal['reason'], Described & { readonly field: string | null }>> = {
  TRACKING_NUMBER: {
    code: 'INVALID_TRACKING_NUMBER',
    field: 'trackingNumber',
    message: 'This is not a tracking number.',
  },
  CARRIER_CODE: { code: 'INVALID_CARRIER_CODE', field: 'carrierCode', message: 'The upstream knows no such carrier.' },
  STATUS: { code: 'INVALID_STATUS', field: 'status', message: 'This status cannot be set.' },
  OTHER: { code: 'INVALID_INPUT', field: null, message: 'The upstream refuses this input.' },
};

/** `path` is where the input stands among the mutation's arguments, e.g. `['input', '3']`. */
export function inputError(reason: InputRefusal['reason'], path: readonly string[]): InputErrorShape {
  const { code, message, field } = REFUSALS[reason];
  return { kind: 'invalid', code, message, path: field === null ? path : [...path, field] };
}

/** A fault of one item of a batch whose other items go on. */
export function upstreamError(fault: Fault): UpstreamErrorShape {
  const named: ErrorCode =
    fault.code === 'RATE_LIMITED' || fault.code === 'OUTCOME_UNKNOWN' ? fault.code : 'UPSTREAM_UNAVAILABLE';
  return {
    kind: 'failed',
    code: named,
    message: fault.message,
    retryable: fault.retryable,
    retryAfterMs: fault.retryAfterMs ?? null,
  };
}

/** References to the error types, for the unions of mutations. */
export type ErrorTypes = ReturnType<typeof addErrors>;

export function addErrors(builder: Builder, enums: Enums) {
  const error = builder.interfaceRef<Described>('TrackingError').implement({
    description: 'Why a write was not carried out, as an expected outcome: no need to look into `errors`.',
    fields: (t) => ({
      message: t.exposeString('message', { nullable: false, description: 'For people, in English; may change.' }),
      code: t.expose('code', { type: enums.errorCode, nullable: false, description: 'For programs; does not change.' }),
    }),
  });
  const ofKey = { description: 'As compared: carrier in lower case, number in upper case.', nullable: false } as const;
  return {
    alreadyExists: builder.objectRef<AlreadyExistsShape>('TrackingAlreadyExistsError').implement({
      description: 'The account has this carrier and number already. Nothing was changed.',
      interfaces: [error],
      fields: (t) => ({
        carrierCode: t.string({ ...ofKey, resolve: ({ key }) => key.carrierCode }),
        trackingNumber: t.string({ ...ofKey, resolve: ({ key }) => key.trackingNumber }),
        tracking: t.field({
          type: 'Tracking',
          description:
            'What is there. Read when asked for, together with other look-ups. null: deleted in the meantime.',
          resolve: ({ key }, _args, { loaders }) => loaders.tracking(key),
        }),
      }),
    }),
    notFound: builder.objectRef<NotFoundShape>('TrackingNotFoundError').implement({
      description: 'The account has no such tracking. Nothing was changed.',
      interfaces: [error],
      fields: (t) => ({
        carrierCode: t.string({ ...ofKey, resolve: ({ key }) => key.carrierCode }),
        trackingNumber: t.string({ ...ofKey, resolve: ({ key }) => key.trackingNumber }),
      }),
    }),
    input: builder.objectRef<InputErrorShape>('TrackingInputError').implement({
      description: 'The upstream refuses the input, or one item of a batch is malformed. Nothing was changed.',
      interfaces: [error],
      fields: (t) => ({
        path: t.exposeStringList('path', {
          nullable: false,
          description: 'The argument at fault from the mutation inwards, e.g. `["input", "3", "carrierCode"]`.',
        }),
      }),
    }),
    quota: builder.objectRef<QuotaErrorShape>('TrackingQuotaError').implement({
      description: 'The account may not register more numbers. Reads go on.',
      interfaces: [error],
    }),
    upstream: builder.objectRef<UpstreamErrorShape>('TrackingUpstreamError').implement({
      description:
        'In batches: the upstream failed for this item while others went on. A single create reports the same as a top-level error.',
      interfaces: [error],
      fields: (t) => ({
        retryable: t.exposeBoolean('retryable', { nullable: false, description: 'May the same be sent again?' }),
        retryAfterMs: t.exposeInt('retryAfterMs', {
          nullable: true,
          description: 'When, in milliseconds from now. null: not known.',
        }),
      }),
    }),
  };
}
