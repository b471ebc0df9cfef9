// The account's budget and what waits for it, on a clock that the tests move: the one place where a mistake costs the
// account two minutes of silence (upstream.md §10.2).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { Fault } from '../../src/domain/errors.ts';
import { type Budget, type BudgetOptions, createBudget, type Ticket } from '../../src/upstream/budget.ts';
import { createGatherer } from '../../src/upstream/coalesce.ts';
import { createFlights } from '../../src/upstream/flights.ts';
import type { EndpointName } from '../../src/upstream/endpoints.ts';
import { type TestClock, testClock } from '../support/clock.ts';

/** One second and the margin of 50 ms. */
const SECOND_APART = 1_050;
const LATER = 600_000;

const budgetOn = (clock: TestClock, over: Partial<BudgetOptions> = {}) =>
  createBudget({ clock, rates: { list: 1, realtime: 3, other: 1 }, penaltyMs: 120_000, gate: () => {}, ...over });

interface Send {
  readonly endpoint: EndpointName;
  readonly at: number;
}

/** Takes a ticket's turn as a call does: connects, sends, is answered. */
function spend(
  clock: TestClock,
  ticket: Ticket,
  endpoint: EndpointName,
  sends: Send[],
  connectMs = 0,
  answerMs = 0,
): void {
  ticket.slot.then(
    (slot) => {
      clock.after(connectMs, () => {
        slot.sent();
        sends.push({ endpoint, at: clock.now() });
        clock.after(answerMs, () => slot.answered());
      });
    },
    () => {},
  );
}

/** Milliseconds between one send and the next. */
const gaps = (sends: readonly Send[]) => sends.slice(1).map(({ at }, i) => at - (sends[i]?.at ?? 0));

/** The fault of a promise, of a function, or none. */
async function faultOf(act: () => unknown): Promise<{ code: string; retryAfterMs: number | undefined } | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: error.code, retryAfterMs: error.retryAfterMs };
  }
}

interface Waiter extends Caller {
  leave(): void;
}

function waiter(clock: TestClock, patienceMs = LATER, over: Partial<Caller> = {}): Waiter {
  const abort = new AbortController();
  return {
    deadline: clock.now() + patienceMs,
    signal: abort.signal,
    priority: 'user',
    readThrough: false,
    note: () => {},
    leave: () => abort.abort(new Error('left')),
    ...over,
  };
}

