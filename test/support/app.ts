// The whole program for a test: the app as its composition root builds it, over the sandbox or a scripted upstream.

import type { ExecutionResult } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { afterAll, onTestFinished } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import type { SandboxSettings } from '../../src/sandbox/settings.ts';
import { silentTelemetry, type Telemetry } from '../../src/telemetry.ts';
import { realClock } from './clock.ts';

export interface GraphQLAnswer<Data> extends ExecutionResult<Data> {
  readonly status: number;
}

export interface TestApp {
  readonly app: App;
  /** Posts one operation through `app.fetch`. */
  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
    init?: RequestInit,
  ): Promise<GraphQLAnswer<Data>>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly clock?: Clock;
  readonly telemetry?: Telemetry;
  /** 0 to 1 for jitter; default: a constant. */
  readonly random?: () => number;
  /** Environment variables as an operator would set them, e.g. `TRACKRU_LIST_RPS: '0'`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The configuration an operator's environment gives. */
export function testConfig(env: Readonly<Record<string, string>>): Config & { readonly apiKey: string } {
  const result = readConfig({ AUTH_MODE: 'none', INTROSPECTION: 'on', ...env });
  if (result.kind === 'problems') throw new Error(result.problems.join('\n'));
  const { config } = result;
  if (config.apiKey === undefined) throw new Error('a test app has a key');
  return { ...config, apiKey: config.apiKey };
}

/** At the end of the running test, or of the file where none runs. */
function atEnd(close: () => Promise<void>): void {
  try {
    onTestFinished(close);
  } catch {
    afterAll(close);
  }
}

/** Without limits of its own unless `env` sets them, so that tests of other things do not wait. Closed after the test, or the file's tests. */
export function startApp(options: TestAppOptions): TestApp {
  const config = testConfig({
    TRACKRU_LIST_RPS: '0',
    TRACKRU_REALTIME_RPS: '0',
    TRACKRU_DEFAULT_RPS: '0',
    TRACKRU_API_KEY: options.apiKey ?? 'demo',
    TRACKRU_BASE_URL: options.baseUrl,
    ...options.env,
  });
  const app = createApp(config, {
    clock: options.clock ?? realClock,
    telemetry: options.telemetry ?? silentTelemetry(),
    random: options.random ?? (() => 0.5),
  });
  let closed = false;
  const close = async () => {
    if (!closed) await app.close();
    closed = true;
  };
  atEnd(close);
  return {
    app,
    async run(document, variables, init) {
      const query = typeof document === 'string' ? document : print(document);
      const response = await app.fetch(
        new Request('http://facade.test/graphql', {
          method: 'POST',
          body: JSON.stringify({ query, variables }),
          ...init,
          headers: { 'content-type': 'application/json', ...init?.headers },
        }),
      );
      return { status: response.status, ...((await response.json()) as ExecutionResult<never>) };
    },
    close,
  };
}

/** A sandbox on a free port, closed after the test, or the file's tests. Its limits are off unless the settings say otherwise. */
export async function sandboxFor(settings: Partial<SandboxSettings> = {}, realNow?: () => number): Promise<Sandbox> {
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    settings: { limits: false, ...settings },
    ...(realNow ? { realNow } : {}),
  });
  atEnd(() => sandbox.close());
  return sandbox;
}
