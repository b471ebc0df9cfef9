// Many trackings in one call: replies that are partial, shuffled, doubled or foreign are matched by key, never by place.

import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { CARRIER, codeOf, finish, httpAnswer, stillRow, type World } from './world.ts';
import type { TestClock } from '../support/clock.ts';
import { titleOf } from '../support/invariants.ts';

const BATCHING = { env: { TRACKRU_LOOKUP_BATCHING: 'auto', CACHE_TTL_SECONDS: '0' }, parcels: 40 } as const;

const itemOf = (number: string) => ({
  tracking_number: number,
  carrier_code: CARRIER,
  status: 'transit',
  title: titleOf(number),
});
const envelope = (code: number, data: unknown) =>
  httpAnswer(JSON.stringify({ meta: { code, type: 'x', message: 'x' }, data }));

/** All numbers in one document, so that they leave together. */
const lookTogether = (world: World<TestClock>, numbers: readonly string[]) =>
  world.ask(
    `query Many(${numbers.map((_, index) => `$v${index}: String!`).join(' ')}) {
      ${numbers.map((_, index) => `t${index}: tracking(carrierCode: "${CARRIER}", trackingNumber: $v${index}) { trackingNumber title }`).join('\n')}
    }`,
    Object.fromEntries(numbers.map((number, index) => [`v${index}`, number])),
  );

const CREATE_MANY = `mutation Many($input: [CreateTrackingInput!]!) {
  batchCreateTrackings(input: $input) {
    createdCount
    results {
      __typename
      ... on CreateTrackingPayload { tracking { trackingNumber title } }
      ... on TrackingAlreadyExistsError { trackingNumber }
      ... on TrackingError { code }
    }
  }
}`;
interface Result {
  readonly __typename: string;
  readonly code?: string;
  readonly tracking?: { readonly trackingNumber: string };
  readonly trackingNumber?: string;
}
async function createMany(
  world: World<TestClock>,
  numbers: readonly string[],
  carrierOf: (number: string) => string = () => CARRIER,
) {
  const input = numbers.map((trackingNumber) => ({
    carrierCode: carrierOf(trackingNumber),
    trackingNumber,
    title: titleOf(trackingNumber),
  }));
  const { data } = await finish(world, world.ask(CREATE_MANY, { input }));
  return data.batchCreateTrackings.results as readonly Result[];
}

/** The numbers that a list call asks for. */
const asked = (path: string) =>
  (new URL(`http://x${path}`).searchParams.get('numbers') ?? '').split(',').filter(Boolean);

/** What a reply does to each number that was asked for. */
const fate = fc.constantFrom('there', 'there', 'there', 'missing', 'twice', 'under another carrier');

