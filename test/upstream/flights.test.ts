// Callers who want the same at the same time.

import { describe, expect, it } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { Fault } from '../../src/domain/errors.ts';
import { createFlights } from '../../src/upstream/flights.ts';
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
