// What waits for the budget is merged: `createGatherer` holds single items until there is a turn and sends all that wait
// in one call. Knows nothing of trackings: what an item is and how it is sent comes from who makes the gatherer.

import type { Caller, Priority } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { asError, rateLimited } from '../domain/errors.ts';
import { createRegister } from '../domain/register.ts';
import type { Budget, Slot, Ticket } from './budget.ts';
import type { EndpointName } from './endpoints.ts';
import { type Entry, NONE, tellAll, waitForAll } from './entries.ts';

export interface GathererOptions<I, R> {
  readonly budget: Budget;
  readonly clock: Clock;
  /** The call for one item, and the call for several. */
  readonly single: EndpointName;
  readonly many: EndpointName;
  /** The most items one `many` call takes. */
  readonly size: number;
  /** Is the `many` call to be used at all? Asked anew each time. */
  readonly merging: () => boolean;
  /** Sends the entries and settles each of them. */
  readonly send: (entries: readonly Entry<I, R>[], slot: Slot, endpoint: EndpointName) => Promise<void>;
}

/** What is asked for, and its key. */
export interface Asked<I> {
  readonly key: string;
  readonly item: I;
}

export interface Gatherer<I, R> {
  /** Waits for the item's turn and its result; joins those who wait for the same key already, or are being answered. */
  join(key: string, item: I, caller: Caller): Promise<R>;
  /** The same for many; gives each its result or its error, in their order, once all have one. Does not reject. */
  joinAll(asked: readonly Asked<I>[], caller: Caller): Promise<readonly (R | Error)[]>;
  /** Gives an entry that was sent its result, once. */
  settle(entry: Entry<I, R>, result: R | Error): void;
  /** Makes callers of `key` start anew; see `Flights.forget`. */
  forget(key: string): void;
}

// Two turns closer than this are taken for the same moment, and the call that takes more items is chosen.
const SAME_MOMENT_MS = 60;

/**
 * Natural batching: with budget free, an item leaves at the end of the turn of the event loop in which it came, with what
 * came beside it; what gathers while the budget is closed leaves together. No item waits for another to come.
 */
