// What can go wrong, as the facade names it. Which upstream answer becomes which of these is decided in
// upstream/failures.ts; how they look in GraphQL in server/use-errors.ts.

/** The codes of faults, all of contract.md §5 that do not belong to GraphQL itself. */
export type FaultCode =
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'UPSTREAM_REJECTED_KEY'
  | 'UPSTREAM_QUOTA_EXCEEDED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_INVALID_RESPONSE'
  | 'OUTCOME_UNKNOWN'
  | 'INTERNAL_SERVER_ERROR';

/**
 * A failure that is nobody's expected outcome. `message` is written for API callers: it never holds upstream text,
 * addresses or keys; those belong in `cause`, which is logged and not shown.
 */
export class Fault extends Error {
  override readonly name: string = 'Fault';
  readonly code: FaultCode;
  /** May the caller send the same again and hope? */
  readonly retryable: boolean;
  /** When to try again, in milliseconds from now, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: FaultCode,
    message: string,
    options: { readonly retryable?: boolean; readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A caller's argument that cannot be served. `argument` is its path from the field, e.g. `input.trackingNumber`. */
export class InvalidInput extends Fault {
  override readonly name = 'InvalidInput';
  readonly argument: string;
  /** What is wrong, without the argument's name. */
  readonly reason: string;

  constructor(argument: string, reason: string) {
    super('BAD_USER_INPUT', `Argument "${argument}" ${reason}.`);
    this.argument = argument;
    this.reason = reason;
  }
}

/** The call's budget has no slot before the caller's deadline, or the account is paused. `retryAfterMs` from now. */
export function rateLimited(retryAfterMs: number): Fault {
  const wait = Math.max(0, Math.ceil(retryAfterMs));
  return new Fault('RATE_LIMITED', 'The upstream budget of this account has no room for this call in time.', {
    retryable: true,
    retryAfterMs: wait,
  });
}

/** The operation's own deadline passed while an answer was awaited. */
export function deadlinePassed(cause?: unknown): Fault {
  return new Fault('UPSTREAM_TIMEOUT', 'The upstream did not answer in time.', { retryable: true, cause });
}

/** What was thrown, as a value that can stand among results. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('a call was abandoned', { cause: reason });
}

/** Which part of a write's input the upstream refused. `path` runs from the mutation's arguments. */
export interface InputRefusal {
  readonly kind: 'invalid';
  readonly reason: 'TRACKING_NUMBER' | 'CARRIER_CODE' | 'STATUS' | 'OTHER';
}
/** The account's quota does not allow this create. */
export interface QuotaRefusal {
  readonly kind: 'quota';
}
/** There is no such tracking in the account. */
export interface Missing {
  readonly kind: 'missing';
}
/** The tracking is in the account already. */
export interface AlreadyExists {
  readonly kind: 'exists';
}

/** The closed list of expected failures of a write. */
export type WriteRefusal = InputRefusal | QuotaRefusal | Missing | AlreadyExists;
