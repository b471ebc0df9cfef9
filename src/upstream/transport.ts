// One attempt: bytes out, envelope in. The only file that imports undici. Does not repeat, does not wait for budget,
// and follows no redirect: a redirect would carry the API key to another host (faults.md trap 4).

import dns, { type LookupAddress } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { afterFairly, type Clock } from '../domain/clock.ts';
import type { Departure } from '../domain/departure.ts';
import { asError } from '../domain/errors.ts';
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
import { createAssembly, noPieces, type Pieces } from './pieces.ts';

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
  /** On a new connection: an idle one may be just being closed. */
  readonly anew: boolean;
  /** See `Understands`. Asked of good answers only. */
  readonly understands: Understands | undefined;
}

/**
 * Reads a good answer, and says whether it is one of the endpoint's. `bytes`, which `data` was read from, are overwritten
 * after the call.
 */
export type Understands = (data: unknown, bytes: Buffer) => boolean;

export interface AttemptReply {
  readonly verdict: Verdict;
  /** The envelope's; undefined where there was none, and where the request `understands` it itself. */
  readonly data: unknown;
  /** false: a good answer that the request did not understand. */
  readonly understood: boolean;
  /** From a `Retry-After` header, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

export interface Transport {
  /** Never rejects for what the upstream or the network does: that is the verdict. Rejects only with `signal`'s reason, or what `understands` throws. */
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

const failed = (verdict: Verdict): AttemptReply => ({
  verdict,
  data: undefined,
  understood: true,
  retryAfterMs: undefined,
});

/** A connection pool to one upstream. */
export function createTransport(options: TransportOptions): Transport {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const settings = {
    connections: CONNECTIONS,
    connect: { timeout: 2_000, lookup: rememberingLookup() },
    // Gaps, not totals (faults.md trap 5); the total is the attempt's own timer.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
    maxResponseSize: MAX_RESPONSE_BYTES,
  } satisfies Pool.Options;
  const pool = new Pool(base.origin, { ...settings, pipelining: 1 });
  // Without pipelining undici keeps no connection for the next request.
  const newConnections = new Pool(base.origin, { ...settings, pipelining: 0 });
  const headers = {
    [options.apiKeyHeader]: options.apiKey,
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };

  const assembly = createAssembly();

  function abandon({ controller, pieces }: Exchange): void {
    assembly.release(pieces);
    controller?.abort(ABANDONED);
  }

  function attempt(request: AttemptRequest): Promise<AttemptReply> {
    const { signal } = request;
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const exchange: Exchange = { status: 0, headers: {}, pieces: noPieces(), controller: undefined, over: false };
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
      (request.anew ? newConnections : pool).dispatch(
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
            if (!exchange.over) assembly.add(exchange.pieces, chunk);
          },
          onResponseEnd() {
            if (!end()) return;
            try {
              const bytes = assembly.whole(exchange.pieces);
              resolve(readReply(exchange, bytes, request.understands, options.clock.now()));
            } catch (error) {
              reject(asError(error));
            } finally {
              assembly.release(exchange.pieces);
            }
          },
          onResponseError(_controller, error) {
            if (!end()) return;
            assembly.release(exchange.pieces);
            resolve(lost(exchange, classifyError(error)));
          },
        },
      );
    });
  }

  return {
    attempt,
    async close() {
      await Promise.all([pool.destroy(), newConnections.destroy()]);
    },
  };
}

/** One request on its way, by undici's own calls: readable streams around them cost more than reading the reply. */
interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  readonly pieces: Pieces;
  /** undefined: it has not left yet. */
  controller: Dispatcher.DispatchController | undefined;
  over: boolean;
}

// Given to undici when it is to drop a connection; nobody sees it.
const ABANDONED = new Error('abandoned');
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

function readReply(
  { status, headers }: Exchange,
  bytes: Buffer,
  understands: Understands | undefined,
  now: number,
): AttemptReply {
  const envelope = readEnvelope(bytes);
  if (status >= 300 && status < 400) return failed({ ...invalidResponse(`HTTP ${status} redirect`), retry: false });
  if (!envelope)
    return { ...failed(classifyStatus(status)), retryAfterMs: readRetryAfter(headers['retry-after'], now) };
  const verdict = classifyCode(envelope.code);
  return {
    verdict,
    data: understands ? undefined : envelope.data,
    understood: verdict.kind !== 'ok' || !understands || understands(envelope.data, bytes),
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  };
}

function readRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
