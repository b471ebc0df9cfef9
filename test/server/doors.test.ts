// The two doors of the server: Yoga, and the short way (fast-path.ts) with compiled execution. Whatever comes, clients
// must not be able to tell which of them answered. Each door has a sandbox of its own, in the same state at the same time.

import { print } from 'graphql';
import { Client } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { trackingId } from '../../src/domain/key.ts';
import { createSchema } from '../../src/schema/index.ts';
import { silentTelemetry } from '../../src/telemetry.ts';
import * as typed from '../gql/graphql.ts';
import { sandboxFor, testConfig } from '../support/app.ts';
import { generateRequest, seeded } from '../support/generated-documents.ts';
import { testClock } from '../support/clock.ts';
import { REFUSED } from './bad-documents.ts';

const NOON = Date.parse('2026-03-03T12:00:00Z');

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Door {
  /** Did the last reply come by the short way? It writes header names in lower case; Yoga does not. */
  readonly short: () => boolean;
  send(body: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

const RELEVANT = ['content-type', 'x-request-id', 'cache-control', 'vary', 'access-control-allow-origin', 'allow'];

async function openDoor(env: Readonly<Record<string, string>>, planAt: number): Promise<Door> {
  const sandbox = await sandboxFor({ clockManual: true, clockStart: NOON });
  const limits = { TRACKRU_LIST_RPS: '0', TRACKRU_REALTIME_RPS: '0', TRACKRU_DEFAULT_RPS: '0' };
  const config = testConfig({
    ...limits,
    PORT: '0',
    TRACKRU_API_KEY: 'demo',
    TRACKRU_BASE_URL: sandbox.baseUrl,
    ...env,
  });
  let ids = 0;
  const clock = testClock(NOON);
  const app = createApp(config, { clock, telemetry: silentTelemetry(), random: () => 0.5, planAt });
  const server = await app.listen();
  const client = new Client(server.url);
  let short = false;
  onTestFinished(async () => {
    await client.close();
    const closed = server.close(0);
    await clock.advance(1);
    await closed;
    await app.close();
  });
  return {
    short: () => short,
    async send(body, headers = {}) {
      ids += 1;
      const response = await client.request({
        method: 'POST',
        path: '/graphql',
        body,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-request-id': `r${ids}`,
          ...headers,
        },
        responseHeaders: 'raw',
      });
      const raw = response.headers as unknown as readonly string[];
      const names = raw.filter((_, at) => at % 2 === 0).map(String);
      short = names.includes('content-type');
      const told = Object.fromEntries(names.map((name, at) => [name.toLowerCase(), String(raw[at * 2 + 1])]));
      return {
        status: response.statusCode,
        headers: Object.fromEntries(RELEVANT.map((name) => [name, told[name]])),
        body: await response.body.text(),
      };
    },
  };
}

/** Yoga with graphql-js, and the short way with everything compiled at once; both have answered this media type. */
async function bothDoors(env: Readonly<Record<string, string>> = {}): Promise<readonly [yoga: Door, short: Door]> {
  const doors = [
    await openDoor({ ...env, FAST_PATH: 'off' }, Number.POSITIVE_INFINITY),
    await openDoor(env, 1),
  ] as const;
  for (const door of doors) {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      await door.send('{"query":"{ __typename }"}', { accept });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return doors;
}

const STO = { carrierCode: 'sto', trackingNumber: '402934299065' };
const ID = trackingId({ carrierCode: 'sto', trackingNumber: '402934299065' });

/** Variables of the golden operations, by name; inputs by operation. */
const VARIABLES: Readonly<Record<string, unknown>> = {
  ...STO,
  carrierA: 'sto',
  numberA: '402934299065',
  carrierB: 'china-post',
  numberB: 'LX123456785CN',
  code: 'CDEK',
  id: ID,
  ids: [ID, 'nonsense'],
  first: 3,
  filter: { archived: false },
  destinationCountryCode: 'US',
  orderId: '#77',
};
const INPUTS: Readonly<Record<string, unknown>> = {
  createTracking: { carrierCode: 'cdek', trackingNumber: '7777700001', title: "Anna's" },
  updateTracking: { title: 'new', orderId: null },
  batchCreateTrackings: [
    STO,
    { carrierCode: 'cdek', trackingNumber: '7777700009' },
    { carrierCode: 'x', trackingNumber: '!' },
  ],
};

describe('both doors', () => {
  it('give the same answer to every golden operation, twice', async () => {
    const [yoga, short] = await bothDoors();
    const documents = Object.entries(typed).filter(([name]) => name.endsWith('Document'));
    expect(documents.length).toBeGreaterThan(15);
    let shortly = 0;
    for (const [, document] of [...documents, ...documents]) {
      const query = print(document as Parameters<typeof print>[0]);
      const field = Object.keys(INPUTS).find((name) => query.includes(`${name}(`)) ?? '';
      const body = JSON.stringify({ query, variables: { ...VARIABLES, input: INPUTS[field] } });
      const expected = await yoga.send(body);
      expect(await short.send(body)).toEqual(expected);
      expect(yoga.short()).toBe(false);
      shortly += Number(short.short());
    }
    expect(shortly).toBe(documents.length * 2);
  });

  it('give the same answer to every document that is refused', async () => {
    const [yoga, short] = await bothDoors();
    for (const [, query] of REFUSED) {
      for (const accept of ['application/json', 'application/graphql-response+json']) {
        const body = JSON.stringify({ query });
        expect(await short.send(body, { accept })).toEqual(await yoga.send(body, { accept }));
      }
    }
  });

  const ODD: readonly (readonly [what: string, body: string, headers?: Record<string, string>])[] = [
    ['no JSON', '{"query": "{ __typename }"'],
    ['an empty body', ''],
    ['JSON that is no object', '"{ __typename }"'],
    ['an array', '[{"query":"{ __typename }"}]'],
    ['null', 'null'],
    ['no query', '{"variables":{}}'],
    ['a query that is a number', '{"query":5}'],
    ['an unknown parameter', '{"query":"{ __typename }","more":1}'],
    ['variables that are an array', '{"query":"{ __typename }","variables":[]}'],
    ['variables that are a text', '{"query":"{ __typename }","variables":"{}"}'],
    ['an operation name that is a number', '{"query":"{ __typename }","operationName":5}'],
    ['extensions that are a text', '{"query":"{ __typename }","extensions":"x"}'],
    ['extensions', '{"query":"{ __typename }","extensions":{"a":1}}'],
    ['an operation nobody defined', '{"query":"query A { __typename }","operationName":"B"}'],
    ['two operations and no name', '{"query":"query A { __typename } query B { carriers { code } }"}'],
    [
      'two operations, the second named',
      '{"query":"query A { a: __typename } query B { b: __typename }","operationName":"B"}',
    ],
    [
      'two operations, the first named',
      '{"query":"query A { a: __typename } query B { b: __typename }","operationName":"A"}',
    ],
    ['an empty operation name', '{"query":"query A { __typename }","operationName":""}'],
    ['names twice', '{"query":"{ nope }","query":"{ __typename }"}'],
    ['a name every object knows', '{"query":"{ __typename }","__proto__":{"a":1}}'],
    ['a byte order mark', '\ufeff{"query":"{ __typename }"}'],
    ['text beyond ASCII', '{"query":"{ a: __typename # значение 中文 \\u0000 \\n}"}'],
    ['introspection', '{"query":"{ __schema { queryType { name } } __type(name: \\"Tracking\\") { name } }"}'],
    ['a subscription', '{"query":"subscription { nope }"}'],
    ['another media type', '{"query":"{ __typename }"}', { 'content-type': 'text/plain' }],
    ['another charset', '{"query":"{ __typename }"}', { 'content-type': 'application/json; charset=utf-16' }],
    ['an accept header nobody serves', '{"query":"{ __typename }"}', { accept: 'text/html' }],
    ['any accept header', '{"query":"{ __typename }"}', { accept: '*/*' }],
    [
      'an accept header of a client library',
      '{"query":"{ nope }"}',
      { accept: 'application/graphql-response+json, application/json;q=0.9' },
    ],
    ['server-sent events', '{"query":"{ __typename }"}', { accept: 'text/event-stream' }],
    ['an encoded body', '{"query":"{ __typename }"}', { 'content-encoding': 'gzip' }],
    ['reading through', '{"query":"{ trackings(first: 1) { totalCount } }"}', { 'cache-control': 'no-cache' }],
    ['an odd request id', '{"query":"{ __typename }"}', { 'x-request-id': 'r-1:a.b_c' }],
    ['an origin', '{"query":"{ __typename }"}', { origin: 'https://shop.example' }],
    ['a body too long', JSON.stringify({ query: `{ __typename } #${'x'.repeat(1_100_000)}` })],
  ];
  it.each([
    ['', {}],
    [' where origins are allowed', { CORS_ORIGINS: 'https://shop.example,https://other.example' }],
    [' where introspection is off', { INTROSPECTION: 'off' }],
  ])('give the same answer to odd requests%s', async (_, env) => {
    const [yoga, short] = await bothDoors(env);
    for (const [what, body, headers] of [...ODD, ...ODD]) {
      expect([what, await short.send(body, headers)]).toEqual([what, await yoga.send(body, headers)]);
    }
  });

  it('give the same answer to documents that differ in the texts written into them', async () => {
    const [yoga, short] = await bothDoors();
    const look = (number: string) => `tracking(carrierCode: "sto", trackingNumber: ${number})`;
    const documents = (number: string) => [
      `{ ${look(`"${number}"`)} { trackingNumber status } }`,
      `query Named { a: ${look(`"${number}"`)} { id } b: ${look('"LX123456785CN"')} { id } }`,
      `query($v: String!) { a: ${look('$v')} { id } b: ${look(`"${number}"`)} { title } }`,
      `{ ${look(`"${number}"`)} { id } ${look(`"${number}"`)} { title } }`,
      `{ ...F } fragment F on Query { ${look(`"${number}"`)} { id } }`,
      `{ node(id: "${Buffer.from(`Tracking:sto|${number}`).toString('base64url')}") { ... on Tracking { title } } }`,
      `{ trackings(filter: { trackingNumbers: ["${number}"] }) { totalCount } }`,
      `{ trackings(filter: { createdAt: { from: "${number}" } }) { totalCount } }`,
      `{ trackings(after: "${number}") { totalCount } }`,
      `{ carrier(code: "${number}") { name } } # ${number}`,
      `{ a: carrier(code: "${number}") { name }, b: carrier(code: """sto""") { name } }`,
      `{ carrier(code: ${number}) { name } }`,
      `mutation { deleteTracking(carrierCode: "sto", trackingNumber: "${number}") { __typename } }`,
    ];
    const numbers = [
      '402934299065',
      'LX123456785CN',
      '0000000000',
      '',
      ' 402934299065 ',
      '402934299065") { id } x: tracking(carrierCode: "sto", trackingNumber: "402934299065',
      '4029\\u0033',
      '\\"',
      'a\tb',
      'a\u0001b',
      '\ud800',
      '"',
      '#',
      'значение',
    ];
    for (const number of [...numbers, ...numbers]) {
      for (const query of documents(number)) {
        const body = JSON.stringify({ query, variables: { v: '402934299065' } });
        for (let time = 0; time < 3; time += 1) {
          expect([query, await short.send(body)]).toEqual([query, await yoga.send(body)]);
        }
      }
    }
  });

  const SEED = Number(process.env.DOORS_SEED ?? 20_260_303);
  it(`give the same answer to 2,000 generated documents (DOORS_SEED=${SEED})`, { timeout: 120_000 }, async () => {
    const [yoga, short] = await bothDoors();
    const schema = createSchema();
    const random = seeded(SEED);
    const seen = { shortly: 0, data: 0, withErrors: 0, refused: 0 };
    for (let count = 0; count < 2_000; count += 1) {
      const request = generateRequest(schema, random);
      const accept = random() < 0.5 ? 'application/json' : 'application/graphql-response+json';
      const body = JSON.stringify(request);
      const expected = await yoga.send(body, { accept });
      expect([request, await short.send(body, { accept })]).toEqual([request, expected]);
      seen.shortly += Number(short.short());
      seen.data += Number(expected.body.includes('"data":{'));
      seen.withErrors += Number(expected.body.includes('"data":') && expected.body.includes('"errors":'));
      seen.refused += Number(!expected.body.includes('"data":'));
    }
    process.stdout.write(`generated documents: ${JSON.stringify(seen)}\n`);
    // Else the generator has lost its sense, and the comparison its worth.
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(150);
  });
});