export function createGatherer<I, R extends object | string>(options: GathererOptions<I, R>): Gatherer<I, R> {
  const { budget } = options;
  /** In order of arrival; what has left may still stand in it. */
  let line: readonly Entry<I, R>[] = [];
  const arrived: Entry<I, R>[] = [];
  const known = createRegister<Entry<I, R>>();
  const tickets: { readonly endpoint: EndpointName; readonly priority: Priority; readonly ticket: Ticket }[] = [];
  const granted: { readonly slot: Slot; readonly endpoint: EndpointName }[] = [];
  /** Why the last turn was taken away. */
  let refusal: unknown;

  /** What waits: who waits himself before refreshes, then in order of arrival. */
  function inOrder(): readonly Entry<I, R>[] {
    line = [...line.filter(({ waits }) => waits), ...arrived.splice(0).filter(({ waits }) => waits)];
    if (line.every(({ priority }) => priority === 'user')) return line;
    return line.toSorted((a, b) => Number(a.priority === 'refresh') - Number(b.priority === 'refresh'));
  }

  const held = (endpoint: EndpointName) => tickets.filter((each) => each.endpoint === endpoint);

  function drop(endpoint: EndpointName, keep: number): void {
    for (const each of held(endpoint).slice(keep)) {
      tickets.splice(tickets.indexOf(each), 1);
      each.ticket.cancel();
    }
  }

  /** Queues for a turn of `endpoint`; throws when there is none in time. */
  function reserve(endpoint: EndpointName, deadline: number, priority: Priority): void {
    const ticket = budget.reserve(endpoint, deadline, priority);
    const mine = { endpoint, priority, ticket };
    tickets.push(mine);
    const over = () => {
      const at = tickets.indexOf(mine);
      if (at >= 0) tickets.splice(at, 1);
      departSoon();
    };
    ticket.slot.then(
      (slot) => {
        granted.push({ slot, endpoint });
        over();
      },
      (error) => {
        refusal = error;
        over();
      },
    );
  }

  let departing = false;
  /** Turns that come in one moment are taken together: what waits is looked through once for all of them. */
  function departSoon(): void {
    if (departing) return;
    departing = true;
    queueMicrotask(() => {
      departing = false;
      const entries = inOrder();
      let gone = 0;
      for (const { slot, endpoint } of granted.splice(0)) {
        const leaving = entries.slice(gone, gone + (endpoint === options.many ? options.size : 1));
        gone += leaving.length;
        for (const entry of leaving) entry.waits = false;
        if (leaving.length === 0) slot.unused();
        else void options.send(leaving, slot, endpoint);
      }
      arrange();
    });
  }

  /** Holds just the turns that what waits needs, and refuses what none can be had for in time. */
  function arrange(): void {
    const entries = inOrder();
    let error = refusal;
    refusal = undefined;
    try {
      fit(entries);
    } catch (thrown) {
      error = thrown;
    }
    refuseLate(entries, error);
    if (!entries.some(({ waits }) => waits)) tickets.splice(0).forEach((each) => each.ticket.cancel());
  }

  function fit(entries: readonly Entry<I, R>[]): void {
    const { single, many, size } = options;
    const count = entries.length;
    const deadline = entries.reduce((latest, entry) => Math.max(latest, entry.deadline), 0);
    // As urgent as the most urgent that waits.
    const priority = entries[0]?.priority ?? 'refresh';
    // A turn taken for a refresh is given back when somebody waits: his comes sooner.
    if (priority === 'user') {
      for (const each of tickets.filter((ticket) => ticket.priority === 'refresh')) {
        tickets.splice(tickets.indexOf(each), 1);
        each.ticket.cancel();
      }
    }
    if (!options.merging()) {
      drop(many, 0);
      while (held(single).length < count) reserve(single, deadline, priority);
      drop(single, count);
    } else if (count === 1) {
      if (tickets.length === 0)
        reserve(budget.soonest(single) <= budget.soonest(many) + SAME_MOMENT_MS ? single : many, deadline, priority);
    } else if (count > 1) {
      const calls = Math.ceil(count / size);
      try {
        for (let have = held(many).length; have < calls; have += 1) reserve(many, deadline, priority);
      } catch {
        // The rest may still find single turns: the other lane can be free where this one is not.
        while (held(many).length * size + held(single).length < count) reserve(single, deadline, priority);
        return;
      }
      drop(many, calls);
      // A single turn is kept only where it comes clearly sooner: nothing waits longer because of merging.
      const [first] = held(many);
      const [alone] = held(single);
      if (alone && first && alone.ticket.dueAt() >= first.ticket.dueAt() - SAME_MOMENT_MS) drop(single, 0);
    }
  }

  function refuseLate(entries: readonly Entry<I, R>[], error: unknown): void {
    const turns = tickets
      .map(({ endpoint, ticket }) => ({
        ticket,
        due: ticket.dueAt(),
        room: endpoint === options.many ? options.size : 1,
        // It serves whoever is as patient as somebody whom it serves.
        patience: Number.POSITIVE_INFINITY,
      }))
      .sort((a, b) => a.due - b.due);
    let at = 0;
    let taken = 0;
    for (const entry of entries) {
      const turn = turns[at];
      if (turn && (entry.deadline >= turn.patience || turn.ticket.serves(entry.deadline))) {
        turn.patience = Math.min(turn.patience, entry.deadline);
        taken += 1;
        if (taken < turn.room) continue;
        at += 1;
        taken = 0;
        continue;
      }
      entry.waits = false;
      const wait = (turn?.due ?? entry.deadline) - options.clock.now();
      settle(entry, turn === undefined && error ? asError(error) : rateLimited(wait));
    }
  }

  function settle(entry: Entry<I, R>, result: R | Error): void {
    if (known.get(entry.key) === entry) known.delete(entry.key);
    tellAll(entry, result);
  }

  function admit({ key, item }: Asked<I>): Entry<I, R> {
    const entry: Entry<I, R> = {
      key,
      item,
      waits: true,
      deadline: 0,
      priority: 'refresh',
      waiter: undefined,
      deserted: false,
      calls: NONE,
    };
    known.set(key, entry);
    arrived.push(entry);
    return entry;
  }

  /** Nobody waits for these any more: what has not left does not leave. */
  function desert(entries: readonly Entry<I, R>[]): void {
    const staying = entries.filter(({ waits }) => waits);
    for (const entry of staying) entry.waits = false;
    if (staying.length > 0) arrange();
  }

  let arranging = false;
  /**
   * What is asked for in one turn of the event loop is arranged together, one operation's look-ups and those of others that
   * came from their sockets with it: one call, not one plus the rest. No timer: an idle loop goes on at once.
   */
  function arrangeSoon(): void {
    if (arranging) return;
    arranging = true;
    setImmediate(() => {
      arranging = false;
      arrange();
    });
  }

  const joinAll = (asked: readonly Asked<I>[], caller: Caller) => {
    const entries = asked.map((each) => {
      const found = known.get(each.key);
      return found && !found.deserted ? found : admit(each);
    });
    arrangeSoon();
    return waitForAll(entries, caller, desert);
  };

  return {
    async join(key, item, caller) {
      const [result] = await joinAll([{ key, item }], caller);
      if (result === undefined || result instanceof Error) throw result;
      return result;
    },
    joinAll,
    settle,
    forget(key) {
      // What still waits will read after the write that asks for this.
      if (!known.get(key)?.waits) known.delete(key);
    },
  };
}
