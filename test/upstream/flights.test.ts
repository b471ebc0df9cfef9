// Callers who want the same at the same time.

import { describe, expect, it, onTestFinished } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { Fault } from '../../src/domain/errors.ts';
import { createFlights, createGroup } from '../../src/upstream/flights.ts';
import { testClock } from '../support/clock.ts';
import { faultOf, waiter } from './waiting.ts';

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

describe('a group of callers', () => {
  it('is as patient as the most patient and as urgent as the most urgent, and passes on what is noted', async () => {
    const clock = testClock();
    const group = createGroup(() => {});
    const never = new Promise<string>(() => {});
    expect(group).toMatchObject({ deadline: 0, priority: 'refresh', readThrough: false });
    const notes: string[] = [];
    const noting = (name: string) => ({ note: (note: string) => void notes.push(`${name} ${note}`) });
    const a = waiter(clock, 1_000, { priority: 'refresh', ...noting('a') });
    const b = waiter(clock, 500, noting('b'));
    void group.join(a, never).catch(() => {});
    expect([group.priority, group.deadline, group.size()]).toEqual(['refresh', a.deadline, 1]);
    void group.join(b, never).catch(() => {});
    void group.join(waiter(clock, 700, { priority: 'refresh', ...noting('c') }), never).catch(() => {});
    expect([group.priority, group.deadline, group.size()]).toEqual(['user', a.deadline, 3]);
    a.leave();
    expect(group.size()).toBe(2);
    group.note('upstream-call');
    expect(notes).toEqual(['b upstream-call', 'c upstream-call']);
  });

  it('is gone when the last has left, with his reason, and says so once', async () => {
    const clock = testClock();
    let emptied = 0;
    const group = createGroup(() => (emptied += 1));
    const callers = [waiter(clock), waiter(clock)];
    for (const caller of callers) void group.join(caller, new Promise<string>(() => {})).catch(() => {});
    callers[0]?.leave();
    expect([group.signal.aborted, emptied]).toEqual([false, 0]);
    callers[1]?.leave();
    expect([group.signal.aborted, emptied]).toEqual([true, 1]);
    expect(group.signal.reason).toBe(callers[1]?.signal.reason);
  });
});

describe('a call that is running', () => {
  it('is given up when all have left, and the next call is not taken for it', async () => {
    const clock = testClock();
    const flights = createFlights<string>();
    const releases: ((value: string) => void)[] = [];
    const run = () => new Promise<string>((resolve) => releases.push(resolve));
    const gone = waiter(clock);
    const left = flights.join('x', gone, run).catch((error: Error) => error.message);
    await clock.advance(0);
    gone.leave();
    const second = flights.join('x', waiter(clock), run);
    await clock.advance(0);
    // The first one's end does not end the sharing of the second.
    releases[0]?.('first');
    await clock.advance(0);
    const third = flights.join('x', waiter(clock), run);
    await clock.advance(0);
    releases[1]?.('second');
    releases[2]?.('third');
    expect(await Promise.all([left, second, third])).toEqual(['left', 'second', 'second']);
  });

  it('is over with its answer, good or bad: who comes then asks anew, and other keys ask for themselves', async () => {
    const clock = testClock();
    const flights = createFlights<number>();
    let runs = 0;
    const run = () => {
      runs += 1;
      return runs === 2 ? Promise.reject(new Error('no')) : Promise.resolve(runs);
    };
    const ask = (key: string) => flights.join(key, waiter(clock), run).catch((error: Error) => error.message);
    expect([await ask('x'), await ask('x'), await ask('x')]).toEqual([1, 'no', 3]);
    expect(await Promise.all([ask('x'), ask('y')])).toEqual([4, 5]);
  });

  it('that fails after all have left fails nobody', async () => {
    const clock = testClock();
    const flights = createFlights<number>();
    const gone = waiter(clock);
    const unhandled: unknown[] = [];
    const watch = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', watch);
    onTestFinished(() => void process.off('unhandledRejection', watch));
    let fail: (error: Error) => void = () => {};
    const told = flights
      .join('x', gone, () => new Promise<number>((_, reject) => (fail = reject)))
      .catch((error: Error) => error.message);
    await clock.advance(0);
    gone.leave();
    fail(new Error('late'));
    await clock.advance(0);
    expect([await told, unhandled]).toEqual(['left', []]);
  });
});
