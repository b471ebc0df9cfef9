// More is asked than the account allows, or the upstream fails for a while: who is served, who is refused, and when.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect } from 'vitest';
import { type Answer, CARRIER, codeOf, finish, pass, realRow, stillRow, within, type World } from './world.ts';
import type { TestClock } from '../support/clock.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { seededRandom } from '../support/history.ts';

const LIMITS = { TRACKRU_LIST_RPS: '1', TRACKRU_REALTIME_RPS: '3', TRACKRU_DEFAULT_RPS: '1' } as const;
const limited = (env: Readonly<Record<string, string>>) => ({ env: { ...LIMITS, ...env }, sandbox: { limits: true } });
const FRESH = { headers: { 'cache-control': 'no-cache' } };
const PAGE = '<html>upstream error</html>';

const succeeded = (answers: readonly Answer[]) => answers.filter((answer) => answer.errors.length === 0).length;
const refused = (answers: readonly Answer[]) => answers.filter((answer) => codeOf(answer) === 'RATE_LIMITED');

describe('failures in a burst', () => {
  stillRow(
    'A15 ten seconds of failures cost nobody who was served before, and others fail fast',
    { parcels: 20 },
    async (world) => {
      await finish(world, Promise.all(world.numbers.map((number) => world.look(number))));
      await pass(world, 70_000, 10_000);
      const before = world.proxy.requests.length;
      world.sandbox.addFault({ kind: 'html', status: 503 });
      let asked = 0;
      let stale = 0;
      for (let tenth = 0; tenth < 100; tenth += 1) {
        const kept = Promise.all(world.numbers.slice(0, 5).map((number) => world.look(number)));
        const cold = world.look(String(8_150_000_000 + tenth));
        await pass(world, 100, 50);
        for (const answer of await kept) {
          asked += 1;
          expect(answer.data.tracking.title).toBeDefined();
          if (answer.extensions.stale) {
            stale += 1;
            expect(answer.extensions.stale.because).toEqual(['UPSTREAM_UNAVAILABLE']);
          }
        }
        const missing = await finish(world, cold);
        expect(codeOf(missing)).toBe('UPSTREAM_UNAVAILABLE');
        if (tenth > 20) expect(missing.tookMs).toBeLessThan(50);
      }
      expect(stale).toBeGreaterThan(asked * 0.9);
      expect(world.proxy.requests.length - before).toBeLessThanOrEqual(15);
      // I7: the next probe finds it well.
      world.sandbox.clearFaults();
      await pass(world, 10_000, 1_000);
      expect((await finish(world, world.look('8150009999'))).errors).toEqual([]);
      expect(await world.ready()).toMatchObject({ status: 'ready' });
    },
  );

  stillRow(
    'A16 three failures in ten are mostly hidden by repeats, at no more than 1.2 times the calls',
    { parcels: 40 },
    async (world) => {
      const random = seededRandom(16);
      await world.proxy.set(() =>
        random() < 0.3 ? { answer: `HTTP/1.1 503 X\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}` } : {},
      );
      const answers: Answer[] = [];
      let unsent = 0;
      for (let index = 0; index < 400; index += 1) {
        const before = world.proxy.requests.length;
        answers.push(await finish(world, world.look(world.numbers[index % 40] ?? '', FRESH)));
        if (world.proxy.requests.length === before) unsent += 1;
      }
      const share = succeeded(answers) / answers.length;
      const amplification = world.proxy.requests.length / (answers.length - unsent);
      process.stdout.write(
        `A16: ${(share * 100).toFixed(1)} % served, 70 % without repeats; amplification ${amplification.toFixed(2)}\n`,
      );
      expect(share).toBeGreaterThan(0.8);
      // Ten repeats are there from the start.
      expect(world.proxy.requests.length).toBeLessThanOrEqual((answers.length - unsent) * 1.2 + 10);
    },
  );
});

describe('after an outage', () => {
  stillRow(
    'A37 a herd that waited for an outage to end is served without a call too many',
    { ...limited({ REQUEST_DEADLINE_MS: '5000', TRACKRU_LOOKUP_BATCHING: 'auto' }), parcels: 100 },
    async (world) => {
      let next = 0;
      // Ten a second: ten times what single reads could serve.
      const second = async () => {
        const asked = Array.from({ length: 10 }, () => world.look(world.numbers[next++ % 100] ?? '', FRESH));
        await pass(world, 1_000);
        return { answers: Promise.all(asked) };
      };
      await world.proxy.set({ down: true });
      const outage: Promise<readonly Answer[]>[] = [];
      for (let time = 0; time < 60; time += 1) outage.push((await second()).answers);
      expect(succeeded((await finish(world, Promise.all(outage))).flat())).toBe(0);
      await world.proxy.set({});
      const after: Promise<readonly Answer[]>[] = [];
      for (let time = 0; time < 40; time += 1) after.push((await second()).answers);
      const served = (await finish(world, Promise.all(after))).map(succeeded);
      // The first second from which on at least 95 of 100 are served.
      const recovered = served.findIndex(
        (_, time) => served.slice(time, time + 10).reduce((sum, one) => sum + one, 0) >= 95,
      );
      process.stdout.write(`A37: 95 % served ${recovered} s after the outage\n`);
      // A probe every ten seconds, and the queue of five.
      expect(recovered).toBeGreaterThanOrEqual(0);
      expect(recovered).toBeLessThanOrEqual(20);
    },
    60_000,
  );
});

