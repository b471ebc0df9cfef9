// What merging is for: many look-ups and creates within the documented limits, against a sandbox that judges them.

import { describe, expect, it } from 'vitest';
import { PageDocument } from '../gql/graphql.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { sandboxFor, startApp } from '../support/app.ts';
import { item, open, page } from './support.ts';

const LIMITED = { TRACKRU_LIST_RPS: '1', TRACKRU_REALTIME_RPS: '3', TRACKRU_DEFAULT_RPS: '1' };
const API_KEY = 'sharing';

/** An account of its own with `count` trackings, filled past the facade. */
async function accountOf(count: number): Promise<{ readonly sandbox: Sandbox; readonly numbers: readonly string[] }> {
  const sandbox = await sandboxFor();
  const numbers = Array.from({ length: count }, (_, index) => String(5_000_000_000 + index));
  for (let start = 0; start < count; start += 40) {
    const body = numbers.slice(start, start + 40).map((number) => ({ carrier_code: 'cdek', tracking_number: number }));
    await fetch(`${sandbox.baseUrl}/trackings/batch`, {
      method: 'POST',
      headers: { 'Api-Key': API_KEY },
      body: JSON.stringify(body),
    });
  }
  sandbox.clearCalls();
  sandbox.configure({ limits: true });
  return { sandbox, numbers };
}

const lookup = (number: string, alias = 'tracking') =>
  `${alias}: tracking(carrierCode: "cdek", trackingNumber: "${number}") { trackingNumber }`;

describe('look-ups within the documented limits', () => {
  it('answer 50 aliases of one document with two upstream calls', async () => {
    const { sandbox, numbers } = await accountOf(50);
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: LIMITED });
    const { data, errors } = await run<Record<string, { trackingNumber: string }>, object>(
      `{ ${numbers.map((number, index) => lookup(number, `t${index}`)).join('\n')} }`,
    );
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {}).map((tracking) => tracking.trackingNumber)).toEqual(numbers);
    expect(sandbox.calls()).toHaveLength(2);
    expect(sandbox.violations()).toBe(0);
  });

  it('answer 200 different look-ups of 50 clients with at most eight calls', async () => {
    const { sandbox, numbers } = await accountOf(200);
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: LIMITED });
    const client = async (index: number) => {
      const mine = numbers.slice(index * 4, index * 4 + 4);
      return Promise.all(
        mine.map(
          async (number) =>
            (await run<{ tracking: { trackingNumber: string } }, object>(`{ ${lookup(number)} }`)).data?.tracking
              .trackingNumber,
        ),
      );
    };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => client(index)));
    expect(answers.flat()).toEqual(numbers);
    expect(sandbox.calls().length).toBeLessThanOrEqual(8);
    expect(sandbox.violations()).toBe(0);
  });

  it('leave at once and alone while the budget is free', async () => {
    const { sandbox, numbers } = await accountOf(1);
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: LIMITED });
    await run(`{ ${lookup(numbers[0] ?? '')} }`);
    expect(sandbox.calls().map((call) => call.route)).toEqual(['GET /trackings/:carrier/:number']);
  });

  it('ask once for a key that several want', async () => {
    const { sandbox, numbers } = await accountOf(1);
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: LIMITED });
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(`{ ${lookup(numbers[0] ?? '')} }`)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.data))).size).toBe(1);
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('go one by one when the upstream turns out to ignore `numbers`', async () => {
    const { sandbox, numbers } = await accountOf(8);
    sandbox.configure({ limits: false, listFilters: 'no-numbers' });
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: { CACHE_TTL_SECONDS: '0' } });
    const document = `{ ${numbers
      .slice(0, 3)
      .map((number, index) => lookup(number, `t${index}`))
      .join('\n')} }`;
    const first = await run<Record<string, { trackingNumber: string }>, object>(document);
    expect(Object.values(first.data ?? {}).map((tracking) => tracking.trackingNumber)).toEqual(numbers.slice(0, 3));
    sandbox.clearCalls();
    await run(document);
    expect(sandbox.calls().map((call) => call.route)).toEqual(Array(3).fill('GET /trackings/:carrier/:number'));
  });

  it('never use list calls when told not to', async () => {
    const { sandbox, numbers } = await accountOf(3);
    sandbox.configure({ limits: false });
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: { TRACKRU_LOOKUP_BATCHING: 'off' } });
    await run(`{ ${numbers.map((number, index) => lookup(number, `t${index}`)).join('\n')} }`);
    expect(sandbox.calls().map((call) => call.route)).toEqual(Array(3).fill('GET /trackings/:carrier/:number'));
  });
});

