// What is kept while the upstream fails, is asked by thousands, or answers nonsense.

import { describe, expect } from 'vitest';
import { type Answer, calm, codeOf, finish, httpAnswer, pass, readBody, stillRow } from './world.ts';
import { titleOf } from '../support/invariants.ts';

const DAY_S = 24 * 60 * 60;
const FRESH = { headers: { 'cache-control': 'no-cache' } };

describe('a hot key', () => {
  stillRow('A36 a thousand clients cost one call as a kept key expires', {}, async (world) => {
    const [number = ''] = world.numbers;
    await finish(world, world.look(number));
    await pass(world, 20_000, 10_000);
    await finish(world, world.look(number));
    await pass(world, 1_000);
    for (let expiry = 0; expiry < 3; expiry += 1) {
      await pass(world, 70_000, 10_000);
      const before = world.proxy.requests.length;
      const answers = await finish(world, Promise.all(Array.from({ length: 1_000 }, () => world.look(number))));
      await pass(world, 1_000);
      for (const answer of answers) expect(answer.data.tracking.title).toBe(titleOf(number));
      expect(world.proxy.requests.length - before).toBe(1);
      expect(Math.max(...answers.map((answer) => answer.tookMs))).toBe(0);
    }
  });

  stillRow('A36 a thousand clients cost one call for a key that was never read', {}, async (world) => {
    const [number = ''] = world.numbers;
    const answers = await finish(world, Promise.all(Array.from({ length: 1_000 }, () => world.look(number))));
    expect(answers.map(codeOf).filter(Boolean)).toEqual([]);
    expect(world.proxy.requests).toHaveLength(1);
  });

  stillRow('A36 a thousand clients who read through cost one call', {}, async (world) => {
    const [number = ''] = world.numbers;
    await finish(world, world.look(number));
    await finish(world, Promise.all(Array.from({ length: 1_000 }, () => world.look(number, FRESH))));
    expect(world.proxy.requests).toHaveLength(2);
  });

  stillRow(
    'A36 a thousand different keys do not expire in the same moment',
    { parcels: 200, random: spread() },
    async (world) => {
      // Past the first ten seconds of a new parcel, in which it is kept more briefly.
      await pass(world, 20_000, 10_000);
      await finish(world, Promise.all(world.numbers.map((number) => world.look(number))));
      const before = world.proxy.requests.length;
      const perSecond: number[] = [];
      await pass(world, 50_000, 10_000);
      for (let second = 50; second < 70; second += 1) {
        const sent = world.proxy.requests.length;
        await finish(world, Promise.all(world.numbers.map((number) => world.look(number))));
        await pass(world, 1_000, 500);
        perSecond.push(world.proxy.requests.length - sent);
      }
      expect(world.proxy.requests.length - before).toBe(200);
      expect(Math.max(...perSecond)).toBeLessThan(60);
    },
  );
});

