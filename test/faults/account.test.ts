// What the upstream says of the account: a code in the envelope, a dead key, an empty balance, a pause (faults.md §2).

import { describe, expect } from 'vitest';
import { type Answer, codeOf, finish, httpAnswer, pass, stillRow, within, type World } from './world.ts';
import type { TestClock } from '../support/clock.ts';
import { CANARY, titleOf } from '../support/invariants.ts';

const LIMITED = {
  env: { TRACKRU_LIST_RPS: '1', TRACKRU_REALTIME_RPS: '3', TRACKRU_DEFAULT_RPS: '1' },
  sandbox: { limits: true },
} as const;

const kindOf = (answer: Answer) =>
  (Object.values(answer.data ?? {})[0] as { __typename: string } | null | undefined)?.__typename;
const verdictOf = (answer: Answer) =>
  codeOf(answer) ?? kindOf(answer) ?? (answer.data?.tracking === null ? null : 'data');

const INPUT = 'TrackingInputError';
const QUOTA = ['UPSTREAM_QUOTA_EXCEEDED', 'TrackingQuotaError', 'UPSTREAM_QUOTA_EXCEEDED'];
const KEY = Array<string>(3).fill('UPSTREAM_REJECTED_KEY');
const INVALID = 'UPSTREAM_INVALID_RESPONSE';
const UNKNOWN = 'OUTCOME_UNKNOWN';
/** What a read, a create and an update answer under a code, the upstream having done nothing. */
const MEANINGS: Readonly<Record<number, readonly (string | null)[]>> = {
  400: ['BAD_USER_INPUT', INPUT, INPUT],
  401: KEY,
  402: QUOTA,
  403: KEY,
  404: [null, INVALID, INVALID],
  405: [INVALID, INVALID, INVALID],
  409: [INVALID, 'TrackingAlreadyExistsError', INVALID],
  429: ['RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED'],
  500: ['UPSTREAM_UNAVAILABLE', UNKNOWN, UNKNOWN],
  502: ['UPSTREAM_UNAVAILABLE', UNKNOWN, UNKNOWN],
  503: ['UPSTREAM_UNAVAILABLE', UNKNOWN, UNKNOWN],
  504: ['UPSTREAM_UNAVAILABLE', UNKNOWN, UNKNOWN],
  4001: KEY,
  4002: KEY,
  4012: ['BAD_USER_INPUT', INPUT, INPUT],
  4013: ['BAD_USER_INPUT', INPUT, INPUT],
  4014: ['BAD_USER_INPUT', INPUT, INPUT],
  4015: ['BAD_USER_INPUT', INPUT, INPUT],
  4016: [INVALID, 'TrackingAlreadyExistsError', INVALID],
  4017: [null, INVALID, 'TrackingNotFoundError'],
  4018: QUOTA,
  4019: QUOTA,
  4020: ['BAD_USER_INPUT', INPUT, INPUT],
  4021: QUOTA,
  4031: [null, INVALID, 'TrackingNotFoundError'],
  4032: ['BAD_USER_INPUT', INPUT, INPUT],
  4033: ['BAD_USER_INPUT', INPUT, INPUT],
  // Refusals that nobody has heard of, and a code of no kind.
  4999: [INVALID, INVALID, INVALID],
  777: [INVALID, UNKNOWN, UNKNOWN],
};