describe('look-ups that share a call', () => {
  stillRow('A18 a list reply in any order, with gaps and repeats, is matched by key', BATCHING, async (world) => {
    let permutations = 0;
    const property = fc.asyncProperty(
      fc
        .integer({ min: 2, max: 40 })
        .chain((size) =>
          fc.tuple(
            fc.array(fate, { minLength: size, maxLength: size }),
            fc.array(fc.nat(), { minLength: size, maxLength: size }),
          ),
        ),
      async ([fates, order]) => {
        const numbers = world.numbers.slice(0, fates.length);
        const items = numbers.flatMap((number, index) => {
          const item = itemOf(number);
          const other = { ...item, carrier_code: 'usps', title: 'another parcel' };
          return { there: [item], missing: [], twice: [item, item], 'under another carrier': [other] }[
            fates[index] ?? 'there'
          ];
        });
        const shuffled = items
          .map((item, index) => ({ item, rank: order[index % order.length] ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank);
        const data = {
          page: 1,
          limit: 100,
          total: String(items.length),
          count: items.length,
          items: shuffled.map(({ item }) => item),
        };
        await world.proxy.set(({ path }) =>
          asked(path).length > 0 ? { answer: envelope(items.length > 0 ? 200 : 4031, data) } : {},
        );
        const answer = await finish(world, lookTogether(world, numbers));
        permutations += 1;
        expect(answer.errors).toEqual([]);
        for (const [index, number] of numbers.entries()) {
          const got = answer.data[`t${index}`];
          const right = { trackingNumber: number, title: titleOf(number) };
          if (fates[index] === 'there' || fates[index] === 'twice') expect(got).toEqual(right);
          // A reply with repeats does not hold all it counts: what is missing may then be read singly.
          else expect(fates.includes('twice') ? [null, right] : [null]).toContainEqual(got);
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
    expect(permutations).toBeGreaterThanOrEqual(60);
  });

  stillRow(
    'A18 what comes without being asked for is shown to nobody, and what is missing then is read singly',
    BATCHING,
    async (world) => {
      const [first = '', second = '', third = ''] = world.numbers;
      const items = [itemOf('9999999999'), itemOf(second)];
      await world.proxy.set(({ path }) =>
        asked(path).length > 0 ? { answer: envelope(200, { page: 1, limit: 100, total: '2', count: 2, items }) } : {},
      );
      const answer = await finish(world, lookTogether(world, [first, second, third]));
      expect(Object.values(answer.data).map((tracking) => (tracking as { title: string }).title)).toEqual(
        [first, second, third].map(titleOf),
      );
      expect(world.watch.lines.some((line) => line.includes('ignores') && line.includes('numbers'))).toBe(true);
    },
  );

  stillRow('A19 one unreadable item does not spoil the others', BATCHING, async (world) => {
    const items = world.numbers.map((number, index) =>
      index === 7 ? { ...itemOf(number), tracking_number: null } : itemOf(number),
    );
    await world.proxy.set(({ path }) =>
      asked(path).length > 0 ? { answer: envelope(200, { page: 1, limit: 100, total: '40', count: 40, items }) } : {},
    );
    const answer = await finish(world, lookTogether(world, world.numbers));
    expect(Object.values(answer.data).filter(Boolean)).toHaveLength(40);
  });
});

describe('creates that share a call', () => {
  stillRow(
    'A18 a batch reply in any order, with gaps, repeats and strangers, is matched by key',
    BATCHING,
    async (world) => {
      let first = 8_180_000_000;
      const fates = fc.constantFrom('created', 'created', 'exists', 'refused', 'twice');
      const property = fc.asyncProperty(
        fc
          .integer({ min: 2, max: 40 })
          .chain((size) =>
            fc.tuple(
              fc.array(fates, { minLength: size, maxLength: size }),
              fc.array(fc.nat(), { minLength: size, maxLength: size }),
              fc.boolean(),
            ),
          ),
        async ([what, order, foreign]) => {
          const numbers = what.map((_, index) => String(first + index));
          first += 100;
          const rank = <T>(items: readonly T[]) =>
            items
              .map((item, index) => ({ item, rank: order[index % order.length] ?? 0 }))
              .toSorted((a, b) => a.rank - b.rank)
              .map(({ item }) => item);
          const having = (...kinds: string[]) => numbers.filter((_, index) => kinds.includes(what[index] ?? ''));
          const failed = (number: string, code: number) => ({
            tracking_number: number,
            carrier_code: CARRIER,
            code,
            message: 'x',
          });
          const created = [...having('created', 'twice'), ...having('twice'), ...(foreign ? ['9999999999'] : [])];
          const errors = [
            ...having('exists').map((number) => failed(number, 4016)),
            ...having('refused').map((number) => failed(number, 4014)),
          ];
          const data = {
            submitted: numbers.length,
            added: created.length,
            trackings: rank(created.map(itemOf)),
            errors: rank(errors),
          };
          await world.proxy.set((request) => (request.path.endsWith('/batch') ? { answer: envelope(201, data) } : {}));
          const results = await createMany(world, numbers);
          const expected = {
            created: 'CreateTrackingPayload',
            twice: 'CreateTrackingPayload',
            exists: 'TrackingAlreadyExistsError',
            refused: 'TrackingInputError',
          };
          expect(results.map((result) => result.__typename)).toEqual(what.map((kind) => expected[kind]));
          for (const [index, result] of results.entries()) {
            expect(result.tracking?.trackingNumber ?? result.trackingNumber ?? numbers[index]).toBe(numbers[index]);
          }
        },
      );
      await fc.assert(property, { numRuns: 40 });
    },
  );

  stillRow('A18 items that a batch reply leaves out are looked for', BATCHING, async (world) => {
    const numbers = Array.from({ length: 10 }, (_, index) => String(8_185_000_000 + index));
    let first = true;
    await world.proxy.set((request) => {
      if (!request.path.endsWith('/batch') || !first) return {};
      first = false;
      return {
        answer: envelope(201, { submitted: 10, added: 7, trackings: numbers.slice(0, 7).map(itemOf), errors: [] }),
      };
    });
    const results = await createMany(world, numbers);
    expect(new Set(results.map((result) => result.__typename))).toEqual(new Set(['CreateTrackingPayload']));
    // Three were neither there nor told of: they are sent once more, the seven are not.
    const sent = world.proxy.requests
      .filter((request) => request.path.endsWith('/batch'))
      .map((request) => JSON.parse(request.body).length);
    expect(sent).toEqual([10, 3]);
  });

  stillRow('A19 one bad item of forty fails alone', BATCHING, async (world) => {
    const numbers = Array.from({ length: 40 }, (_, index) => String(8_190_000_000 + index));
    const results = await createMany(world, numbers, (number) =>
      number === numbers[17] ? 'no-such-carrier' : CARRIER,
    );
    expect(results.filter((result) => result.__typename === 'CreateTrackingPayload')).toHaveLength(39);
    expect(results[17]).toMatchObject({ __typename: 'TrackingInputError', code: 'INVALID_CARRIER_CODE' });
    expect(world.proxy.requests).toHaveLength(1);
    // The same, judged by the upstream alone.
    for (const [code, kind] of [
      [4014, 'TrackingInputError'],
      [4019, 'TrackingQuotaError'],
    ] as const) {
      const others = Array.from({ length: 40 }, (_, index) => String(8_190_000_100 + code * 100 + index));
      const [bad = '', ...good] = others;
      const errors = [{ tracking_number: bad, carrier_code: CARRIER, code, message: 'x' }];
      const answer = envelope(201, { submitted: 40, added: 39, trackings: good.map(itemOf), errors });
      await world.proxy.set({ answer });
      const judged = await createMany(world, others);
      expect(judged.map((result) => result.__typename)).toEqual([
        kind,
        ...Array<string>(39).fill('CreateTrackingPayload'),
      ]);
    }
  });
});

describe('the size of a call', () => {
  stillRow(
    'A20 no call holds more than forty items, however many are asked for',
    { ...BATCHING, parcels: 400 },
    async (world) => {
      const ids = world.numbers.map((number) => Buffer.from(`Tracking:${CARRIER}|${number}`).toString('base64url'));
      const pages = Array.from({ length: 4 }, (_, index) =>
        world.ask('query N($ids: [ID!]!) { nodes(ids: $ids) { ... on Tracking { trackingNumber title } } }', {
          ids: ids.slice(index * 100, index * 100 + 100),
        }),
      );
      const answers = await finish(world, Promise.all(pages));
      expect(
        answers.flatMap((answer) => answer.data.nodes.map((node: { trackingNumber: string }) => node.trackingNumber)),
      ).toEqual(world.numbers);
      for (const size of [1, 39, 40, 41, 80, 81, 400]) {
        const results = await createMany(
          world,
          Array.from({ length: size }, (_, index) => String(8_200_000_000 + size * 1_000 + index)),
        );
        expect(results.filter((result) => result.__typename === 'CreateTrackingPayload')).toHaveLength(size);
      }
      const sizes = world.proxy.requests.map(({ path, body }) =>
        path.endsWith('/batch') ? (JSON.parse(body) as unknown[]).length : asked(path).length,
      );
      expect(Math.max(...sizes)).toBe(40);
    },
  );

  stillRow('A20 an upstream that calls a call too large is an alarm', BATCHING, async (world) => {
    await world.proxy.set({ answer: envelope(4020, []) });
    expect(codeOf(await finish(world, lookTogether(world, world.numbers)))).toBe('BAD_USER_INPUT');
    const levels = world.watch.lines.map((line) => (JSON.parse(line) as { level: number }).level);
    // pino's number for an error.
    expect(levels).toContain(50);
  });
});
