// One attempt: bytes out, envelope in. The only file that imports undici. Does not repeat, does not wait for budget,
// and follows no redirect: a redirect would carry the API key to another host (faults.md trap 4).

import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { afterFairly, type Clock } from '../domain/clock.ts';
import {
  classifyCode,
  classifyError,
  classifyStatus,
  type Failed,
  invalidResponse,
  timedOut,
  type Verdict,
} from './failures.ts';

/** What one attempt sends. `path` starts below the base URL and is built from allow-listed parts only. */
export interface AttemptRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: string | undefined;
  /** Total time for this attempt: connecting, waiting, reading. */
  readonly timeoutMs: number;
  /** Ends the attempt early. Left out for writes, which are never abandoned once sent. */
  readonly signal: AbortSignal | undefined;
  /** Called when the request's bytes leave for the upstream: the moment that counts against its limits. */
  readonly onSent: () => void;
}

export interface AttemptReply {
  readonly verdict: Verdict;
  /** The envelope's `data`; undefined where there was none. */
  readonly data: unknown;
  /** From a `Retry-After` header, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

export interface Transport {
  /** Never rejects for what the upstream or the network does: that is the verdict. Rejects only with `signal`'s reason. */
  attempt(request: AttemptRequest): Promise<AttemptReply>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** `http(s)://host[:port]/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly apiKeyHeader: string;
  readonly clock: Clock;
}

// A page of 200 trackings with long logs is about 1 MB.
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
// Realtime calls last up to a minute and must not keep the quick ones waiting for a socket.
const CONNECTIONS = 128;

const failed = (verdict: Verdict): AttemptReply => ({ verdict, data: undefined, retryAfterMs: undefined });

/** A connection pool to one upstream. */
export function createTransport(options: TransportOptions): Transport {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: 2_000, lookup: rememberingLookup() },
    // Gaps, not totals (faults.md trap 5); the total is the attempt's own timer.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });
  const headers = {
    [options.apiKeyHeader]: options.apiKey,
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };

  async function attempt(request: AttemptRequest): Promise<AttemptReply> {
    const abort = new AbortController();
    const stop = () => abort.abort(request.signal?.reason);
    let late = false;
    let sent = false;
    // What never reached a socket cannot have been carried out, whatever the error is called.
    const lost = (verdict: Failed) => failed(sent ? verdict : { ...verdict, ambiguous: false });
    const cancelTimer = afterFairly(options.clock, request.timeoutMs, () => {
      late = true;
      abort.abort();
    });
    const onSent = () => {
      sent = true;
      request.onSent();
    };
    if (request.signal?.aborted) stop();
    request.signal?.addEventListener('abort', stop, { once: true });
    try {
      const response = await pool.compose(reportSent(onSent)).request({
        method: request.method,
        path: prefix + request.path,
        headers,
        body: request.body ?? null,
        signal: abort.signal,
      });
      const text = await response.body.text();
      return readReply(response.statusCode, response.headers, text, options.clock.now());
    } catch (error) {
      if (late) return lost(timedOut(error));
      if (request.signal?.aborted) throw request.signal.reason;
      return lost(classifyError(error));
    } finally {
      cancelTimer();
      request.signal?.removeEventListener('abort', stop);
    }
  }

  return { attempt, close: () => pool.destroy() };
}

/** Resolves names as Node does, and keeps the last good answer for when a name cannot be resolved (faults.md A3). */
function rememberingLookup(): LookupFunction {
  const lastGood = new Map<string, { readonly address: string | LookupAddress[]; readonly family: number }>();
  return (hostname, options, callback) => {
    const key = `${hostname} ${options.all === true}`;
    dns.lookup(hostname, options, (error, address, family) => {
      const kept = lastGood.get(key);
      if (!error) lastGood.set(key, { address, family });
      if (error && kept) callback(null, kept.address, kept.family);
      else callback(error, address, family);
    });
  };
}

/** An undici layer that tells when the request is written to a socket, after any wait for a connection. */
function reportSent(onSent: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (opts, handler) =>
    dispatch(opts, {
      onRequestStart(controller, context) {
        onSent();
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
}

function readReply(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
  now: number,
): AttemptReply {
  const envelope = parseEnvelope(text);
  if (status >= 300 && status < 400) return failed({ ...invalidResponse(`HTTP ${status} redirect`), retry: false });
  if (!envelope)
    return { ...failed(classifyStatus(status)), retryAfterMs: readRetryAfter(headers['retry-after'], now) };
  return {
    verdict: classifyCode(envelope.code),
    data: envelope.data,
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  };
}

/** The envelope of upstream.md §3, or null for anything that is none (§3.2). A cut envelope does not parse. */
function parseEnvelope(text: string): { readonly code: number; readonly data: unknown } | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('meta' in body)) return null;
  const { meta } = body;
  if (typeof meta !== 'object' || meta === null || !('code' in meta) || !Number.isInteger(meta.code)) return null;
  return { code: Number(meta.code), data: 'data' in body ? body.data : undefined };
}

function readRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