describe('the budget', () => {
  it('lets the first call leave at once and keeps the others a second apart, counted from the sending', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const sends: Send[] = [];
    const start = clock.now();
    // Slow to connect, slow to be answered, or both: the distance is never shorter.
    for (const [connectMs, answerMs] of [
      [0, 0],
      [400, 0],
      [0, 900],
      [2_000, 30],
      [0, 5_000],
      [0, 0],
    ] as const) {
      spend(clock, budget.reserve('list', clock.now() + LATER, 'user'), 'list', sends, connectMs, answerMs);
    }
    await clock.advance(60_000);
    expect(sends).toHaveLength(6);
    expect(sends[0]?.at).toBe(start);
    for (const gap of gaps(sends)) expect(gap).toBeGreaterThanOrEqual(SECOND_APART);
  });

  it('uses what it is given: quick answers come at the pace that is allowed', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const sends: Send[] = [];
    for (let i = 0; i < 10; i += 1) {
      spend(clock, budget.reserve('realtime', clock.now() + LATER, 'user'), 'realtime', sends, 0, 40);
    }
    await clock.advance(20_000);
    // How quick the upstream is, is known from the second answer on.
    for (const gap of gaps(sends).slice(1)) expect(gap).toBeCloseTo(1_000 / 3 + 50, 2);
  });

  it('paces each endpoint by itself, and one without a rate not at all', async () => {
    const clock = testClock();
    const budget = budgetOn(clock, { rates: { list: 0, realtime: 3, other: 1 } });
    const sends: Send[] = [];
    for (const endpoint of ['readOne', 'create', 'carriers', 'list', 'list', 'list'] as const) {
      spend(clock, budget.reserve(endpoint, clock.now() + LATER, 'user'), endpoint, sends);
    }
    await clock.advance(0);
    expect(sends).toHaveLength(6);
  });

  it('refuses what cannot leave before its deadline, and says when to come back', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    spend(clock, budget.reserve('list', clock.now(), 'user'), 'list', []);
    await clock.advance(0);
    expect(await faultOf(() => budget.reserve('list', clock.now() + 1_049, 'user'))).toEqual({
      code: 'RATE_LIMITED',
      retryAfterMs: SECOND_APART,
    });
    // A turn at the deadline itself would leave no time for an answer.
    budget.reserve('list', clock.now() + SECOND_APART + 100, 'user');
    expect(await faultOf(() => budget.reserve('list', clock.now() + 2_000, 'user'))).toEqual({
      code: 'RATE_LIMITED',
      retryAfterMs: 2 * SECOND_APART,
    });
    expect(budget.soonest('list')).toBe(clock.now() + 2 * SECOND_APART);
  });

  it('spends nothing on tickets that are cancelled and on turns that are not used', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const sends: Send[] = [];
    const start = clock.now();
    spend(clock, budget.reserve('list', clock.now() + LATER, 'user'), 'list', sends);
    const left = [1, 2, 3].map(() => budget.reserve('list', clock.now() + LATER, 'user'));
    const last = budget.reserve('list', clock.now() + LATER, 'user');
    spend(clock, last, 'list', sends);
    await clock.advance(0);
    expect(last.dueAt()).toBe(start + 4 * SECOND_APART);
    for (const ticket of left) ticket.cancel();
    expect(last.dueAt()).toBe(start + SECOND_APART);
    await clock.advance(SECOND_APART);
    expect(sends.map(({ at }) => at - start)).toEqual([0, SECOND_APART]);

    const unused = budget.reserve('list', clock.now() + LATER, 'user');
    const next = budget.reserve('list', clock.now() + LATER, 'user');
    spend(clock, next, 'list', sends);
    await clock.advance(SECOND_APART);
    expect(sends).toHaveLength(2);
    (await unused.slot).unused();
    await clock.advance(0);
    expect(sends).toHaveLength(3);
  });

  it('lets who waits himself go before refreshes', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const sends: Send[] = [];
    spend(clock, budget.reserve('list', clock.now() + LATER, 'user'), 'list', sends);
    const refresh = budget.reserve('list', clock.now() + LATER, 'refresh');
    const hasty = budget.reserve('list', clock.now() + 2 * SECOND_APART + 200, 'refresh');
    const tooLate = faultOf(() => hasty.slot);
    const user = budget.reserve('list', clock.now() + LATER, 'user');
    await clock.advance(0);
    expect([user, refresh].map((ticket) => ticket.dueAt() - clock.now())).toEqual([SECOND_APART, 2 * SECOND_APART]);
    expect(await tooLate).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('sends nothing during a pause, refuses whom it pushes past his deadline, and lets the others through after it', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const sends: Send[] = [];
    const start = clock.now();
    spend(clock, budget.reserve('list', clock.now() + LATER, 'user'), 'list', sends);
    await clock.advance(0);
    const hasty = budget.reserve('list', clock.now() + 30_000, 'user');
    const patient = [1, 2].map(() => budget.reserve('list', clock.now() + LATER, 'user'));
    for (const ticket of patient) spend(clock, ticket, 'list', sends);
    budget.pause(undefined);
    expect(budget.state().pausedUntil).toBe(start + 120_000);
    expect(await faultOf(() => hasty.slot)).toEqual({ code: 'RATE_LIMITED', retryAfterMs: 120_000 });
    expect(await faultOf(() => budget.reserve('readOne', clock.now() + 30_000, 'user'))).toEqual({
      code: 'RATE_LIMITED',
      retryAfterMs: 120_000,
    });
    await clock.advance(119_999);
    expect(sends).toHaveLength(1);
    await clock.advance(1);
    expect(sends.map(({ at }) => at - start)).toEqual([0, 120_000]);
    await clock.advance(SECOND_APART);
    expect(sends.map(({ at }) => at - start)).toEqual([0, 120_000, 120_000 + SECOND_APART]);
    expect(budget.state().pausedUntil).toBe(0);
  });

  it('is paused for the longer of its own time and what the upstream asks for, and a pause is never shortened', () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const paused = () => budget.state().pausedUntil - clock.now();
    budget.pause(30_000);
    expect(paused()).toBe(120_000);
    budget.pause(300_000);
    expect(paused()).toBe(300_000);
    budget.pause(undefined);
    expect(paused()).toBe(300_000);
  });

  it('lets one probe a minute through while the key is rejected, and everything again once it is not', async () => {
    const clock = testClock();
    const budget = budgetOn(clock, { rates: { list: 0, realtime: 0, other: 0 } });
    const ask = (endpoint: EndpointName) => faultOf(() => budget.reserve(endpoint, clock.now() + LATER, 'user'));
    const rejected = { code: 'UPSTREAM_REJECTED_KEY', retryAfterMs: undefined };
    budget.latch('key');
    let probes = 0;
    for (let second = 0; second < 600; second += 1) {
      if ((await ask('list')) === undefined) probes += 1;
      expect(await ask('readOne')).toEqual(rejected);
      // Said again with every refused probe; that moves nothing.
      budget.latch('key');
      await clock.advance(1_000);
    }
    expect(probes).toBe(9);
    expect(budget.state()).toMatchObject({ keyRejected: true, quotaExceeded: false });
    budget.release('key');
    expect(await ask('list')).toBeUndefined();
  });

  it('stops only what is paid while the quota is used up', async () => {
    const clock = testClock();
    const budget = budgetOn(clock, { rates: { list: 0, realtime: 0, other: 0 } });
    budget.latch('quota');
    const stopped: EndpointName[] = [];
    for (const endpoint of [
      'create',
      'createBatch',
      'readOne',
      'update',
      'remove',
      'list',
      'realtime',
      'carriers',
      'detect',
    ] as const) {
      const fault = await faultOf(() => budget.reserve(endpoint, clock.now() + LATER, 'user'));
      if (fault) stopped.push(endpoint);
      expect(fault?.code ?? 'UPSTREAM_QUOTA_EXCEEDED').toBe('UPSTREAM_QUOTA_EXCEEDED');
    }
    expect(stopped).toEqual(['create', 'createBatch', 'realtime', 'detect']);
    await clock.advance(60_000);
    expect(await faultOf(() => budget.reserve('create', clock.now() + LATER, 'user'))).toBeUndefined();
    expect(await faultOf(() => budget.reserve('create', clock.now() + LATER, 'user'))).toBeDefined();
  });
});

