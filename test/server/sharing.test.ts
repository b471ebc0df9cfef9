// Equal queries in flight share one execution, and never the answer of another viewer.

import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { Pool, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Context, Viewer } from '../../src/context.ts';
import { listen } from '../../src/server/http.ts';
import { shareKey } from '../../src/server/sharing.ts';
import { createServer } from '../../src/server/yoga.ts';
import { silentTelemetry, type Telemetry } from '../../src/telemetry.ts';
import type { UpstreamClient } from '../../src/upstream/client.ts';
import { sandboxFor, testConfig } from '../support/app.ts';
import { realClock } from '../support/clock.ts';
import { scriptedUpstream } from '../support/upstream.ts';

const LOOK = '{ tracking(carrierCode: "sto", trackingNumber: "402934299065") { trackingNumber title } }';

interface Served {
  readonly url: string;
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<string>;
}

async function serve(baseUrl: string): Promise<Served> {
  const limits = { TRACKRU_LIST_RPS: '0', TRACKRU_REALTIME_RPS: '0', TRACKRU_DEFAULT_RPS: '0' };
  const config = testConfig({ ...limits, PORT: '0', TRACKRU_API_KEY: 'demo', TRACKRU_BASE_URL: baseUrl });
  const app = createApp(config, { clock: realClock, telemetry: silentTelemetry() });
  const server = await app.listen();
  onTestFinished(async () => {
    await server.close(0);
    await app.close();
  });
  const url = `${server.url}/graphql`;
  const ask: Served['ask'] = async (query, headers = {}) => {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return response.body.text();
  };
  // The first answer of a media type is Yoga's; from the next one on the short way is open.
  await ask('{ __typename }');
  await ask('{ __typename }');
  return { url, ask };
}

describe('equal queries in flight', () => {
  it('cost one upstream call and have the same answer', async () => {
    const sandbox = await sandboxFor();
    const { ask } = await serve(sandbox.baseUrl);
    sandbox.clearCalls();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(LOOK)));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"trackingNumber":"402934299065"');
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('do not share with one that reads through', async () => {
    const sandbox = await sandboxFor();
    const { ask } = await serve(sandbox.baseUrl);
    await ask(LOOK);
    sandbox.clearCalls();
    await Promise.all([ask(LOOK), ask(LOOK, { 'cache-control': 'no-cache' }), ask(LOOK)]);
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('go on for the others when the client who asked first leaves', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const item = {
      carrier_code: 'sto',
      tracking_number: '402934299065',
      title: 'T',
      status: 'transit',
      origin_info: null,
    };
    const upstream = await scriptedUpstream(() => (response) => {
      void held.then(() => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ meta: { code: 200 }, data: [item] }));
      });
    });
    onTestFinished(() => upstream.close());
    const { url, ask } = await serve(upstream.baseUrl);
    const abort = new AbortController();
    const first = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: LOOK }),
      signal: abort.signal,
    });
    while (upstream.arrivals.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = ask(LOOK);
    // A round trip on another connection: by then the second request is in.
    await ask('{ __typename }');
    abort.abort();
    await expect(first).rejects.toThrow();
    await ask('{ __typename }');
    release();
    expect(await second).toContain('"title":"T"');
    expect(upstream.arrivals).toHaveLength(1);
  });

  it('see a write of the same client that lies between them', async () => {
    const sandbox = await sandboxFor();
    const { ask } = await serve(sandbox.baseUrl);
    for (let round = 0; round < 20; round += 1) {
      const others = Array.from({ length: 5 }, () => ask(LOOK));
      await ask(
        `mutation { updateTracking(carrierCode: "sto", trackingNumber: "402934299065", input: {title: "t${round}"}) { __typename } }`,
      );
      expect(await ask(LOOK)).toContain(`"title":"t${round}"`);
      await Promise.all(others);
    }
  });
});

