// The short way from socket to answer for what nearly all traffic is: a POST of plain JSON whose document is valid.
// Everything else goes to Yoga, also a request that turns out to be unusual once it is read. The rules are not here:
// documents are judged by operation.ts, executed, coded and logged by execute.ts, callers known by context.ts, all of
// which Yoga's plugins call as well; which content type answers which `Accept` is taken from Yoga's own answers.
// `yoga.getEnveloped` was the alternative: it would run the plugins themselves, but builds their hooks anew for each
// request, which costs a third of what this way saves (shared/performance.md), and no plugin of ours does more than
// call those functions.

import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { createContext, readsThrough, type Viewer } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import type { Telemetry } from '../telemetry.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import type { CacheControl } from './cache-control.ts';
import type { Execute, OperationRequest } from './execute.ts';
import type { Operations, Ready } from './operation.ts';
import { createSharing, type Running, shareKey } from './sharing.ts';
import { requestIdOf } from './use-request-id.ts';

export interface FastPathOptions {
  readonly operations: Operations;
  readonly execute: Execute;
  readonly upstream: UpstreamClient;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly newId: () => string;
  readonly viewerOf: (headers: HeaderReader) => Viewer;
  /** Milliseconds for one operation. */
  readonly deadlineMs: number;
  /** Of a body; longer ones are Yoga's to refuse. */
  readonly maxBodyBytes: number;
  /** Are cross-origin answers decorated? Then requests with an `Origin` are Yoga's. */
  readonly cors: boolean;
  readonly cacheControl: CacheControl;
  /** The content type with which Yoga answers a request of this `Accept`. */
  readonly answerType: (accept: string) => Promise<string | null>;
  /** Yoga. A request that was read already carries its bytes as `body`. */
  readonly otherwise: RequestListener;
}

/** The headers of a request, by name in lower case. */
export type HeaderReader = (name: string) => string | null;

const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8']);
const ANSWER_TYPE = /^application\/(graphql-response\+)?json; charset=utf-8$/;
const PARAMETERS = new Set(['query', 'operationName', 'variables', 'extensions']);

interface Operation extends OperationRequest {
  readonly prepared: Ready;
}

export function createFastPath(options: FastPathOptions): RequestListener {
  const { operations, execute, upstream, clock, telemetry } = options;
  const sharing = createSharing(clock, options.deadlineMs, options.cacheControl);
  /** The content type that answers an `Accept`, as Yoga chooses it; empty: none of JSON's, or not known yet. */
  const answerTypes = new LRUCache<string, string>({ max: 200 });

  /** Asks Yoga once for each `Accept`; until it has answered, requests with it are Yoga's. */
  function answerType(accept: string): string {
    const known = answerTypes.get(accept);
    if (known !== undefined) return known;
    answerTypes.set(accept, '');
    options.answerType(accept).then(
      (type) => void answerTypes.set(accept, type !== null && ANSWER_TYPE.test(type) ? type : ''),
      () => void answerTypes.delete(accept),
    );
    return '';
  }

  function toYoga(request: IncomingMessage, response: ServerResponse, body?: Buffer): void {
    options.otherwise(body ? Object.assign(request, { body }) : request, response);
  }

  /** The length of a body that may take the short way; 0: none may. */
  function bodyLength({ method, url, headers }: IncomingMessage): number {
    if (method !== 'POST' || url !== '/graphql') return 0;
    if (!JSON_TYPES.has(headers['content-type'] ?? '') || answerType(headers.accept ?? '*/*') === '') return 0;
    if (headers['content-encoding'] !== undefined || (options.cors && headers.origin !== undefined)) return 0;
    const length = Number(headers['content-length']);
    return length <= options.maxBodyBytes ? length : 0;
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const { headers } = request;
    const requestId = requestIdOf(header(headers['x-request-id']), options.newId);
    const viewer = options.viewerOf((name) => header(headers[name]));
    const readThrough = readsThrough(headers['cache-control']);
    const key = readThrough ? undefined : shareKey(viewer, upstream.writes(), body);
    let running = key === undefined ? undefined : sharing.find(key);
    if (!running) {
      const operation = readOperation(body, operations);
      if (!operation) return toYoga(request, response, body);
      const context = createContext({
        upstream,
        clock,
        deadlineMs: options.deadlineMs,
        viewer,
        requestId,
        readThrough,
      });
      const result = execute(operation.prepared, operation, context);
      const isQuery = operation.prepared.operation(operation.operationName)?.operation === 'query';
      running = sharing.start(isQuery ? key : undefined, context, result);
    } else if (telemetry.hears('info')) {
      telemetry.log('info', 'operation answered with an equal one', { requestId, sharedWith: running.requestId });
    }
    deliver(request, response, body, running, requestId);
  }

  function deliver(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    running: Running,
    requestId: string,
  ): void {
    const send = () => {
      const answer = running.answer();
      // Never executed: Yoga says in its own way what is wrong with the request.
      if (answer === undefined) return toYoga(request, response, body);
      if (response.destroyed) return;
      const { payload, cacheControl } = answer;
      const headers: OutgoingHttpHeaders = {
        'content-type': answerType(request.headers.accept ?? '*/*'),
        'content-length': typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length,
        'x-request-id': requestId,
      };
      if (cacheControl !== undefined) headers['cache-control'] = cacheControl;
      response.writeHead(200, headers);
      // Headers and body go out as one string in one plain write. `end(payload)`, and `write` by itself, add an empty piece,
      // for which Node gathers both into a `writev` that costs three times as much.
      const { socket } = response;
      socket?.cork();
      response.write(payload);
      socket?.uncork();
      response.end();
    };
    if (running.settled) return send();
    const leave = running.join();
    response.once('close', () => {
      if (!response.writableEnded) leave();
    });
    void running.done.then(send);
  }

  return (request, response) => {
    const length = bodyLength(request);
    if (!(length > 0)) return toYoga(request, response);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [only] = chunks;
      answer(request, response, chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
  };
}

/** Headers that may come twice are joined by Node, but for a few. */
const header = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : (value ?? null));

/** The operation of a body, or undefined where anything about it is not as usual. */
function readOperation(bytes: Buffer, operations: Operations): Operation | undefined {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  if (!isRecord(body) || typeof body.query !== 'string') return undefined;
  for (const name in body) if (!PARAMETERS.has(name)) return undefined;
  const { operationName, variables, extensions } = body;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return undefined;
  if (extensions !== undefined && extensions !== null && !isRecord(extensions)) return undefined;
  const prepared = operations.prepare(body.query);
  if (prepared.kind !== 'ready') return undefined;
  const kind = prepared.operation(operationName)?.operation;
  return kind === 'query' || kind === 'mutation' ? { prepared, operationName, variables } : undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