describe('more than the account allows', () => {
  const REALTIME = `query R($carrierCode: String!, $trackingNumber: String!) {
    realtime(carrierCode: $carrierCode, trackingNumber: $trackingNumber) { trackingNumber } }`;

  const NAME = 'A38 at two, five and ten times the load as many are served, and the others are refused at once';
  stillRow(NAME, {}, async () => {
    for (const times of [1, 2, 5, 10]) {
      await within(NAME, { ...limited({ REQUEST_DEADLINE_MS: '4000' }) }, async (world) => {
        const asked: Promise<Answer>[] = [];
        // Open loop: arrivals at a fixed rate, whatever becomes of them.
        const every = 1_000 / (3 * times);
        for (let at = 0; at < 30_000; at += every) {
          const variables = { carrierCode: CARRIER, trackingNumber: String(8_380_100_000 + asked.length) };
          asked.push(world.ask(REALTIME, variables));
          await pass(world, every, 10);
        }
        const answers = await finish(world, Promise.all(asked));
        const goodput = succeeded(answers) / 30;
        process.stdout.write(
          `A38: ${times} times the load: ${goodput.toFixed(2)} served a second, ${refused(answers).length} refused\n`,
        );
        // Three a second, less the margin of 50 ms between two.
        expect(goodput).toBeGreaterThan(2.2);
        // Who is let in is served.
        expect(answers.map(codeOf).filter((code) => code !== undefined && code !== 'RATE_LIMITED')).toEqual([]);
        for (const answer of refused(answers)) {
          expect(answer.tookMs).toBeLessThan(50);
          expect(answer.errors[0]?.extensions.retryAfterMs).toBeGreaterThan(0);
        }
      });
    }
  });

  stillRow(
    'A38 what users wait for goes before refreshes that nobody waits for',
    limited({ REQUEST_DEADLINE_MS: '8000' }),
    async (world) => {
      const [kept = '', ...others] = world.numbers;
      for (const number of world.numbers) await finish(world, world.look(number));
      await pass(world, 70_000, 10_000);
      const before = world.proxy.requests.length;
      // Each is stale and starts a refresh; then somebody asks for what was never read.
      await finish(world, Promise.all([kept, ...others].map((number) => world.look(number))), 1);
      const waiting = world.look('8380000001');
      expect((await finish(world, waiting)).tookMs).toBeLessThanOrEqual(1_400);
      await pass(world, 10_000);
      const paths = world.proxy.requests.slice(before).map(({ path }) => path.split('/').at(-1));
      expect(paths.indexOf('8380000001')).toBeLessThanOrEqual(1);
      expect(paths).toHaveLength(4);
    },
  );

  stillRow(
    'A39 who cannot be served by the deadline is refused on arrival and costs no call',
    limited({ REQUEST_DEADLINE_MS: '8000' }),
    async (world) => {
      const answers = await finish(
        world,
        Promise.all(Array.from({ length: 50 }, (_, index) => world.look(String(8_390_000_000 + index)))),
      );
      expect(succeeded(answers)).toBeGreaterThanOrEqual(7);
      expect(refused(answers)).toHaveLength(50 - succeeded(answers));
      for (const answer of refused(answers)) {
        expect(answer.tookMs).toBe(0);
        expect(answer.errors[0]?.extensions.retryAfterMs).toBeGreaterThan(0);
      }
      expect(world.proxy.requests).toHaveLength(succeeded(answers));
    },
  );

  stillRow(
    'A39 a turn that leaves no time for an answer is refused on arrival',
    limited({ REQUEST_DEADLINE_MS: '8000' }),
    async (world) => {
      // The upstream takes half a second, and the facade has seen it do so.
      await world.proxy.set({ latency: 500 });
      for (let index = 0; index < 3; index += 1) await finish(world, world.look(String(8_391_000_000 + index)));
      await pass(world, 5_000);
      const before = world.proxy.requests.length;
      // Deadlines from just before to just after the moment of a turn.
      const asked: Promise<Answer>[] = [];
      for (let index = 0; index < 40; index += 1) {
        asked.push(world.look(String(8_392_000_000 + index)));
        await pass(world, 175, 25);
      }
      const answers = await finish(world, Promise.all(asked));
      expect(answers.map(codeOf).filter((code) => code !== undefined && code !== 'RATE_LIMITED')).toEqual([]);
      expect(world.proxy.requests.length - before).toBe(succeeded(answers));
    },
  );

  stillRow(
    'A39 a turn that comes at the deadline itself is refused on arrival',
    limited({ REQUEST_DEADLINE_MS: '30000' }),
    async (world) => {
      world.sandbox.addFault({ kind: 'envelope', code: 429, times: 1 });
      await finish(world, world.look('8393000000'));
      await pass(world, (world.proxy.requests[0]?.at ?? 0) + 90_000 - world.clock.now(), 10_000);
      const answer = await finish(world, world.look('8393000001'));
      expect(codeOf(answer)).toBe('RATE_LIMITED');
      expect(answer.tookMs).toBe(0);
    },
  );
});

