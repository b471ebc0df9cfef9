// Composition root: Config in, running app out. Wiring; every decision is in the rooms.

import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import type { Clock } from './domain/clock.ts';
import { createSchema, createSubgraph } from './schema/index.ts';
import { type HttpServer, listen } from './server/http.ts';
import type { Readiness } from './server/use-paths.ts';
import { createServer, type ServerOptions } from './server/yoga.ts';
import type { Telemetry } from './telemetry.ts';
import { createClient, type UpstreamClient } from './upstream/client.ts';

export interface App {
  /** The whole server without a socket. */
  fetch(request: Request): Promise<Response>;
  /** Opens the socket of the configuration. */
  listen(): Promise<HttpServer>;
  /** From now on not ready: balancers send no new requests. */
  drain(): void;
  close(): Promise<void>;
}

export interface AppParts {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly random?: () => number;
  /** Default: a client of its own, of the configured upstream. */
  readonly upstream?: UpstreamClient;
  /** See `ServerOptions`. */
  readonly viewerOf?: ServerOptions['viewerOf'];
  readonly planAt?: number;
}

/** `config.apiKey` is set by now: the embedded sandbox's own where it is the upstream. */
export function createApp(config: Config & { readonly apiKey: string }, parts: AppParts): App {
  const { clock, telemetry } = parts;
  const upstream = parts.upstream ?? createUpstream(config, parts);
  let draining = false;
  const server = createServer({
    schema: config.federation ? createSubgraph(config.federation) : createSchema(),
    upstream,
    clock,
    telemetry,
    newId: randomUUID,
    readiness: () => ({ serving: !draining, reasons: reasonsOf(upstream) }),
    deadlineMs: config.deadlineMs,
    graphiql: config.graphiql,
    introspection: config.introspection,
    corsOrigins: config.corsOrigins,
    fastPath: config.fastPath,
    viewerOf: parts.viewerOf,
    planAt: parts.planAt,
    maxAge: config.federation ? Math.floor(config.lifetime.freshMs / 1_000) : undefined,
  });
  return {
    fetch: server.fetch,
    listen: () => listen(server.handle, config, clock),
    drain() {
      draining = true;
    },
    async close() {
      await server.close();
      await upstream.close();
    },
  };
}

/** The client of the configured upstream. */
export function createUpstream(config: Config & { readonly apiKey: string }, parts: AppParts): UpstreamClient {
  const { clock, telemetry, random } = parts;
  return createClient({ ...config, refreshMs: config.deadlineMs, clock, telemetry, random: random ?? Math.random });
}

function reasonsOf(upstream: UpstreamClient): Readiness['reasons'] {
  const { keyRejected, quotaExceeded, pausedUntil, breakerOpen } = upstream.state();
  return [
    ...(keyRejected ? ['the upstream rejects the API key'] : []),
    ...(quotaExceeded ? ['the quota of the upstream account is used up'] : []),
    ...(breakerOpen ? ['the upstream fails: the circuit breaker is open'] : []),
    ...(pausedUntil > 0 ? [`the upstream asked for a pause until ${new Date(pausedUntil).toISOString()}`] : []),
  ];
}