describe('two viewers', () => {
  // Access control comes later: a schema of the test's own shows which viewer an answer was made for.
  const VIEWERS: Readonly<Record<string, Viewer>> = {
    reader: { id: 'shop', scopes: ['tracking:read'] },
    keeper: { id: 'shop', scopes: ['tracking:read', 'customer:read'] },
    other: { id: 'post', scopes: ['tracking:read'] },
  };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType<unknown, Context>({
      name: 'Query',
      fields: {
        viewer: {
          type: GraphQLString,
          async resolve(_root, _args, { viewer }) {
            await new Promise((resolve) => setImmediate(resolve));
            return `${viewer.id} ${viewer.scopes.join()}`;
          },
        },
      },
    }),
  });

  it('who ask the same at the same moment get each their own answer, 10,000 times', { timeout: 60_000 }, async () => {
    let shared = 0;
    const telemetry: Telemetry = {
      hears: () => true,
      log: (_level, message) => void (shared += Number(message.includes('equal one'))),
    };
    const server = createServer({
      schema,
      upstream: { writes: () => 0 } as UpstreamClient,
      clock: realClock,
      telemetry,
      newId: () => 'id',
      readiness: () => ({ serving: true, reasons: [] }),
      deadlineMs: 10_000,
      graphiql: false,
      introspection: false,
      corsOrigins: [],
      fastPath: true,
      viewerOf: (header) => VIEWERS[header('x-viewer') ?? ''] ?? { id: 'nobody', scopes: [] },
    });
    const http = await listen(server.handle, { host: '127.0.0.1', port: 0 }, realClock);
    onTestFinished(async () => {
      await http.close(0);
      await server.close();
    });
    const pool = new Pool(http.url, { connections: 60 });
    onTestFinished(() => pool.close());
    const ask = async (viewer: string) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-viewer': viewer };
      const { body } = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers,
        body: '{"query":"{ viewer }"}',
      });
      return body.json();
    };
    await ask('reader');
    await ask('reader');
    shared = 0;
    const names = Object.keys(VIEWERS);
    let crossed = 0;
    for (let round = 0; round < 100; round += 1) {
      const asked = Array.from({ length: 100 }, (_, at) => names[(at * 7 + round) % names.length] ?? '');
      const answers = await Promise.all(asked.map(ask));
      for (const [at, answer] of answers.entries()) {
        const viewer = VIEWERS[asked[at] ?? ''];
        const right = JSON.stringify({ data: { viewer: `${viewer?.id} ${viewer?.scopes.join()}` } });
        if (JSON.stringify(answer) !== right) crossed += 1;
      }
    }
    expect(crossed).toBe(0);
    // Else nothing was at stake.
    expect(shared).toBeGreaterThan(2_000);
  });

  it('have keys that no missing or odd part makes equal', () => {
    const odd: readonly Viewer[] = [
      { id: '', scopes: [] },
      { id: '', scopes: [''] },
      { id: 'a', scopes: [] },
      { id: 'a', scopes: ['b'] },
      { id: 'a', scopes: ['b', 'c'] },
      { id: 'a', scopes: ['b,c'] },
      { id: 'a","b', scopes: [] },
      { id: 'a\n1\n{}', scopes: [] },
      { id: 'undefined', scopes: [] },
      { id: 'null', scopes: [] },
    ];
    const bodies = ['{}', '1\n{}', ' '.repeat(5_000), ' '.repeat(5_001)].map((text) => Buffer.from(text));
    const keys = odd.flatMap((viewer) =>
      [1, 11].flatMap((writes) => bodies.map((body) => shareKey(viewer, writes, body))),
    );
    expect(new Set(keys).size).toBe(keys.length);
    // The order in which scopes were listed makes no difference.
    const body = Buffer.from('{}');
    expect(shareKey({ id: 'a', scopes: ['c', 'b'] }, 1, body)).toBe(shareKey({ id: 'a', scopes: ['b', 'c'] }, 1, body));
  });
});