describe('a code', () => {
  const NAME = 'A10 each code under HTTP 200, and under its own status, means what the table says';
  stillRow(NAME, {}, async () => {
    const acts = [
      (world: World<TestClock>) => world.look(world.numbers[0] ?? ''),
      (world: World<TestClock>) => world.create('8100000001'),
      (world: World<TestClock>) => world.update(world.numbers[0] ?? '', { orderId: 'x' }),
    ];
    for (const httpStatus of ['envelope', 'strict'] as const) {
      const asked = httpStatus === 'envelope' ? acts : acts.slice(0, 1);
      const seen: Record<number, readonly unknown[]> = {};
      for (const code of Object.keys(MEANINGS).map(Number)) {
        const verdicts: unknown[] = [];
        for (const act of asked) {
          await within(NAME, { sandbox: { httpStatus } }, async (world) => {
            world.sandbox.addFault({ kind: 'envelope', code });
            const answer = await finish(world, act(world));
            verdicts.push(verdictOf(answer));
            if (codeOf(answer) === 'RATE_LIMITED') {
              expect(answer.errors[0]?.extensions.retryAfterMs).toBeGreaterThan(100_000);
              expect(answer.errors[0]?.extensions.retryable).toBe(true);
            }
          });
        }
        seen[code] = verdicts;
      }
      const meanings = Object.entries(MEANINGS).map(([code, verdicts]) => [code, verdicts.slice(0, asked.length)]);
      expect(seen).toEqual(Object.fromEntries(meanings));
    }
  });

  stillRow('A10 a create beyond the quota that is only warned of is a success with a warning', {}, async (world) => {
    world.sandbox.configure({ quota: 0, quotaMode: 'warn' });
    const answer = await finish(world, world.create('8100000002'));
    expect(kindOf(answer)).toBe('CreateTrackingPayload');
    expect(JSON.stringify(answer.extensions)).toContain('UPSTREAM_QUOTA_EXCEEDED');
  });
});

describe('a dead key', () => {
  const NAME = 'A11 a rejected key is tried once a minute, while what is kept is served';
  stillRow(NAME, {}, async () => {
    const revocations: Readonly<Record<string, (world: World) => void>> = {
      'an unknown key': (world) => world.sandbox.configure({ keys: new Map([['another', 'x']]) }),
      'a deleted key': (world) => world.sandbox.configure({ keys: new Map([[CANARY.apiKey, '']]) }),
      401: (world) => world.sandbox.addFault({ kind: 'envelope', code: 401 }),
      '403 without an envelope': (world) => void world.proxy.set({ answer: httpAnswer('no', 403, 'text/plain') }),
    };
    for (const revoke of Object.values(revocations)) {
      await within(NAME, {}, async (world) => {
        const [kept = ''] = world.numbers;
        await finish(world, world.look(kept));
        await pass(world, 70_000, 10_000);
        revoke(world);
        const before = world.proxy.requests.length;
        const cold = await finish(world, world.look('8110000001'));
        expect(codeOf(cold)).toBe('UPSTREAM_REJECTED_KEY');
        for (let second = 0; second < 600; second += 10) {
          const answers = Promise.all([
            world.look(kept),
            world.look(String(8_110_000_100 + second)),
            world.create('8110000002'),
          ]);
          await pass(world, 10_000, 5_000);
          const [stale, missing, write] = await answers;
          expect(stale.data.tracking.title).toBe(titleOf(kept));
          if (second > 0) expect(stale.extensions.stale?.because).toEqual(['UPSTREAM_REJECTED_KEY']);
          expect([codeOf(missing), codeOf(write)]).toEqual(['UPSTREAM_REJECTED_KEY', 'UPSTREAM_REJECTED_KEY']);
        }
        expect(world.proxy.requests.length - before).toBeLessThanOrEqual(11);
        expect(await world.ready()).toMatchObject({ http: 200, status: 'degraded' });
        expect(world.watch.lines.filter((line) => line.includes('REJECTS THE API KEY'))).toHaveLength(1);
        // I7: accepted again, it is used again within a minute.
        world.sandbox.configure({ keys: null });
        world.sandbox.clearFaults();
        await world.proxy.set({});
        await pass(world, 60_000, 10_000);
        expect((await finish(world, world.look(world.numbers[1] ?? ''))).errors).toEqual([]);
        expect(await world.ready()).toMatchObject({ http: 200, status: 'ready' });
      });
    }
  });
});

