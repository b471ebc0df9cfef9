// The audit suite of the GraphQL-over-HTTP specification, from the package graphql-http, against the listening server, with the short way on
// and off.
// MUST and SHOULD have to hold. What is only allowed (MAY) is printed where this server does otherwise.

import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { HttpServer } from '../../src/server/http.ts';
import { silentTelemetry } from '../../src/telemetry.ts';
import { sandboxFor, testConfig } from '../support/app.ts';
import { realClock } from '../support/clock.ts';

describe.each(['on', 'off'])('with FAST_PATH=%s', (fastPath) => {
  let server: HttpServer | undefined;

  beforeAll(async () => {
    const { baseUrl } = await sandboxFor();
    const config = testConfig({ PORT: '0', TRACKRU_API_KEY: 'demo', TRACKRU_BASE_URL: baseUrl, FAST_PATH: fastPath });
    const app = createApp(config, { clock: realClock, telemetry: silentTelemetry() });
    const listening = await app.listen();
    server = listening;
    return async () => {
      await listening.close(0);
      await app.close();
    };
  });

  const audits = serverAudits({ url: () => `${server?.url}/graphql` });

  it.each(audits.map(({ id, name, fn }) => [id, name, fn] as const))('%s %s', async (_, name, fn) => {
    const result = await fn();
    if (result.status === 'ok') return;
    const body = await result.response.text();
    const found = `${result.status}: ${result.reason}; HTTP ${result.response.status} ${body.slice(0, 300)}`;
    if (!name.startsWith('MAY')) expect.fail(found);
    notices.push(`${name}: ${found}`);
  });

  it('there are audits', () => {
    expect(audits.length).toBeGreaterThan(50);
  });
});

const notices: string[] = [];

afterAll(() => {
  process.stdout.write(`${notices.length} notices of the audits (allowed, done otherwise here)\n`);
  for (const notice of notices) process.stdout.write(`  ${notice}\n`);
});