describe('an outage of a minute', () => {
  stillRow('A15 nobody who was served before notices', { parcels: 20 }, async (world) => {
    const first = await finish(world, Promise.all(world.numbers.map((number) => world.look(number))));
    expect(first.map(codeOf).filter(Boolean)).toEqual([]);
    const page = '{ trackings(first: 10) { totalCount nodes { trackingNumber title } } }';
    await finish(world, world.ask(page));
    await world.proxy.set({ down: true });
    let asked = 0;
    const failures: (string | undefined)[] = [];
    for (let second = 0; second < 120; second += 1) {
      const answers: Promise<Answer>[] = [...world.numbers.map((number) => world.look(number)), world.ask(page)];
      await pass(world, 1_000, 500);
      for (const answer of await Promise.all(answers)) {
        asked += 1;
        if (codeOf(answer)) failures.push(codeOf(answer));
        expect(answer.tookMs).toBeLessThan(1_000);
      }
    }
    process.stdout.write(`A15: ${asked} reads during the outage, ${failures.length} failed\n`);
    expect(failures).toEqual([]);
    const cold = await finish(world, world.look('8150000001'));
    expect(codeOf(cold)).toBe('UPSTREAM_UNAVAILABLE');
    expect(cold.tookMs).toBeLessThan(50);
  });

  stillRow('A15 a request that reads through is not answered from what is kept', {}, async (world) => {
    const [number = ''] = world.numbers;
    await finish(world, world.look(number));
    await world.proxy.set({ down: true });
    const answer = await finish(world, world.look(number, FRESH));
    expect(codeOf(answer)).toBe('UPSTREAM_UNAVAILABLE');
  });

  stillRow('A15 what is kept is gone after a day, and is not served then', {}, async (world) => {
    const [number = ''] = world.numbers;
    await finish(world, world.look(number));
    await world.proxy.set({ down: true });
    await world.clock.advance((DAY_S - 600) * 1_000);
    await finish(world, world.look(number));
    await pass(world, 2_000);
    const stale = await finish(world, world.look(number));
    expect(stale.data.tracking.title).toBe(titleOf(number));
    expect(stale.extensions.stale?.because).toEqual(['UPSTREAM_UNAVAILABLE']);
    await world.clock.advance(1_200_000);
    expect(codeOf(await finish(world, world.look(number)))).toBe('UPSTREAM_UNAVAILABLE');
  });

  stillRow(
    'A15 nothing is kept where the cache is switched off',
    { env: { CACHE_TTL_SECONDS: '0' } },
    async (world) => {
      const [number = ''] = world.numbers;
      await finish(world, world.look(number));
      await finish(world, world.look(number));
      expect(world.proxy.requests).toHaveLength(2);
      await world.proxy.set({ down: true });
      expect(codeOf(await finish(world, world.look(number)))).toBe('UPSTREAM_UNAVAILABLE');
    },
  );

  stillRow('A15 a deleted tracking is not served from what was kept of it', {}, async (world) => {
    const [number = ''] = world.numbers;
    await finish(world, world.look(number));
    await finish(world, world.remove(number));
    await world.proxy.set({ down: true });
    const answer = await finish(world, world.look(number));
    expect(answer.data?.tracking ?? null).toBeNull();
  });
});

describe('a poisoned answer', () => {
  stillRow('A47 what is not about the key that was asked for is not kept', {}, async (world) => {
    const [number = '', other = ''] = world.numbers;
    const poisons = [
      readBody(other, titleOf(other)),
      '{"meta":{"code":200},"data":{"items":"x"}}',
      '{"meta":{"code":200},"data":[{"tracking_number":"../../x","carrier_code":"cdek"}]}',
    ];
    for (const poison of poisons) {
      await world.proxy.set({ answer: httpAnswer(poison) });
      expect(codeOf(await finish(world, world.look(number, FRESH)))).toBe('UPSTREAM_INVALID_RESPONSE');
      await world.proxy.set({});
      const before = world.proxy.requests.length;
      expect((await finish(world, world.look(number, FRESH))).data.tracking.title).toBe(titleOf(number));
      expect(world.proxy.requests.length).toBe(before + 1);
    }
  });

  stillRow('A47 a refresh that brings nonsense leaves what was kept', {}, async (world) => {
    const [number = ''] = world.numbers;
    await finish(world, world.look(number));
    await pass(world, 70_000, 10_000);
    await world.proxy.set({ answer: httpAnswer('{"meta":{"code":200},"data":"junk"}') });
    for (let time = 0; time < 3; time += 1) {
      const answer = await finish(world, world.look(number));
      expect(answer.data.tracking.title).toBe(titleOf(number));
      if (time > 0) expect(answer.extensions.stale?.because).toEqual(['UPSTREAM_INVALID_RESPONSE']);
      await pass(world, 1_000);
    }
  });

  stillRow('A47 a read that began before a write is not kept after it', {}, async (world) => {
    const [number = ''] = world.numbers;
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    // The answer is written before the update and arrives after it.
    const old = httpAnswer(readBody(number, 'T-before'));
    await world.proxy.set((request) =>
      request.method === 'GET' ? { gate, answer: old.replace('T-before', 'X-before') } : {},
    );
    const reading = world.look(number);
    await calm();
    await finish(world, world.update(number, { title: 'X-after' }));
    await world.proxy.set({});
    release();
    await finish(world, reading);
    const read = await finish(world, world.look(number));
    expect(read.data.tracking.title).toBe('X-after');
  });
});

/** Jitter that differs from call to call. */
function spread(): () => number {
  let at = 0;
  return () => (at = (at + 0.381_966) % 1);
}