describe('an empty balance', () => {
  stillRow('A12 an empty balance stops what is paid for and nothing else', {}, async (world) => {
    world.sandbox.configure({ quota: world.numbers.length });
    expect(kindOf(await finish(world, world.create('8120000001')))).toBe('TrackingQuotaError');
    const paid = () => world.proxy.requests.filter((request) => request.method === 'POST').length;
    const before = paid();
    for (let second = 0; second < 50; second += 1) {
      const answers = await finish(
        world,
        Promise.all([
          world.create(String(8_120_000_100 + second)),
          world.ask('{ realtime(carrierCode: "cdek", trackingNumber: "8120009999") { trackingNumber } }'),
          world.ask('{ detectCarriers(trackingNumber: "8120009999") { code } }'),
          world.look(world.numbers[0] ?? '', { headers: { 'cache-control': 'no-cache' } }),
          world.update(world.numbers[0] ?? '', { orderId: String(second) }),
        ]),
      );
      expect(answers.map(verdictOf).slice(0, 3)).toEqual([
        'TrackingQuotaError',
        ...Array<string>(2).fill('UPSTREAM_QUOTA_EXCEEDED'),
      ]);
      expect(answers.slice(3).map(codeOf)).toEqual([undefined, undefined]);
      await pass(world, 1_000, 500);
    }
    expect(paid()).toBe(before);
    expect((await world.ready()).reasons).toEqual([expect.stringMatching(/quota/)]);
    // I7: paid for again, it is noticed within a minute.
    world.sandbox.configure({ quota: 100 });
    await pass(world, 60_000, 10_000);
    expect(kindOf(await finish(world, world.create('8120000002')))).toBe('CreateTrackingPayload');
  });

  stillRow('A12 a batch whose items are refused for quota stops what is paid for', LIMITED, async (world) => {
    world.sandbox.configure({ quota: world.numbers.length });
    const batch = (first: number) =>
      world.ask(
        'mutation B($input: [CreateTrackingInput!]!) { batchCreateTrackings(input: $input) { results { __typename } } }',
        { input: [0, 1, 2].map((index) => ({ carrierCode: 'cdek', trackingNumber: String(first + index) })) },
      );
    await finish(world, batch(8_121_000_000));
    const before = world.proxy.requests.length;
    for (let round = 1; round < 20; round += 1) {
      const { data } = await finish(world, batch(8_121_000_000 + round * 10));
      const kinds = (data.batchCreateTrackings.results as { __typename: string }[]).map((result) => result.__typename);
      expect(new Set(kinds)).toEqual(new Set(['TrackingQuotaError']));
      await pass(world, 2_000, 500);
    }
    expect(world.proxy.requests.length).toBe(before);
  });

  stillRow('A12 a read that is refused for quota is answered from what is kept', {}, async (world) => {
    const [kept = '', cold = ''] = world.numbers;
    await finish(world, world.look(kept));
    await pass(world, 70_000, 10_000);
    world.sandbox.addFault({ kind: 'envelope', code: 4021 });
    await finish(world, world.look(kept));
    const stale = await finish(world, world.look(kept));
    expect(stale.data.tracking.title).toBe(titleOf(kept));
    expect(stale.extensions.stale?.because).toEqual(['UPSTREAM_QUOTA_EXCEEDED']);
    expect(codeOf(await finish(world, world.look(cold)))).toBe('UPSTREAM_QUOTA_EXCEEDED');
  });
});

