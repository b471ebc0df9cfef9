// The finer points of turns: what a tenth of a second, a full queue or a stray call does to the budget.

import { describe, expect, it } from 'vitest';
import type { Slot } from '../../src/upstream/budget.ts';
import { testClock } from '../support/clock.ts';
import { budgetOn, faultOf, LATER, SECOND_APART } from './waiting.ts';

const UNLIMITED = { rates: { list: 0, realtime: 0, other: 0 } };

/** Takes a turn that is due now. */
async function taken(budget: ReturnType<typeof budgetOn>, clock: ReturnType<typeof testClock>): Promise<Slot> {
  return await budget.reserve('list', clock.now() + LATER, 'user').slot;
}

describe('a turn', () => {
  it('of quick rates keeps a quarter of the distance as margin, of slow ones 50 ms', async () => {
    for (const [rate, distance] of [
      [100, 12.5],
      [5, 250],
      [4, 300],
      [1, 1_050],
    ] as const) {
      const clock = testClock();
      const budget = budgetOn(clock, { rates: { list: rate, realtime: 1, other: 1 } });
      const slot = await taken(budget, clock);
      slot.sent();
      slot.answered();
      expect(budget.soonest('list') - clock.now()).toBe(distance);
    }
  });

  it('is taken where it is due now, however near the deadline is', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const ticket = budget.reserve('list', clock.now(), 'user');
    (await ticket.slot).sent();
    expect(await faultOf(() => budget.reserve('list', clock.now() + 1, 'user'))).toMatchObject({
      code: 'RATE_LIMITED',
    });
  });

  it('that has not been used yet holds the next one back by a whole distance from now', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const slot = await taken(budget, clock);
    await clock.advance(3_000);
    expect(budget.soonest('list') - clock.now()).toBe(SECOND_APART);
    slot.sent();
    // Until it is answered, a quarter more: nobody knows yet how slow the upstream is.
    expect(budget.soonest('list') - clock.now()).toBe(SECOND_APART * 1.25);
    slot.answered();
    expect(budget.soonest('list') - clock.now()).toBe(SECOND_APART);
  });

  it('comes later by what an answer took longer than the quickest, up to a quarter', async () => {
    for (const [took, later] of [
      [50, 0],
      [100, 0],
      [180, 80],
      [362, 262],
      [1_000, 262.5],
    ] as const) {
      const clock = testClock();
      const budget = budgetOn(clock);
      const first = await taken(budget, clock);
      first.sent();
      await clock.advance(100);
      first.answered();
      await clock.advance(5_000);
      const second = await taken(budget, clock);
      second.sent();
      const sentAt = clock.now();
      await clock.advance(took);
      second.answered();
      expect(Math.max(budget.soonest('list'), sentAt + SECOND_APART + later)).toBe(
        Math.max(clock.now(), sentAt + SECOND_APART + later),
      );
      expect(budget.soonest('list')).toBe(Math.max(clock.now(), sentAt + SECOND_APART + later));
    }
  });

  it('keeps its distance from the newest call when an older one is answered late', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const older = await taken(budget, clock);
    older.sent();
    await clock.advance(5_000);
    const newer = await taken(budget, clock);
    newer.sent();
    const sentAt = clock.now();
    older.answered();
    expect(budget.soonest('list')).toBe(sentAt + SECOND_APART * 1.25);
    newer.answered();
    expect(budget.soonest('list')).toBe(sentAt + SECOND_APART);
  });

  it('further back is expected by the distances there have been lately in a full line', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const tickets = [1, 2, 3, 4].map(() => budget.reserve('list', clock.now() + LATER, 'user'));
    const between = () => (tickets[3]?.dueAt() ?? 0) - (tickets[2]?.dueAt() ?? 0);
    const first = await tickets[0]?.slot;
    first?.sent();
    first?.answered();
    expect(between()).toBe(SECOND_APART);
    await clock.advance(SECOND_APART);
    const second = await tickets[1]?.slot;
    // It took its time to connect: the next one is a hundred milliseconds later than the pace.
    await clock.advance(100);
    second?.sent();
    expect(between()).toBeCloseTo(SECOND_APART + 0.2 * 100, 6);
  });

  it('comes forward for who waits when the newest call is answered as quickly as ever', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const first = await taken(budget, clock);
    first.sent();
    await clock.advance(200);
    first.answered();
    await clock.advance(5_000);
    const second = await taken(budget, clock);
    second.sent();
    const start = clock.now();
    const turns: number[] = [];
    void budget.reserve('list', clock.now() + LATER, 'user').slot.then(() => turns.push(clock.now() - start));
    await clock.advance(200);
    second.answered();
    await clock.advance(SECOND_APART - 201);
    expect(turns).toEqual([]);
    await clock.advance(1);
    expect(turns).toEqual([SECOND_APART]);
  });

  it('leaves nothing behind when its ticket is cancelled, before or after it', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const [held, waiting, other] = [1, 2, 3].map(() => budget.reserve('list', clock.now() + LATER, 'user'));
    const slot = await held?.slot;
    held?.cancel();
    slot?.sent();
    expect(clock.pending()).toBe(1);
    waiting?.cancel();
    waiting?.cancel();
    expect(other?.dueAt()).toBe(clock.now() + SECOND_APART * 1.25);
    expect(clock.pending()).toBe(1);
    other?.cancel();
    expect(clock.pending()).toBe(0);
  });
});

