// One attempt: bytes out, envelope in. The only file that imports undici. Does not repeat, does not wait for budget,
// and follows no redirect: a redirect would carry the API key to another host (faults.md trap 4).

import dns, { type LookupAddress } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { afterFairly, type Clock } from '../domain/clock.ts';
import type { Departure } from '../domain/departure.ts';
import { readEnvelope } from './envelope.ts';
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
  readonly signal: Departure | undefined;
  /** Called when the request's bytes leave for the upstream: the moment that counts against its limits. */
  readonly onSent: () => void;
}

export interface AttemptReply {
  readonly verdict: Verdict;
  /** What it says; to be taken out by who reads it, see `taken`. */
  content: Content;
  /** From a `Retry-After` header, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

export interface Content {
  /** The envelope's `data`; undefined where there was none. */
  readonly data: unknown;
  /** What `data` was read from. */
  readonly bytes: Buffer;
}

/**
 * The content of a reply, which lets go of it. Promises of calls that waited long are old to the garbage collector when they
 * are settled, and what they hold is copied twice before it goes, though nobody asks them again.
 */
export function taken(reply: AttemptReply): Content {
  const { content } = reply;
  reply.content = NOTHING;
  return content;
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

const NOTHING: Content = { data: undefined, bytes: Buffer.alloc(0) };
const failed = (verdict: Verdict): AttemptReply => ({ verdict, content: NOTHING, retryAfterMs: undefined });

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

  function attempt(request: AttemptRequest): Promise<AttemptReply> {
    const { signal } = request;
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const exchange: Exchange = { status: 0, headers: {}, chunks: [], controller: undefined, over: false };
      const stop = () => {
        if (end()) reject(signal?.reason);
        abandon(exchange);
      };
      const cancelTimer = afterFairly(options.clock, request.timeoutMs, () => {
        if (end()) resolve(lost(exchange, timedOut()));
        abandon(exchange);
      });
      signal?.addEventListener('abort', stop, { once: true });
      /** true for the first who ends it. */
      function end(): boolean {
        if (exchange.over) return false;
        exchange.over = true;
        cancelTimer();
        signal?.removeEventListener('abort', stop);
        return true;
      }
      pool.dispatch(
        { method: request.method, path: prefix + request.path, headers, body: request.body ?? null },
        {
          onRequestStart(controller) {
            exchange.controller = controller;
            // Nobody waits any more; the request was still in the queue for a connection.
            if (exchange.over) abandon(exchange);
            else request.onSent();
          },
          onResponseStart(_controller, status, received) {
            exchange.status = status;
            exchange.headers = received;
          },
          onResponseData(_controller, chunk) {
            exchange.chunks.push(chunk);
          },
          onResponseEnd() {
            if (end()) resolve(readReply(exchange, options.clock.now()));
          },
          onResponseError(_controller, error) {
            if (end()) resolve(lost(exchange, classifyError(error)));
          },
        },
      );
    });
  }

  return { attempt, close: () => pool.destroy() };
}

/** One request on its way, by undici's own calls: readable streams around them cost more than reading the reply. */
interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  readonly chunks: Buffer[];
  /** undefined: it has not left yet. */
  controller: Dispatcher.DispatchController | undefined;
  over: boolean;
}

// Given to undici when it is to drop a connection; nobody sees it.
const ABANDONED = new Error('abandoned');
const abandon = ({ controller }: Exchange) => controller?.abort(ABANDONED);

/** What never reached a socket cannot have been carried out, whatever the error is called. */
const lost = ({ controller }: Exchange, verdict: Failed) =>
  failed(controller ? verdict : { ...verdict, ambiguous: false });

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

function readReply(exchange: Exchange, now: number): AttemptReply {
  const { status, headers } = exchange;
  const chunks = exchange.chunks.splice(0);
  const [only] = chunks;
  const bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks);
  const envelope = readEnvelope(bytes);
  if (status >= 300 && status < 400) return failed({ ...invalidResponse(`HTTP ${status} redirect`), retry: false });
  if (!envelope)
    return { ...failed(classifyStatus(status)), retryAfterMs: readRetryAfter(headers['retry-after'], now) };
  return {
    verdict: classifyCode(envelope.code),
    content: { data: envelope.data, bytes },
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  };
}

function readRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
