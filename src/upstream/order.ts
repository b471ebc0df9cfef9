// Writes of one tracking, one after the other: two that run at once could arrive in either order. Equal ones that follow
// each other while the first still runs are one write: routers and impatient users send the same again.

import type { Caller } from '../domain/caller.ts';
import { createGroup, type Group } from './flights.ts';

/** The writes of each key that are not over. Shared by all lines, whatever their writes answer. */
export type WriteOrder = Map<string, { readonly over: Promise<unknown>; readonly write: object }>;

export interface WriteLine<T> {
  /**
   * Runs `run` when the key's earlier writes are over, for all who ask for the same (`signature`) before another write
   * follows. It is not started when everybody has left by then.
   */
  join(key: string, signature: string, caller: Caller, run: (group: Caller) => Promise<T>): Promise<T>;
}

interface Write<T> {
  readonly signature: string;
  readonly group: Group;
  readonly answer: Promise<T>;
}

/** One kind of writes. Kinds of the same `order` wait for each other. */
export function createWriteLine<T>(order: WriteOrder): WriteLine<T> {
  const mine = new Map<string, Write<T>>();

  async function begin(
    before: Promise<unknown> | undefined,
    group: Group,
    run: (group: Caller) => Promise<T>,
  ): Promise<T> {
    await before?.catch(() => {});
    if (group.signal.aborted) throw group.signal.reason;
    return run(group);
  }

  return {
    join(key, signature, caller, run) {
      const last = order.get(key);
      const same = mine.get(key);
      if (same && last?.write === same && same.signature === signature && !same.group.signal.aborted) {
        return same.group.join(caller, same.answer);
      }
      const group = createGroup(() => {});
      // Begun after the first caller has joined, so that the group's deadline is known.
      const answer = Promise.resolve().then(() => begin(last?.over, group, run));
      const write: Write<T> = { signature, group, answer };
      mine.set(key, write);
      order.set(key, { over: answer, write });
      const leave = () => {
        if (mine.get(key) === write) mine.delete(key);
        if (order.get(key)?.write === write) order.delete(key);
      };
      answer.then(leave, leave);
      return group.join(caller, answer);
    },
  };
}