describe('a queue', () => {
  it('serves its equals in order, refreshes behind the last who waits himself', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    (await taken(budget, clock)).sent();
    const order: string[] = [];
    for (const [name, priority] of [
      ['r1', 'refresh'],
      ['u1', 'user'],
      ['r2', 'refresh'],
      ['u2', 'user'],
    ] as const) {
      void budget.reserve('list', clock.now() + LATER, priority).slot.then((slot) => {
        order.push(name);
        slot.sent();
        slot.answered();
      });
    }
    // Where the next who waits himself would come.
    expect(budget.soonest('list') - clock.now()).toBe(SECOND_APART * 1.25 + 2 * SECOND_APART);
    await clock.advance(10_000);
    expect(order).toEqual(['u1', 'u2', 'r1', 'r2']);
  });

  it('refuses nobody who still comes in time when somebody goes before him', async () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    const slot = await taken(budget, clock);
    slot.sent();
    slot.answered();
    const told: string[] = [];
    // One of them by a millisecond too late, the other just in time.
    for (const [name, spare] of [
      ['just', 2 * SECOND_APART + 100],
      ['late', 3 * SECOND_APART + 99],
    ] as const) {
      budget
        .reserve('list', clock.now() + spare, 'refresh')
        .slot.then(() => told.push(`${name} served`))
        .catch((fault: { retryAfterMs: number }) => told.push(`${name} refused for ${fault.retryAfterMs}`));
    }
    const user = budget.reserve('list', clock.now() + LATER, 'user');
    await clock.advance(0);
    expect(told).toEqual([`late refused for ${3 * SECOND_APART}`]);
    user.cancel();
    await clock.advance(SECOND_APART);
    expect(told).toHaveLength(2);
  });

  it('without a rate has 48 calls on their way at most, and the next leaves when one is answered or not used', async () => {
    const clock = testClock();
    const budget = budgetOn(clock, UNLIMITED);
    const slots: Slot[] = [];
    for (let i = 0; i < 50; i += 1)
      void budget.reserve('list', clock.now() + LATER, 'user').slot.then((s) => slots.push(s));
    await clock.advance(0);
    expect(slots).toHaveLength(48);
    slots[0]?.sent();
    await clock.advance(0);
    expect(slots).toHaveLength(48);
    slots[0]?.answered();
    await clock.advance(0);
    expect(slots).toHaveLength(49);
    slots[1]?.unused();
    await clock.advance(0);
    expect(slots).toHaveLength(50);
  });

  it('without a rate holds 5000 tickets at most', async () => {
    const clock = testClock();
    const budget = budgetOn(clock, UNLIMITED);
    const reserve = () => budget.reserve('list', clock.now() + LATER, 'user');
    for (let i = 0; i < 48 + 5_000; i += 1) reserve();
    expect(await faultOf(reserve)).toEqual({ code: 'RATE_LIMITED', retryAfterMs: 0 });
  });

  it('without a rate waits for the end of a pause with one timer', async () => {
    const clock = testClock();
    const budget = budgetOn(clock, UNLIMITED);
    budget.pause(undefined);
    const slots: Slot[] = [];
    for (let i = 0; i < 3; i += 1)
      void budget.reserve('list', clock.now() + LATER, 'user').slot.then((s) => slots.push(s));
    expect(clock.pending()).toBe(1);
    budget.pause(300_000);
    expect(clock.pending()).toBe(1);
    await clock.advance(120_000);
    expect(slots).toHaveLength(0);
    await clock.advance(180_000);
    expect(slots).toHaveLength(3);
    expect(clock.pending()).toBe(0);
  });
});

describe('an account that is stopped', () => {
  it('is asked for nothing while the gate is shut', async () => {
    const clock = testClock();
    const shut = new Error('shut');
    const budget = budgetOn(clock, {
      gate: () => {
        throw shut;
      },
    });
    expect(() => budget.reserve('list', clock.now() + LATER, 'user')).toThrow(shut);
  });

  it('says so in a sentence', () => {
    const clock = testClock();
    const budget = budgetOn(clock);
    expect(budget.state()).toEqual({ pausedUntil: 0, keyRejected: false, quotaExceeded: false });
    budget.latch('quota');
    const reserve = () => budget.reserve('create', clock.now() + LATER, 'user');
    expect(reserve).toThrow('The quota of the upstream account is used up.');
    budget.latch('key');
    expect(reserve).toThrow('The upstream rejects the API key of this server.');
    expect(budget.state()).toEqual({ pausedUntil: 0, keyRejected: true, quotaExceeded: true });
    budget.release('key');
    expect(budget.state()).toEqual({ pausedUntil: 0, keyRejected: false, quotaExceeded: true });
  });
});