describe('equal calls', () => {
  it('share one run, and one who leaves fails nobody else', async () => {
    const clock = testClock();
    const flights = createFlights<string>();
    let runs = 0;
    let answer: (value: string) => void = () => {};
    let seen: Caller | undefined;
    const run = (group: Caller) => {
      runs += 1;
      seen = group;
      return new Promise<string>((resolve) => (answer = resolve));
    };
    const [a, b, c] = [waiter(clock, 1_000), waiter(clock, 5_000), waiter(clock, 3_000)];
    const answers = [a, b, c].map((caller) => flights.join('x', caller, run).catch((error: Error) => error.message));
    await clock.advance(0);
    expect(seen?.deadline).toBe(b.deadline);
    a.leave();
    await clock.advance(0);
    expect(seen?.signal.aborted).toBe(false);
    answer('told');
    expect(await Promise.all(answers)).toEqual(['left', 'told', 'told']);
    expect(runs).toBe(1);
  });

  it('are given up when nobody waits any more, and asked anew by the next', async () => {
    const clock = testClock();
    const flights = createFlights<string>();
    const groups: Caller[] = [];
    const run = (group: Caller) => {
      groups.push(group);
      return new Promise<string>((resolve, reject) => {
        if (groups.length === 2) resolve('second');
        group.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    };
    const [a, b] = [waiter(clock), waiter(clock)];
    const answers = [a, b].map((caller) => flights.join('x', caller, run).catch((error: Error) => error.message));
    await clock.advance(0);
    a.leave();
    b.leave();
    expect(await Promise.all(answers)).toEqual(['left', 'left']);
    expect(groups[0]?.signal.aborted).toBe(true);
    expect(await flights.join('x', waiter(clock), run)).toBe('second');
  });

  it('that began before a write are not joined after it', async () => {
    const clock = testClock();
    const flights = createFlights<number>();
    let runs = 0;
    const release: (() => void)[] = [];
    const run = () => {
      const mine = (runs += 1);
      return new Promise<number>((resolve) => release.push(() => resolve(mine)));
    };
    const before = flights.join('x', waiter(clock), run);
    await clock.advance(0);
    flights.forget();
    const after = flights.join('x', waiter(clock), run);
    await clock.advance(0);
    for (const each of release) each();
    expect(await Promise.all([before, after])).toEqual([1, 2]);
  });

  it('all fail when the run fails', async () => {
    const clock = testClock();
    const flights = createFlights<string>();
    const fault = new Fault('UPSTREAM_UNAVAILABLE', 'x');
    const answers = [1, 2].map(() => faultOf(() => flights.join('x', waiter(clock), () => Promise.reject(fault))));
    expect(await Promise.all(answers)).toMatchObject([
      { code: 'UPSTREAM_UNAVAILABLE' },
      { code: 'UPSTREAM_UNAVAILABLE' },
    ]);
  });
});

interface Load {
  readonly endpoint: EndpointName;
  readonly keys: readonly string[];
  readonly at: number;
}

interface GatheringOptions {
  readonly budget?: Budget;
  readonly merging?: boolean;
  /** Of the n-th load, from taking the turn to sending, and from sending to the answer. */
  readonly connectMs?: (index: number) => number;
  readonly answerMs?: (index: number) => number;
}

/** A gatherer of look-ups whose answers are their own keys. */
function gathering(clock: TestClock, options: GatheringOptions = {}) {
  const budget = options.budget ?? budgetOn(clock);
  const loads: Load[] = [];
  const gatherer = createGatherer<string, string>({
    budget,
    clock,
    single: 'readOne',
    many: 'list',
    size: 40,
    merging: () => options.merging ?? true,
    async send(entries, slot, endpoint) {
      const index = loads.length;
      const load = { endpoint, keys: entries.map(({ key }) => key), at: 0 };
      loads.push(load);
      await new Promise<void>((resolve) => clock.after(options.connectMs?.(index) ?? 0, resolve));
      loads[index] = { ...load, at: clock.now() };
      slot.sent();
      await new Promise<void>((resolve) => clock.after(options.answerMs?.(index) ?? 10, resolve));
      slot.answered();
      for (const entry of entries) entry.resolve(`${entry.key}!`);
    },
  });
  const join = (key: string, caller: Caller = waiter(clock)) => gatherer.join(key, key, caller);
  return { budget, loads, join, forget: gatherer.forget };
}

const names = (count: number, letter = 'k') => Array.from({ length: count }, (_, i) => `${letter}${i}`);

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
