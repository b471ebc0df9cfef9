// What waits for the budget is merged: which calls it leaves in, and when.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/domain/errors.ts';
import { testClock } from '../support/clock.ts';
import { budgetOn, faultOf, gaps, gathering, LATER, names, SECOND_APART, spend, waiter } from './waiting.ts';

describe('what waits for its turn', () => {
  it('leaves at once and alone when it is alone and the budget is free', async () => {
    const clock = testClock();
    const { loads, join } = gathering(clock);
    const answer = join('a');
    await clock.advance(0);
    expect(loads).toEqual([{ endpoint: 'readOne', keys: ['a'], at: clock.now() }]);
    await clock.advance(10);
    expect(await answer).toBe('a!');
  });

  it('leaves in one call when it was asked for together', async () => {
    const clock = testClock();
    const { loads, join } = gathering(clock);
    const answers = names(5).map((key) => join(key));
    await clock.advance(10);
    expect(await Promise.all(answers)).toEqual(names(5).map((key) => `${key}!`));
    expect(loads.map(({ endpoint, keys }) => [endpoint, keys])).toEqual([['list', names(5)]]);
  });

  it('leaves together, 40 a call, after it gathered while the budget was closed', async () => {
    const clock = testClock();
    const { loads, join } = gathering(clock);
    const start = clock.now();
    const first = names(2, 'first').map((key) => join(key));
    await clock.advance(100);
    const answers = [];
    for (const key of names(90)) {
      answers.push(join(key));
      await clock.advance(1);
    }
    await clock.advance(10_000);
    expect(await Promise.all([...first, ...answers])).toHaveLength(92);
    const lists = loads.filter(({ endpoint }) => endpoint === 'list');
    // The first of them found the other lane open; the rest shared list calls.
    expect(loads.filter(({ endpoint }) => endpoint === 'readOne').map(({ keys }) => keys)).toEqual([['k0']]);
    expect(lists.map(({ keys }) => keys.length)).toEqual([2, 40, 40, 9]);
    expect(lists[0]?.at).toBe(start);
    for (const gap of gaps(lists)) expect(gap).toBeLessThanOrEqual(SECOND_APART + 10);
  });

  it('takes the lane that opens first when it is alone', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const { loads, join } = gathering(clock, { budget });
    spend(clock, budget.reserve('readOne', clock.now() + LATER, 'user'), 'readOne', []);
    await clock.advance(0);
    void join('a');
    await clock.advance(0);
    expect(loads).toMatchObject([{ endpoint: 'list', keys: ['a'] }]);
    await clock.advance(200);
    // Now the single lane opens first.
    void join('b');
    await clock.advance(SECOND_APART - 200);
    expect(loads).toMatchObject([{}, { endpoint: 'readOne', keys: ['b'] }]);
  });

  it('is read singly where merging is off', async () => {
    const clock = testClock();
    const { loads, join } = gathering(clock, { merging: false });
    const answers = names(3).map((key) => join(key));
    await clock.advance(5_000);
    await Promise.all(answers);
    expect(loads.map(({ endpoint, keys }) => [endpoint, ...keys])).toEqual(names(3).map((key) => ['readOne', key]));
  });

  it('is asked for once, however many wait for it, and one who leaves fails nobody', async () => {
    const clock = testClock();
    const { loads, join } = gathering(clock);
    void join('busy-1');
    void join('busy-2');
    await clock.advance(0);
    const [a, b] = [waiter(clock), waiter(clock)];
    const answers = [a, b].map((caller) => join('x', caller).catch((error: Error) => error.message));
    const other = join('y');
    await clock.advance(0);
    a.leave();
    await clock.advance(2_000);
    expect(await Promise.all([...answers, other])).toEqual(['left', 'x!', 'y!']);
    expect(loads.flatMap(({ keys }) => keys).filter((key) => key === 'x')).toHaveLength(1);
  });

  it('is not sent when nobody waits for it any more, and its turn is free for others', async () => {
    const clock = testClock();
    const { loads, join, budget } = gathering(clock);
    const start = clock.now();
    void join('a');
    await clock.advance(0);
    for (const endpoint of ['list'] as const)
      spend(clock, budget.reserve(endpoint, LATER + start, 'user'), endpoint, []);
    await clock.advance(0);
    const gone = waiter(clock);
    const left = join('b', gone).catch((error: Error) => error.message);
    await clock.advance(0);
    gone.leave();
    expect(await left).toBe('left');
    await clock.advance(5_000);
    expect(loads.map(({ keys }) => keys)).toEqual([['a']]);
    void join('c');
    await clock.advance(0);
    expect(loads).toHaveLength(2);
    expect(clock.pending()).toBe(1);
  });

  it('is refused at once when it cannot have a turn in time', async () => {
    const clock = testClock();
    const { join, budget } = gathering(clock);
    budget.pause(undefined);
    const [hasty, patient] = [join('a', waiter(clock, 30_000)), join('b', waiter(clock, 130_000))];
    expect(await faultOf(() => hasty)).toEqual({ code: 'RATE_LIMITED', retryAfterMs: 120_000 });
    await clock.advance(120_010);
    expect(await patient).toBe('b!');
  });

  it('is told of a rejected key, all of it', async () => {
    const clock = testClock();
    const { join, budget } = gathering(clock);
    budget.latch('key');
    const answers = names(3).map((key) => faultOf(() => join(key)));
    expect(await Promise.all(answers)).toEqual(
      Array(3).fill({ code: 'UPSTREAM_REJECTED_KEY', retryAfterMs: undefined }),
    );
  });

  it('never breaks a limit and is always answered or refused in time, however it arrives', async () => {
    const arrival = fc.record({
      afterMs: fc.nat(700),
      key: fc.nat(60).map((n) => `k${n}`),
      patienceMs: fc.integer({ min: 1, max: 20_000 }),
      leavesAfterMs: fc.option(fc.nat(3_000), { freq: 4 }),
      burst: fc.integer({ min: 1, max: 6 }),
    });
    const scenario = fc.record({
      arrivals: fc.array(arrival, { minLength: 1, maxLength: 40 }),
      connect: fc.array(fc.nat(1_500), { minLength: 1, maxLength: 5 }),
      answer: fc.array(fc.nat(4_000), { minLength: 1, maxLength: 5 }),
      pauseAt: fc.option(fc.nat(39), { freq: 3 }),
      merging: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ arrivals, connect, answer, pauseAt, merging }) => {
        const clock = testClock();
        const { loads, join, budget } = gathering(clock, {
          merging,
          connectMs: (i) => connect[i % connect.length] ?? 0,
          answerMs: (i) => answer[i % answer.length] ?? 0,
        });
        const outcomes: Promise<string>[] = [];
        let pause = { from: Infinity, to: Infinity };
        for (const [index, { afterMs, key, patienceMs, leavesAfterMs, burst }] of arrivals.entries()) {
          await clock.advance(afterMs);
          if (index === pauseAt) {
            budget.pause(undefined);
            pause = { from: clock.now(), to: clock.now() + 120_000 };
          }
          for (let n = 0; n < burst; n += 1) {
            const caller = waiter(clock, patienceMs);
            const mine = `${key}-${n}`;
            const answered = join(mine, caller).then(
              (value) => (value === `${mine}!` ? 'answered' : 'mixed up'),
              (error) => (error instanceof Fault ? error.code : 'left'),
            );
            outcomes.push(answered);
            // The operation's own deadline ends every wait.
            clock.after(leavesAfterMs ?? patienceMs, caller.leave);
          }
        }
        await clock.advance(400_000);
        const told = await Promise.race([
          Promise.all(outcomes),
          new Promise<string[]>((done) => setImmediate(() => done(['unsettled']))),
        ]);
        for (const outcome of told) expect(['answered', 'RATE_LIMITED', 'left']).toContain(outcome);
        for (const endpoint of ['list', 'readOne'] as const) {
          const mine = loads.filter((load) => load.endpoint === endpoint).map(({ at }) => ({ endpoint, at }));
          for (const gap of gaps(mine.sort((a, b) => a.at - b.at))) expect(gap).toBeGreaterThanOrEqual(SECOND_APART);
        }
        for (const { keys, endpoint, at } of loads) {
          expect(new Set(keys).size).toBe(keys.length);
          expect(keys.length).toBeLessThanOrEqual(endpoint === 'list' ? 40 : 1);
          // What had its turn before a pause may still connect; nothing gets one during it.
          expect(at > pause.from + 1_500 && at < pause.to).toBe(false);
        }
        expect(clock.pending()).toBe(0);
      }),
      { seed: 20_260_302, numRuns: 60 },
    );
  });
});