describe('clocks and memory', () => {
  /** Nine look-ups that take turns of a second, with whatever happens after the first second. */
  async function nine(world: World<TestClock>, first: number, meanwhile: () => void): Promise<readonly Answer[]> {
    const asked = Array.from({ length: 6 }, (_, index) => world.look(String(first + index)));
    await pass(world, 1_200);
    meanwhile();
    const rest = Array.from({ length: 3 }, (_, index) => world.look(String(first + 100 + index)));
    return finish(world, Promise.all([...asked, ...rest]));
  }
  const skewed =
    (skew: () => number) =>
    (clock: Clock): Clock => ({ now: () => clock.now() + skew(), after: (ms, action) => clock.after(ms, action) });

  const OFF = 'A48 a clock that is ten minutes off changes neither limits nor lifetimes';
  stillRow(OFF, {}, async () => {
    for (const skew of [600_000, -600_000]) {
      await within(OFF, { ...limited({}), appClock: skewed(() => skew) }, async (world) => {
        const answers = await nine(world, 8_480_000_000, () => {});
        expect(answers.map(codeOf).filter(Boolean)).toEqual([]);
        await pass(world, 20_000, 10_000);
        const [number = ''] = world.numbers;
        await finish(world, world.look(number));
        const sent = world.proxy.requests.length;
        await pass(world, 50_000, 10_000);
        await finish(world, world.look(number));
        expect(world.proxy.requests.length).toBe(sent);
        await pass(world, 20_000, 10_000);
        await finish(world, world.look(number));
        await pass(world, 2_000);
        expect(world.proxy.requests.length).toBe(sent + 1);
      });
    }
  });

  realRow(
    'A49 memory stays flat under one failure in a hundred',
    { parcels: 200, env: { TRACKRU_TIMEOUT_MS: '5000' } },
    async (world) => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const random = seededRandom(49);
      await world.proxy.set(() => (random() < 0.01 ? { resetPeer: Math.floor(random() * 500) } : {}));
      const heaps: number[] = [];
      const timers: number[] = [];
      const sockets: number[] = [];
      const held = (kind: string) => process.getActiveResourcesInfo().filter((one) => one === kind).length;
      let failures = 0;
      for (let round = 0; round < 5; round += 1) {
        for (let batch = 0; batch < 25; batch += 1) {
          const numbers = Array.from({ length: 20 }, () => world.numbers[Math.floor(random() * 200)] ?? '');
          failures += numbers.length - succeeded(await Promise.all(numbers.map((number) => world.look(number, FRESH))));
        }
        // The kit's own ledgers grow with every call; they are not the facade's.
        world.proxy.forget();
        world.sandbox.clearCalls();
        world.watch.forget();
        collect();
        heaps.push(process.memoryUsage().heapUsed);
        timers.push(held('Timeout'));
        sockets.push(held('TCPSocketWrap'));
      }
      const slope = (heaps.at(-1)! - heaps[1]!) / 3;
      process.stdout.write(
        `A49: ${Math.round(slope / 1_024)} kB for 500 operations after warm-up; timers ${timers.join(' ')}, sockets ${sockets.join(' ')}\n`,
      );
      // Two kilobytes an operation: less than one answer kept for each.
      expect(slope).toBeLessThan(1024 * 1024);
      // One left behind by each of the twenty failures since then, or by each operation, would show.
      expect(timers.at(-1)).toBeLessThanOrEqual(timers[0]! + 10);
      // Twenty look-ups at once: no more than their connections, seen from both sides of proxy and sandbox.
      expect(Math.max(...sockets)).toBeLessThanOrEqual(20 * 4);
      expect(failures).toBeLessThan(30);
    },
    60_000,
  );
});