describe('a pause', () => {
  /** After `spoil` has spoken of a pause: silence for `seconds`, then calls again, one by one. */
  async function silent(world: World<TestClock>, seconds: number, spoil: () => Promise<void> | void): Promise<void> {
    const [kept = '', cold = ''] = world.numbers;
    await finish(world, world.look(kept));
    await pass(world, 70_000, 10_000);
    await spoil();
    const limited = await finish(world, world.look('8130000001'));
    expect(codeOf(limited)).toBe('RATE_LIMITED');
    expect(limited.errors[0]?.extensions.retryAfterMs).toBeGreaterThanOrEqual(seconds * 1_000 - 1_000);
    const at = world.proxy.requests.at(-1)?.at ?? 0;
    const before = world.proxy.requests.length;
    await world.proxy.set({});
    world.sandbox.clearFaults();
    expect(await world.ready()).toMatchObject({ http: 200, status: 'degraded' });
    const late: Promise<Answer>[] = [];
    for (let second = 1; second < seconds - 1; second += 1) {
      const answers = [
        world.look(kept),
        world.look(String(8_130_000_100 + second)),
        world.create(String(8_130_100_000 + second)),
      ];
      late.push(...answers);
      await pass(world, at + second * 1_000 + 500 - world.clock.now(), 500);
      const [stale] = await Promise.all(answers.slice(0, 1));
      expect(stale?.data.tracking.title).toBe(titleOf(kept));
      // A refresh that can wait for the end of the pause has not failed.
      if (second > 1 && seconds > 100) expect(stale?.extensions.stale?.because).toEqual(['RATE_LIMITED']);
    }
    expect(world.proxy.requests).toHaveLength(before);
    // Those who came so late that they could wait are served after it; the sandbox judges that they are not too many.
    const answers = await finish(world, Promise.all(late), 25);
    for (const { errors } of answers.filter((answer) => answer.errors.length > 0)) {
      expect(errors[0]?.extensions.code).toBe('RATE_LIMITED');
      expect(errors[0]?.extensions.retryAfterMs).toBeGreaterThan(0);
    }
    const next = world.proxy.requests[before];
    expect(next?.at).toBeGreaterThanOrEqual(at + seconds * 1_000);
    expect((await finish(world, world.look(cold))).errors).toEqual([]);
    expect(await world.ready()).toMatchObject({ status: 'ready' });
  }

  stillRow('A13 a Retry-After of 200 s is 200 s of silence', LIMITED, (world) =>
    silent(world, 200, () => world.sandbox.addFault({ kind: 'retry-after', seconds: 200 })),
  );

  stillRow('A13 a Retry-After of 5 s does not shorten the silence of 120 s', LIMITED, (world) =>
    silent(world, 120, () => world.sandbox.addFault({ kind: 'retry-after', seconds: 5 })),
  );

  const soon = { ...LIMITED, env: { ...LIMITED.env, TRACKRU_PENALTY_SECONDS: '0' } };
  stillRow('A13 a Retry-After of 5 s is 5 s of silence where none is configured', soon, (world) =>
    silent(world, 5, () => world.sandbox.addFault({ kind: 'retry-after', seconds: 5 })),
  );

  stillRow('A13 a Retry-After that is a date is silence until then', LIMITED, (world) =>
    silent(world, 150, () => {
      const until = new Date(Math.ceil(world.clock.now() / 1_000) * 1_000 + 150_000).toUTCString();
      return world.proxy.set({ answer: httpAnswer('', 429, 'text/plain', `Retry-After: ${until}\r\n`) });
    }),
  );

  stillRow('A14 a 429 in an envelope is 120 s of silence', LIMITED, (world) =>
    silent(world, 120, () => world.sandbox.addFault({ kind: 'envelope', code: 429 })),
  );

  stillRow('A14 a 429 without an envelope is 120 s of silence', LIMITED, (world) =>
    silent(world, 120, () => world.proxy.set({ answer: httpAnswer('slow down', 429, 'text/plain') })),
  );

  stillRow('A14 a 429 of any call is a pause for every call', LIMITED, async (world) => {
    world.sandbox.addFault({ kind: 'envelope', code: 429, route: 'PUT /trackings/:carrier/:number', times: 1 });
    await finish(world, world.update(world.numbers[0] ?? '', { orderId: 'x' }));
    const before = world.proxy.requests.length;
    const list = world.ask('{ trackings { totalCount } }');
    const answers = [
      list,
      world.look(world.numbers[0] ?? ''),
      world.create('8140000001'),
      world.remove(world.numbers[1] ?? ''),
    ];
    for (const answer of await finish(world, Promise.all(answers))) {
      expect(codeOf(answer)).toBe('RATE_LIMITED');
      expect(answer.tookMs).toBe(0);
    }
    expect(world.proxy.requests).toHaveLength(before);
  });
});
