// The subgraph in a supergraph: composed by three composers, and asked across subgraphs through real gateways, which run
// as `examples/supergraph/` starts them.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { trackingId } from '../../src/domain/key.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { silentTelemetry } from '../../src/telemetry.ts';
import { sandboxFor, testConfig } from '../support/app.ts';
import { realClock } from '../support/clock.ts';
import { installed } from '../support/installed.ts';

const FOLDER = 'examples/supergraph';

beforeAll(() => installed(FOLDER), 300_000);

/** Runs a program of the example to its end. */
function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: FOLDER, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}

describe('composition', () => {
  it('has no errors and no hints in any of three composers', async () => {
    const { code, out } = await run(['compose.js']);
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(/^Apollo .*: 0 errors, 0 hints$/),
      expect.stringMatching(/^Guild .*: 0 errors, 0 hints$/),
      expect.stringMatching(/^Cosmo .*: 0 errors, 0 hints$/),
    ]);
    expect(code).toBe(0);
  });

  it('fails where the subgraph does not fit', async () => {
    const { mkdtempSync, writeFileSync } = await import('node:fs');
    const file = `${mkdtempSync('/tmp/subgraph-')}/subgraph.graphql`;
    const fitting = readFileSync('subgraph.graphql', 'utf8');
    writeFileSync(file, fitting.replace('@key(fields: "carrierCode trackingNumber")', ''));
    const { code, out } = await run(['compose.js', file]);
    expect(code).toBe(1);
    expect(out).toMatch(/Apollo .*: [1-9]\d* errors/);
  });
});

interface Gateway {
  ask(query: string): Promise<{ readonly data: Record<string, unknown>; readonly errors?: readonly unknown[] }>;
  /** The calls that the facade made since the last question. */
  calls(): number;
}

/** The gateway of the example over our server, both on free ports. */
async function gateway(kind: string): Promise<Gateway> {
  const sandbox: Sandbox = await sandboxFor();
  const limits = { TRACKRU_LIST_RPS: '0', TRACKRU_REALTIME_RPS: '0', TRACKRU_DEFAULT_RPS: '0', CACHE_TTL_SECONDS: '0' };
  const upstream = { PORT: '0', TRACKRU_API_KEY: 'demo', TRACKRU_BASE_URL: sandbox.baseUrl };
  const config = testConfig({ ...limits, ...upstream, FEDERATION: 'on' });
  const app = createApp(config, { clock: realClock, telemetry: silentTelemetry() });
  const server = await app.listen();
  const child = spawn(process.execPath, ['start.js', kind], {
    cwd: FOLDER,
    env: { ...process.env, NODE_ENV: 'production', TRACKINGS_URL: `${server.url}/graphql`, GATEWAY_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill();
    await server.close(0);
    await app.close();
  });
  let url: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    url = /gateway\s+(http\S+)/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  child.stdout.resume();
  if (url === undefined) throw new Error(`the ${kind} gateway did not start`);
  const address = url;
  return {
    async ask(query) {
      sandbox.clearCalls();
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const response = await request(address, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return JSON.parse(await response.body.text());
    },
    calls: () => sandbox.calls().length,
  };
}

describe.each(['apollo', 'hive'])('through the %s gateway', (kind) => {
  it('orders, their parcels by order id, and entities by either key are answered in one query', async () => {
    const { ask, calls } = await gateway(kind);
    const orders = await ask('{ orders { id shop { name } trackings { orderId latestEvent { description } } } }');
    expect(orders.errors).toBeUndefined();
    const found = orders.data.orders;
    expect(found).toHaveLength(5);
    for (const order of Array.isArray(found) ? found : []) {
      expect(order.trackings.length).toBeGreaterThan(0);
      for (const tracking of order.trackings) expect(tracking.orderId).toBe(order.id);
    }
    expect(JSON.stringify(found)).toMatch(/"latestEvent":\{"description":"[^"]/);
    expect(calls()).toBe(1);

    const byNumber = await ask('{ orders { parcel { id trackingNumber status } } }');
    expect(byNumber.errors).toBeUndefined();
    expect(byNumber.data.orders).toMatchObject([
      {
        parcel: {
          id: trackingId({ carrierCode: 'cdek', trackingNumber: '1255186421' }),
          trackingNumber: '1255186421',
          status: 'IN_TRANSIT',
        },
      },
      {},
      {},
      {},
      {},
    ]);
    expect(calls()).toBe(1);

    const byId = await ask('{ shops { name delivery { trackingNumber latestEvent { description } } } }');
    expect(byId.errors).toBeUndefined();
    expect(byId.data.shops).toMatchObject([
      { delivery: { trackingNumber: '1255186421', latestEvent: { description: 'Принято в отделении связи' } } },
      { delivery: { trackingNumber: 'BXB459332702', latestEvent: { description: 'Accepted' } } },
    ]);
    expect(calls()).toBe(1);
  }, 60_000);

  it('two paths to the same entities share upstream calls', async () => {
    const { ask, calls } = await gateway(kind);
    const answer = await ask('{ orders { parcel { title trackingNumber } returnParcel { title trackingNumber } } }');
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).toContain('"returnParcel":{"title"');
    // Eight references to five parcels, from Apollo's gateway in two requests: nothing is kept here, and one call is enough.
    expect(calls()).toBe(1);
  }, 60_000);
});
