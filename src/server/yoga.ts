// The GraphQL server as a function from Request to Response: one ordered list of plugins.

import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { createContext } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import type { Telemetry } from '../telemetry.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import { GRAPHIQL, renderGraphiQL } from './graphiql.ts';
import { createOperations } from './operation.ts';
import { clientError } from './use-errors.ts';
import { type Readiness, usePaths } from './use-paths.ts';
import { useOperation } from './use-operation.ts';
import { useTelemetry } from './use-telemetry.ts';

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
}

/** A batch of 400 full items is about 200 kB. */
const MAX_BODY_BYTES = 1024 * 1024;

export function createServer(options: ServerOptions) {
  const { schema, upstream, clock, telemetry } = options;
  const operations = createOperations({ schema, introspection: options.introspection });
  return createYoga({
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
    cors: options.corsOrigins.length > 0 ? { origin: [...options.corsOrigins], credentials: false } : false,
    // Never by NODE_ENV: what a client sees must not depend on how the process was started.
    maskedErrors: { isDev: false, maskError: (error) => clientError(error, telemetry) },
    context: ({ request }: { request: Request }) =>
      createContext({
        upstream,
        clock,
        deadlineMs: options.deadlineMs,
        signal: request.signal,
        readThrough: /\bno-cache\b/i.test(request.headers.get('cache-control') ?? ''),
      }),
    plugins: [
      useTelemetry({ telemetry, clock, newId: options.newId }),
      usePaths(options),
      useJsonOnly(),
      useOperation(operations),
    ],
  });
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
