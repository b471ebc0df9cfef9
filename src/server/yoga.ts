// The GraphQL server put together: Yoga with one ordered list of plugins, and the short way beside it (fast-path.ts).

import type { RequestListener } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { ANYBODY, createContext, readsThrough, type Viewer } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import type { Telemetry } from '../telemetry.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import { GRAPHIQL, renderGraphiQL } from './graphiql.ts';
import { type CacheControl, createCacheControl } from './cache-control.ts';
import { createExecute } from './execute.ts';
import { createFastPath, type HeaderReader } from './fast-path.ts';
import { createOperations } from './operation.ts';
import { clientError } from './client-errors.ts';
import { type Readiness, usePaths } from './use-paths.ts';
import { useOperation } from './use-operation.ts';
import { createRequestIds } from './use-request-id.ts';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly upstream: UpstreamClient;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly newId: () => string;
  readonly readiness: () => Readiness;
  /** Milliseconds for one operation. */
  readonly deadlineMs: number;
  readonly graphiql: boolean;
  readonly introspection: boolean;
  readonly corsOrigins: readonly string[];
  /** Plain JSON takes the short way. */
  readonly fastPath: boolean;
  /** Who asks, by the headers of a request; default: everybody is the same. */
  readonly viewerOf?: ((headers: HeaderReader) => Viewer) | undefined;
  /** Seconds that caches in front may keep answers; undefined: they are told nothing. */
  readonly maxAge?: number | undefined;
  /** See `ExecuteOptions`. */
  readonly planAt?: number | undefined;
}

/** The server without a socket, as functions for either kind of caller. */
export interface GraphQLServer {
  fetch(request: Request): Promise<Response>;
  readonly handle: RequestListener;
  close(): Promise<void>;
}

/** A batch of 400 full items is about 200 kB. */
const MAX_BODY_BYTES = 1024 * 1024;

export function createServer(options: ServerOptions): GraphQLServer {
  const { schema, upstream, clock, telemetry, newId, deadlineMs } = options;
  const viewerOf = options.viewerOf ?? (() => ANYBODY);
  const operations = createOperations({ schema, introspection: options.introspection });
  const cacheControl = createCacheControl(options.maxAge);
  const execute = createExecute({ schema, clock, telemetry, cacheControl, planAt: options.planAt });
  const requestIds = createRequestIds(newId);
  const cors = options.corsOrigins.length > 0;
  const yoga = createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    logging: false,
    landingPage: false,
    // Moved aside: Yoga's own has no body, and `/health` is ours (use-paths.ts).
    healthCheckEndpoint: '/graphql/health',
    graphiql: options.graphiql ? GRAPHIQL : false,
    renderGraphiQL,
    multipart: false,
    batching: false,
    parserAndValidationCache: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    cors: cors ? { origin: [...options.corsOrigins], credentials: false } : false,
    // Never by NODE_ENV: what a client sees must not depend on how the process was started.
    maskedErrors: { isDev: false, maskError: (error) => clientError(error, telemetry) },
    context({ request }: { request: Request }) {
      const context = createContext({
        upstream,
        clock,
        deadlineMs,
        viewer: viewerOf((name) => request.headers.get(name)),
        requestId: requestIds.idOf(request),
        readThrough: readsThrough(request.headers.get('cache-control')),
      });
      const leave = () => context.abandon(request.signal.reason);
      if (request.signal.aborted) leave();
      else request.signal.addEventListener('abort', leave, { once: true });
      return context;
    },
    plugins: [
      requestIds.plugin,
      usePaths(options),
      useJsonOnly(),
      useOperation(operations, execute),
      useCacheControl(cacheControl),
    ],
  });
  const fastPath = createFastPath({
    operations,
    execute,
    upstream,
    clock,
    telemetry,
    newId,
    viewerOf,
    deadlineMs,
    maxBodyBytes: MAX_BODY_BYTES,
    cors,
    cacheControl,
    async answerType(accept) {
      // A document that cannot be parsed: it is answered in the right type, and nothing is executed or logged.
      const headers = { accept, 'content-type': 'application/json' };
      const answer = await yoga.fetch('http://localhost/graphql', { method: 'POST', headers, body: '{"query":"{"}' });
      return answer.headers.get('content-type');
    },
    otherwise: yoga,
  });
  return {
    fetch: async (request) => yoga.fetch(request),
    handle: options.fastPath ? fastPath : yoga,
    close: async () => yoga.dispose(),
  };
}

function useCacheControl(cacheControl: CacheControl): Plugin {
  const headers = new WeakMap<Request, string>();
  return {
    onResultProcess({ request, result }) {
      const header = 'data' in result ? cacheControl.of(result) : undefined;
      if (header !== undefined) headers.set(request, header);
    },
    onResponse({ request, response }) {
      const header = headers.get(request);
      if (header !== undefined) response.headers.set('cache-control', header);
    },
  };
}

/** POST bodies are JSON. Forms and plain text are what a foreign web page can send without being asked (CSRF). */
function useJsonOnly(): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (request.method !== 'POST') return;
      const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type === 'application/json') return;
      const error = { message: 'POST takes a body of type application/json.', extensions: { code: 'BAD_USER_INPUT' } };
      endResponse(
        fetchAPI.Response.json({ errors: [error] }, { status: 415, headers: { accept: 'application/json' } }),
      );
    },
  };
}
