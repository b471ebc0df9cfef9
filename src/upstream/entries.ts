// Items that wait for a call, and those who wait for them: one caller may wait for fifty items at once, and several for
// the same one. Plain records and few closures, since a document of fifty look-ups makes fifty of them. Knows nothing of
// when and how items are sent; that is coalesce.ts.

import { type Caller, type Priority, UNENDING } from '../domain/caller.ts';
import { createDeparture } from '../domain/departure.ts';
import { asError, deadlinePassed } from '../domain/errors.ts';

/** One item that waits, or whose call is on its way. */
export interface Entry<I, R> {
  readonly key: string;
  readonly item: I;
  /** It has not left yet. */
  waits: boolean;
  /** Of the most patient who has waited, in unix milliseconds. */
  deadline: number;
  /** Of the most urgent who has waited. */
  priority: Priority;
  /** The newest who waits, of a chain. */
  waiter: Waiter<R> | undefined;
  /** All who waited have left. */
  deserted: boolean;
  /** The calls it is in. */
  calls: readonly Call[];
}

/** Several entries as one caller. */
interface Call extends Caller {
  deadline: number;
  priority: Priority;
  readonly desert: (reason: unknown) => void;
}

export const NONE: readonly never[] = Object.freeze([]);

interface Waiter<R> {
  readonly party: Party<R>;
  /** Its place among the party's items. */
  readonly at: number;
  before: Waiter<R> | undefined;
}

/** A caller, and what he has of the items he waits for. */
interface Party<R> {
  readonly caller: Caller;
  readonly results: (R | Error | undefined)[];
  open: number;
  readonly done: () => void;
}

/** Gives all who wait for an entry what became of it. */
export function tellAll<I, R>(entry: Entry<I, R>, result: R | Error): void {
  let { waiter } = entry;
  entry.waiter = undefined;
  for (; waiter; waiter = waiter.before) {
    const { party, at } = waiter;
    party.results[at] = result;
    party.open -= 1;
    if (party.open === 0) party.done();
  }
}

/**
 * Waits for all of the entries, each of which gives a result or an error. When the caller leaves, what is not settled by
 * then becomes the reason; `onDeserted` is called with the entries that nobody waits for any more.
 */
export function waitForAll<I, R>(
  entries: readonly Entry<I, R>[],
  caller: Caller,
  onDeserted: (entries: readonly Entry<I, R>[]) => void,
): Promise<readonly (R | Error)[]> {
  return new Promise((resolve) => {
    const results: (R | Error | undefined)[] = Array.from(entries, () => undefined);
    const { signal } = caller;
    const done = () => {
      signal.removeEventListener('abort', leave);
      resolve(results.map((result) => result ?? leftBy(caller)));
    };
    const party: Party<R> = { caller, results, open: entries.length, done };
    const leave = () => {
      party.open = 0;
      onDeserted(entries.filter((entry) => withdraw(entry, party)));
      done();
    };
    entries.forEach((entry, at) => {
      entry.waiter = { party, at, before: entry.waiter };
      entry.deadline = Math.max(entry.deadline, caller.deadline);
      if (caller.priority === 'user') entry.priority = 'user';
      for (const call of entry.calls) follow(call, entry);
    });
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}

/** Takes a party out of an entry. true: nobody is left who waits for it. */
function withdraw<I, R>(entry: Entry<I, R>, party: Party<R>): boolean {
  const { waiter, calls } = entry;
  let after: Waiter<R> | undefined;
  for (let each = waiter; each; each = each.before) {
    if (each.party !== party) after = each;
    else if (after) after.before = each.before;
    else entry.waiter = each.before;
  }
  if (!waiter || entry.waiter) return false;
  entry.deserted = true;
  entry.calls = NONE;
  for (const call of calls) call.desert(party.caller.signal.reason);
  return true;
}

/** Who waits for any of them. */
export function callersOf<I, R>(entries: readonly Entry<I, R>[]): ReadonlySet<Caller> {
  const callers = new Set<Caller>();
  for (let { waiter } of entries) for (; waiter; waiter = waiter.before) callers.add(waiter.party.caller);
  return callers;
}

const leftBy = ({ signal }: Caller): Error => asError(signal.reason ?? deadlinePassed());

/**
 * Entries that leave in one call, as its caller: it waits as long as the most patient who waits for any of them, and is
 * abandoned when all of them are deserted.
 */
export function callerOf<I, R>(entries: readonly Entry<I, R>[]): Caller {
  const departure = createDeparture();
  let staying = entries.length;
  const call: Call = {
    deadline: 0,
    signal: departure,
    priority: 'refresh',
    readThrough: false,
    errand: UNENDING,
    note(note) {
      for (const caller of callersOf(entries)) caller.note(note);
    },
    desert(reason) {
      staying -= 1;
      if (staying === 0) departure.leave(reason);
    },
  };
  const only = [call];
  for (const entry of entries) {
    follow(call, entry);
    if (entry.deserted) call.desert(undefined);
    else entry.calls = entry.calls.length === 0 ? only : [...entry.calls, call];
  }
  return call;
}

/** A call is as patient and as urgent as any of its entries. */
function follow(call: Call, { deadline, priority }: Pick<Call, 'deadline' | 'priority'>): void {
  call.deadline = Math.max(call.deadline, deadline);
  if (priority === 'user') call.priority = 'user';
}
