// What the tests of budget, merging and sharing have in common: a budget on a clock that they move, callers who may leave,
// calls that spend a turn, and a gatherer whose answers are its own keys.

import type { Caller } from '../../src/domain/caller.ts';
import { Fault } from '../../src/domain/errors.ts';
import { type Budget, type BudgetOptions, createBudget, type Ticket } from '../../src/upstream/budget.ts';
import { createGatherer } from '../../src/upstream/coalesce.ts';
import type { EndpointName } from '../../src/upstream/endpoints.ts';
import type { TestClock } from '../support/clock.ts';

/** One second and the margin of 50 ms. */
export const SECOND_APART = 1_050;
export const LATER = 600_000;

export const budgetOn = (clock: TestClock, over: Partial<BudgetOptions> = {}) =>
  createBudget({ clock, rates: { list: 1, realtime: 3, other: 1 }, penaltyMs: 120_000, gate: () => {}, ...over });

export interface Send {
  readonly endpoint: EndpointName;
  readonly at: number;
}

/** Takes a ticket's turn as a call does: connects, sends, is answered. */
export function spend(
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
export const gaps = (sends: readonly Send[]) => sends.slice(1).map(({ at }, i) => at - (sends[i]?.at ?? 0));

/** The fault of a promise, of a function, or none. */
export async function faultOf(
  act: () => unknown,
): Promise<{ code: string; retryAfterMs: number | undefined } | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: error.code, retryAfterMs: error.retryAfterMs };
  }
}

export interface Waiter extends Caller {
  leave(): void;
}

export function waiter(clock: TestClock, patienceMs = LATER, over: Partial<Caller> = {}): Waiter {
  const abort = new AbortController();
  return {
    deadline: clock.now() + patienceMs,
    signal: abort.signal,
    priority: 'user',
    readThrough: false,
    note: () => {},
    errand: { over: false },
    leave: () => abort.abort(new Error('left')),
    ...over,
  };
}

export interface Load {
  readonly endpoint: EndpointName;
  readonly keys: readonly string[];
  readonly at: number;
}

export interface GatheringOptions {
  readonly budget?: Budget;
  readonly merging?: boolean;
  /** Of the n-th load, from taking the turn to sending, and from sending to the answer. */
  readonly connectMs?: (index: number) => number;
  readonly answerMs?: (index: number) => number;
}

/** A gatherer of look-ups whose answers are their own keys. */
export function gathering(clock: TestClock, options: GatheringOptions = {}) {
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
      for (const entry of entries) gatherer.settle(entry, `${entry.key}!`);
    },
  });
  const join = (key: string, caller: Caller = waiter(clock)) => gatherer.join(key, key, caller);
  return { budget, loads, join, forget: gatherer.forget };
}

export const names = (count: number, letter = 'k') => Array.from({ length: count }, (_, i) => `${letter}${i}`);
