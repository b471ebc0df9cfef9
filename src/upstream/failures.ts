// What an upstream answer means: the policy of faults.md §2 over the codes of upstream.md §9, as two tables. Decides
// nothing about retries in progress (calls.ts) or lost writes (writes.ts); it only says what an answer allows.

import { Fault, type WriteRefusal } from '../domain/errors.ts';

/** What a failed attempt tells about the account: a pause after 429, a dead key, an empty balance. */
export type AccountSignal = 'throttled' | 'key-rejected' | 'quota-exceeded';

/** The meaning of one attempt. */
export type Verdict =
  | { readonly kind: 'ok'; readonly overQuota: boolean }
  /** Nothing there: of a read, not an error. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly refusal: WriteRefusal; readonly code: number }
  | {
      readonly kind: 'failed';
      readonly fault: Fault;
      /** May a read be sent once more? */
      readonly retry: boolean;
      /** Could a write have been carried out all the same? */
      readonly ambiguous: boolean;
      /** The connection broke: a new one may serve at once, most likely it was an idle one that was just closed. */
      readonly brokenOff?: boolean;
      readonly signal?: AccountSignal | undefined;
      readonly code?: number | undefined;
    };

/** An attempt that gave no answer, or one that is a failure. */
export type Failed = Extract<Verdict, { kind: 'failed' }>;

const unavailable = (options: { ambiguous: boolean; retry?: boolean; cause?: unknown }): Failed => ({
  kind: 'failed',
  retry: options.retry ?? true,
  ambiguous: options.ambiguous,
  fault: new Fault('UPSTREAM_UNAVAILABLE', 'The upstream is not available.', { retryable: true, cause: options.cause }),
});

/** An answer that is none of the documented ones. `why` is ours, for the log; the upstream's text stays out. */
export function invalidResponse(why: string): Failed {
  return {
    kind: 'failed',
    retry: true,
    ambiguous: true,
    fault: new Fault('UPSTREAM_INVALID_RESPONSE', 'The upstream gave an answer that could not be understood.', {
      cause: new Error(why),
    }),
  };
}

const rejectedKey = (): Failed => ({
  kind: 'failed',
  retry: false,
  ambiguous: false,
  signal: 'key-rejected',
  fault: new Fault('UPSTREAM_REJECTED_KEY', 'The upstream rejects the API key of this server.'),
});

const throttled = (): Failed => ({
  kind: 'failed',
  retry: false,
  ambiguous: false,
  signal: 'throttled',
  fault: new Fault('RATE_LIMITED', 'The upstream asks this account to pause.', { retryable: true }),
});

const outOfQuota = (): Failed => ({
  kind: 'failed',
  retry: false,
  ambiguous: false,
  signal: 'quota-exceeded',
  fault: new Fault('UPSTREAM_QUOTA_EXCEEDED', 'The quota of the upstream account is used up.'),
});

const refused =
  (refusal: WriteRefusal) =>
  (code: number): Verdict => ({ kind: 'refused', refusal, code });
const invalid = (reason: 'TRACKING_NUMBER' | 'CARRIER_CODE' | 'STATUS' | 'OTHER') =>
  refused({ kind: 'invalid', reason });

const CODES: Readonly<Record<number, (code: number) => Verdict>> = {
  200: () => ({ kind: 'ok', overQuota: false }),
  201: () => ({ kind: 'ok', overQuota: false }),
  202: () => ({ kind: 'ok', overQuota: true }),
  400: invalid('OTHER'),
  401: rejectedKey,
  402: outOfQuota,
  403: rejectedKey,
  404: refused({ kind: 'missing' }),
  405: () => ({ ...invalidResponse('method not allowed'), retry: false, ambiguous: false }),
  409: refused({ kind: 'exists' }),
  429: throttled,
  500: () => unavailable({ ambiguous: true }),
  502: () => unavailable({ ambiguous: true }),
  503: () => unavailable({ ambiguous: true }),
  504: () => unavailable({ ambiguous: true }),
  4001: rejectedKey,
  4002: rejectedKey,
  4012: invalid('OTHER'),
  4013: invalid('TRACKING_NUMBER'),
  4014: invalid('TRACKING_NUMBER'),
  4015: invalid('CARRIER_CODE'),
  4016: refused({ kind: 'exists' }),
  4017: refused({ kind: 'missing' }),
  4018: outOfQuota,
  4019: outOfQuota,
  4020: invalid('OTHER'),
  4021: outOfQuota,
  4031: () => ({ kind: 'empty' }),
  4032: invalid('CARRIER_CODE'),
  4033: invalid('STATUS'),
};

/** The meaning of an envelope's `meta.code`, whatever HTTP status it came under (upstream.md §3.1). */
export function classifyCode(code: number): Verdict {
  const known = CODES[code];
  if (known) {
    const verdict = known(code);
    return verdict.kind === 'failed' ? { ...verdict, code } : verdict;
  }
  // 4xx and 4xxx are the upstream's ways to say no (upstream.md §14.2); of others nobody knows what was done.
  const refusal = /^4\d{2,3}$/.test(String(code));
  return { ...invalidResponse(`unknown code ${code}`), retry: false, ambiguous: !refusal, code };
}

/** Does the answer to a write say that there is no such tracking? A 404 says that there is no such route (upstream.md §9). */
export function saysGone(verdict: Verdict): boolean {
  if (verdict.kind === 'empty') return true;
  return verdict.kind === 'refused' && verdict.refusal.kind === 'missing' && verdict.code !== 404;
}

/** The meaning of an HTTP status whose body is no envelope (upstream.md §3.1, §3.2). */
export function classifyStatus(status: number): Verdict {
  if (status === 429) return throttled();
  if (status === 401 || status === 403) return rejectedKey();
  if (status >= 500) return unavailable({ ambiguous: true });
  return invalidResponse(`HTTP ${status} without an envelope`);
}

// Node's and undici's names for a connection that was never made: the upstream has seen nothing of the request.
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

/** The meaning of an attempt that ended without a whole answer. Unknown errors are never repeated. */
export function classifyError(error: unknown): Failed {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (NEVER_SENT.has(code)) return unavailable({ ambiguous: false, cause: error });
  if (TIMED_OUT.has(code)) return timedOut(error);
  if (BROKEN_OFF.has(code)) return { ...unavailable({ ambiguous: true, cause: error }), brokenOff: true };
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { ...invalidResponse('answer too large'), retry: false };
  // undici's parser error carries no code of its own but those of llhttp, which begin with HPE_.
  if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError')) {
    return invalidResponse('not HTTP');
  }
  return unavailable({ ambiguous: true, retry: false, cause: error });
}

/** An attempt that reached its own time limit. */
export function timedOut(cause?: unknown): Failed {
  return {
    kind: 'failed',
    retry: true,
    ambiguous: true,
    fault: new Fault('UPSTREAM_TIMEOUT', 'The upstream did not answer in time.', { retryable: true, cause }),
  };
}
