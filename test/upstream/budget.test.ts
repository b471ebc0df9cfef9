// The account's budget, on a clock that the tests move: the one place where a mistake costs the account two minutes of
// silence (upstream.md §10.2).

import { describe, expect, it } from 'vitest';
import type { EndpointName } from '../../src/upstream/endpoints.ts';
import { testClock } from '../support/clock.ts';
import { budgetOn, faultOf, gaps, LATER, type Send, SECOND_APART, spend } from './waiting.ts';

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
