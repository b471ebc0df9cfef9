// The subgraph over a real socket and the sandbox: entities by either key, what they cost, and what is refused (faults.md
// table B, row B4). Every test runs through both doors and under both executors.

import { parse, print } from 'graphql';
import { request } from 'undici';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { trackingId } from '../../src/domain/key.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { createSubgraph, printedSubgraph } from '../../src/schema/index.ts';
import { silentTelemetry } from '../../src/telemetry.ts';
import { sandboxFor, testConfig } from '../support/app.ts';
import { realClock } from '../support/clock.ts';

interface Answer {
  readonly status: number;
  readonly cacheControl: string | undefined;
  readonly data: { readonly _entities: readonly unknown[] } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

const ENTITIES = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) { __typename
  ... on Tracking { id carrierCode trackingNumber }
  ... on Carrier { code name }
  ... on Order { id trackings { trackingNumber orderId latestEvent { description } } } } }`;

/** A subgraph over `sandbox`, and a way to ask it. */
async function subgraph(sandbox: Sandbox, env: Readonly<Record<string, string>> = {}, planAt?: number) {
  const limits = { TRACKRU_LIST_RPS: '0', TRACKRU_REALTIME_RPS: '0', TRACKRU_DEFAULT_RPS: '0' };
  const upstream = { PORT: '0', TRACKRU_API_KEY: 'demo', TRACKRU_BASE_URL: sandbox.baseUrl };
  const config = testConfig({ ...limits, ...upstream, FEDERATION: 'on', ...env });
  const app = createApp(config, { clock: realClock, telemetry: silentTelemetry(), planAt });
  const server = await app.listen();
  onTestFinished(async () => {
    await server.close(0);
    await app.close();
  });
  async function post(body: object): Promise<Answer> {
    const response = await request(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const header = response.headers['cache-control'];
    const cacheControl = Array.isArray(header) ? header.join() : header;
    const answer = JSON.parse(await response.body.text());
    return { ...answer, status: response.statusCode, cacheControl };
  }
  // The first answer of a media type is Yoga's; from the next one on the short way is open.
  await post({ query: '{ __typename }' });
  await post({ query: '{ __typename }' });
  sandbox.clearCalls();
  const entities = (representations: readonly unknown[]) => post({ query: ENTITIES, variables: { representations } });
  return { post, entities };
}

/** References to `count` trackings that the sandbox does not have, by the one key and the other in turn. */
const strangers = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const trackingNumber = `ENTITY${String(index).padStart(6, '0')}`;
    return index % 2 === 0
      ? { __typename: 'Tracking', carrierCode: 'cdek', trackingNumber }
      : { __typename: 'Tracking', id: trackingId({ carrierCode: 'cdek', trackingNumber }) };
  });

const KNOWN = { carrierCode: 'sto', trackingNumber: '402934299065' };

describe.each([
  { name: 'by graphql-js, the short way', planAt: Infinity, env: { FAST_PATH: 'on' } },
  { name: 'compiled, the short way', planAt: 1, env: { FAST_PATH: 'on' } },
  { name: 'compiled, through Yoga', planAt: 1, env: { FAST_PATH: 'off' } },
])('entities, $name', ({ env, planAt }) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await sandboxFor();
  });

  it('are found by either key, and a missing one is null', async () => {
    const { entities } = await subgraph(sandbox, env, planAt);
    const answer = await entities([
      { __typename: 'Tracking', ...KNOWN },
      { __typename: 'Tracking', id: trackingId(KNOWN) },
      { __typename: 'Carrier', code: 'CDEK' },
      { __typename: 'Tracking', carrierCode: 'cdek', trackingNumber: 'NOWHERE123' },
      { __typename: 'Carrier', code: 'no-such-carrier' },
    ]);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?._entities).toEqual([
      { __typename: 'Tracking', id: trackingId(KNOWN), ...KNOWN },
      { __typename: 'Tracking', id: trackingId(KNOWN), ...KNOWN },
      { __typename: 'Carrier', code: 'cdek', name: expect.any(String) },
      null,
      null,
    ]);
  });

  it.each([
    [1, 1],
    [50, 2],
    [300, 8],
  ])('%i over both keys cost at most %i calls', async (count, calls) => {
    const { entities } = await subgraph(sandbox, env, planAt);
    const answer = await entities(strangers(count));
    expect(answer.data?._entities).toEqual(Array.from({ length: count }, () => null));
    expect(sandbox.calls().length).toBeLessThanOrEqual(calls);
    expect(sandbox.calls().length).toBeGreaterThan(0);
  });

  it('asked for by two requests at the same moment share calls', async () => {
    const { entities } = await subgraph(sandbox, { ...env, CACHE_TTL_SECONDS: '0' }, planAt);
    const references = strangers(20);
    const answers = await Promise.all([entities(references), entities(references.toReversed())]);
    for (const { data } of answers) expect(data?._entities).toHaveLength(20);
    expect(sandbox.calls().length).toBeLessThanOrEqual(1);
  });

  it('may be kept by routers for as long as here, unless something failed or was written', async () => {
    const { post, entities } = await subgraph(sandbox, { ...env, CACHE_TTL_SECONDS: '45' }, planAt);
    const reference = { __typename: 'Tracking', ...KNOWN };
    expect((await entities([reference])).cacheControl).toBe('max-age=45, public');
    expect((await entities([reference, { __typename: 'Tracking' }])).cacheControl).toBe('no-store');
    const key = `carrierCode: "${KNOWN.carrierCode}", trackingNumber: "${KNOWN.trackingNumber}"`;
    const write = `mutation { updateTracking(${key}, input: { title: "kept" }) { __typename } }`;
    expect((await post({ query: write })).cacheControl).toBe('no-store');
    const without = await subgraph(sandbox, { ...env, CACHE_TTL_SECONDS: '0' }, planAt);
    expect((await without.entities([reference])).cacheControl).toBe('no-store');
    const alone = await subgraph(sandbox, { ...env, FEDERATION: 'off' });
    expect((await alone.post({ query: '{ carriers { code } }' })).cacheControl).toBeUndefined();
  });

  it('of orders cost nothing until their parcels are asked for, and then one call', async () => {
    const { post, entities } = await subgraph(sandbox, env, planAt);
    const list = await post({ query: '{ trackings(first: 100) { nodes { trackingNumber orderId } } }' });
    const nodes: readonly { trackingNumber: string; orderId: string | null }[] = Reflect.get(
      Reflect.get(list.data ?? {}, 'trackings'),
      'nodes',
    );
    const ids = [...new Set(nodes.flatMap(({ orderId }) => orderId ?? []))].slice(0, 5);
    expect(ids.length).toBeGreaterThan(1);
    const representations = [...ids, 'no-such-order'].map((id) => ({ __typename: 'Order', id }));
    sandbox.clearCalls();
    const bare = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { id } } }`;
    const stubs = await post({ query: bare, variables: { representations } });
    expect(stubs.data?._entities).toEqual(representations.map(({ id }) => ({ id })));
    expect(sandbox.calls()).toHaveLength(0);
    const full = await entities(representations);
    expect(full.errors).toBeUndefined();
    expect(sandbox.calls()).toHaveLength(1);
    for (const [index, id] of ids.entries()) {
      const found: readonly { trackingNumber: string; orderId: string }[] = Reflect.get(
        full.data?._entities[index] ?? {},
        'trackings',
      );
      expect(found.every(({ orderId }) => orderId === id)).toBe(true);
      const listed = nodes.filter(({ orderId }) => orderId === id).map(({ trackingNumber }) => trackingNumber);
      expect(found.map(({ trackingNumber }) => trackingNumber)).toEqual(expect.arrayContaining(listed));
    }
    expect(full.data?._entities.at(-1)).toMatchObject({ trackings: [] });
  });

  it('B4: 5,000 of them are refused whole, before any call', async () => {
    const { entities } = await subgraph(sandbox, env, planAt);
    const answer = await entities(strangers(5_000));
    expect(answer.status).toBe(200);
    expect(answer.data).toBeNull();
    expect(answer.errors).toMatchObject([{ path: ['_entities'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(answer.errors?.[0]?.message).toContain('at most 500');
    expect(sandbox.calls()).toHaveLength(0);
  });

  it('B4: a wrong __typename, and none, fail by themselves with a typed error', async () => {
    const { entities } = await subgraph(sandbox, env, planAt);
    const wrong = ['TrackingEvent', 'Query', 'constructor', '', 7, null, undefined];
    const answer = await entities([
      ...wrong.map((__typename) => ({ __typename, ...KNOWN })),
      { __typename: 'Tracking', ...KNOWN },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.data?._entities.slice(0, -1)).toEqual(wrong.map(() => null));
    expect(answer.data?._entities.at(-1)).toMatchObject(KNOWN);
    expect(answer.errors?.map(({ path, extensions }) => [path?.[1], extensions.code])).toEqual(
      wrong.map((_, index) => [index, 'BAD_USER_INPUT']),
    );
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('B4: keys that are objects, lists or numbers, and references that are none, are refused and reach no call', async () => {
    const { entities } = await subgraph(sandbox, env, planAt);
    const bad = [
      { __typename: 'Tracking', id: { $ne: '' } },
      { __typename: 'Tracking', id: ['VHJhY2tpbmc6'] },
      { __typename: 'Tracking', id: 'VHJhY2tpbmc6' },
      { __typename: 'Tracking', carrierCode: { toString: 'cdek' }, trackingNumber: '402934299065' },
      { __typename: 'Tracking', carrierCode: 'cdek', trackingNumber: 402934299065 },
      { __typename: 'Tracking', carrierCode: '../admin', trackingNumber: '402934299065' },
      { __typename: 'Tracking', carrierCode: 'cdek' },
      { __typename: 'Carrier', code: {} },
      { __typename: 'Order', id: { id: '1' } },
      { __typename: 'Order', id: '1,2' },
      'Tracking',
      [],
    ];
    const answer = await entities(bad);
    expect(answer.status).toBe(200);
    expect(answer.data?._entities).toEqual(bad.map(() => null));
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(bad.map(() => 'BAD_USER_INPUT'));
    expect(sandbox.calls()).toHaveLength(0);
  });

  it('B4: fields beside the key are ignored, whatever they are', async () => {
    const { entities } = await subgraph(sandbox, env, planAt);
    const answer = await entities([
      { __typename: 'Tracking', ...KNOWN, title: 'mine', key: { carrierCode: 'cdek' }, customerEmails: ['a@b.test'] },
    ]);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?._entities).toEqual([{ __typename: 'Tracking', id: trackingId(KNOWN), ...KNOWN }]);
  });
});

describe('the subgraph schema', () => {
  it('is what `_service` tells, whose text parses', async () => {
    const { post } = await subgraph(await sandboxFor());
    const { data } = await post({ query: '{ _service { sdl } }' });
    const sdl: unknown = Reflect.get(Reflect.get(data ?? {}, '_service'), 'sdl');
    const printed = printedSubgraph(createSubgraph({ order: { type: 'Order', key: 'id' } }));
    expect(print(parse(String(sdl)))).toBe(print(parse(printed)));
  });

  it('has no `node`, which no two subgraphs can share', () => {
    expect(Object.keys(createSubgraph({ order: undefined }).getQueryType()?.getFields() ?? {})).not.toContain('node');
  });

  it('takes the name and key of the company’s orders, or leaves them out', async () => {
    const sandbox = await sandboxFor();
    const { post } = await subgraph(sandbox, { FEDERATION_ORDER_TYPE: 'Purchase', FEDERATION_ORDER_KEY: 'number' });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Purchase { number } } }`;
    const answer = await post({ query, variables: { representations: [{ __typename: 'Purchase', number: '7' }] } });
    expect(answer.data?._entities).toEqual([{ number: '7' }]);
    const without = await subgraph(sandbox, { FEDERATION_ORDER_TYPE: '' });
    const { errors } = await without.post({ query: '{ __type(name: "Order") { name } _service { sdl } }' });
    expect(errors).toBeUndefined();
    const refused = await without.post({
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      variables: { r: [{ __typename: 'Order', id: '7' }] },
    });
    expect(refused.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