describe('creates within the documented limits', () => {
  it('share at most two calls after the first when 40 come at the same moment', async () => {
    const { sandbox } = await accountOf(0);
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, env: LIMITED });
    const create = (index: number) =>
      run<{ createTracking: { __typename: string; tracking: { trackingNumber: string } } }, object>(
        `mutation { createTracking(input: {carrierCode: "cdek", trackingNumber: "${6_000_000_000 + index}"}) {
          __typename ... on CreateTrackingPayload { tracking { trackingNumber } } } }`,
      );
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => create(index)));
    expect(answers.map((answer) => answer.data?.createTracking.tracking.trackingNumber)).toEqual(
      Array.from({ length: 40 }, (_, index) => String(6_000_000_000 + index)),
    );
    expect(sandbox.calls().length).toBeLessThanOrEqual(3);
    expect(sandbox.violations()).toBe(0);
  });
});

describe('paging', () => {
  it('through 250 trackings by 20 costs 13 list calls and shows each once', async () => {
    const { sandbox, numbers } = await accountOf(250);
    sandbox.configure({ limits: false });
    const { run } = startApp({ baseUrl: sandbox.baseUrl, apiKey: API_KEY });
    const seen: string[] = [];
    let after: string | null | undefined;
    do {
      const { data } = await run(PageDocument, { first: 20, after });
      seen.push(...(data?.trackings.nodes.map((node) => node.trackingNumber) ?? []));
      after = data?.trackings.pageInfo.hasNextPage ? data.trackings.pageInfo.endCursor : null;
    } while (after);
    expect(seen.toSorted()).toEqual(numbers);
    expect(sandbox.calls().map((call) => call.route)).toEqual(Array(13).fill('GET /trackings/get'));
  });
});

describe('what a list call told', () => {
  it('is there for who still waits for another, however much comes between', async () => {
    const titled = (number: string, title: string) => item({ carrier_code: 'cdek', tracking_number: number, title });
    const numbers = Array.from({ length: 41 }, (_, index) => String(5_000_000_000 + index));
    const held: (() => void)[] = [];
    const { app, upstream } = await open(({ path }) => {
      const query = new URLSearchParams(path.split('?')[1]);
      const asked = query.get('numbers')?.split(',');
      // A page of nearly a megabyte: a few of them, and the memory in which replies stand has been written over.
      const long = Array.from({ length: Number(query.get('limit')) }, () => titled('5999999999', 'long'.repeat(2_500)));
      const told = page(asked?.map((number) => titled(number, `title of ${number}`)) ?? long);
      if (asked?.length !== 1) return { data: told };
      return (response) => void held.push(() => response.end(JSON.stringify({ meta: { code: 200 }, data: told })));
    });
    const query = numbers.map(
      (number, at) => `t${at}: tracking(carrierCode: "cdek", trackingNumber: "${number}") { title }`,
    );
    const answer = app.run<Record<string, { title: string }>, object>(`{ ${query.join(' ')} }`);
    for (let first = 90; first > 80; first -= 1) {
      const { data } = await app.run<{ trackings: { nodes: { title: string }[] } }, object>(
        `{ trackings(first: ${first}) { nodes { title } } }`,
      );
      expect(data?.trackings.nodes).toHaveLength(first);
    }
    expect([held.length, upstream.arrivals.length]).toEqual([1, 12]);
    held[0]?.();
    const { data, errors } = await answer;
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {}).map(({ title }) => title)).toEqual(numbers.map((number) => `title of ${number}`));
  });
});
