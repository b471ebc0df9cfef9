// Callers who want the same thing at the same time share one call: groups that wait for one answer, and the calls that
// are running by key. Knows nothing of budget or trackings; many items in one call is coalesce.ts.

import { type Caller, type Priority, UNENDING } from '../domain/caller.ts';
import { createDeparture, leavable } from '../domain/departure.ts';
import { createRegister } from '../domain/register.ts';

/** Several callers who wait for one answer, acting as one: the latest deadline, gone when the last has gone. */
export interface Group extends Caller {
  readonly size: () => number;
  join<T>(caller: Caller, answer: Promise<T>): Promise<T>;
}

/** `onEmpty` is called when the last caller has left before an answer. */
export function createGroup(onEmpty: () => void): Group {
  const members = new Set<Caller>();
  const departure = createDeparture();
  const group: Group & { priority: Priority; deadline: number } = {
    priority: 'refresh',
    deadline: 0,
    readThrough: false,
    errand: UNENDING,
    signal: departure,
    note(note) {
      for (const member of members) member.note(note);
    },
    size: () => members.size,
    join(caller, answer) {
      members.add(caller);
      group.deadline = Math.max(group.deadline, caller.deadline);
      if (caller.priority === 'user') group.priority = 'user';
      return leavable(answer, caller.signal, () => {
        members.delete(caller);
        if (members.size > 0) return;
        departure.leave(caller.signal.reason);
        onEmpty();
      });
    },
  };
  return group;
}

/** Runs one call for all who ask for the same thing while it runs. */
export interface Flights<T> {
  join(key: string, caller: Caller, run: (group: Caller) => Promise<T>): Promise<T>;
  /** Whoever asks from now on starts a new call: what is running may have read what has just been overwritten. */
  forget(): void;
}

export function createFlights<T>(): Flights<T> {
  const running = createRegister<{ readonly group: Group; readonly answer: Promise<T> }>();
  return {
    join(key, caller, run) {
      let flight = running.get(key);
      if (!flight) {
        const drop = () => {
          if (running.get(key)?.group === group) running.delete(key);
        };
        const group = createGroup(drop);
        // Started after the first caller has joined, so that the group's deadline is known.
        const answer = Promise.resolve()
          .then(() => run(group))
          .finally(drop);
        answer.catch(() => {});
        flight = { group, answer };
        running.set(key, flight);
      }
      return flight.group.join(caller, flight.answer);
    },
    forget: () => running.clear(),
  };
}
