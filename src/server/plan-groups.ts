// Root fields that read by key (`keyedField` in schema/builder.ts) and are asked for in one go. A plan knows all of them
// beforehand: fifty look-ups need no fifty promises.

import type { Keyed } from '../schema/builder.ts';
import type { Variables } from './plan-inputs.ts';
import { type Complete, type Run, wait } from './plan-values.ts';

/** How one of them is asked for. */
export interface KeyedRead {
  readonly by: Keyed;
  /** Throws what is wrong with the arguments. */
  readonly keyOf: (variables: Variables) => unknown;
}

interface Member {
  readonly key: string;
  readonly complete: Complete;
  readonly keyOf: KeyedRead['keyOf'];
}

export interface Group {
  readonly by: Keyed;
  readonly members: readonly Member[];
}

export interface Asked {
  readonly group: Group;
  /** What was found, or an error, for each member. */
  readonly all: Promise<readonly unknown[]>;
}

interface RootField {
  readonly key: string;
  readonly complete: Complete;
  readonly keyed: KeyedRead | undefined;
}

export function groupsOf(fields: readonly RootField[]): readonly Group[] {
  const members = fields.flatMap(({ key, complete, keyed }) => (keyed ? [{ key, complete, ...keyed }] : []));
  return [...new Set(members.map(({ by }) => by))].map((by) => ({
    by,
    members: members.filter((member) => member.by === by),
  }));
}

/** To be asked for first of all: what throws here makes graphql-js ask for everything, in its own order. */
export const keysOf = ({ members }: Group, variables: Variables): readonly unknown[] =>
  members.map(({ keyOf }) => keyOf(variables));

/** Puts what is found by the group's keys into its places. */
export function askTogether(run: Run, into: Record<string, unknown>, group: Group, keys: readonly unknown[]): Asked {
  const { by, members } = group;
  const all = by.loadAll(keys, run.context);
  wait(run, all, (found) => {
    members.forEach(({ key, complete }, at) => {
      into[key] = complete(by.take(sure(found[at])), run);
    });
  });
  return { group, all };
}

/** For graphql-js, which goes on from what was asked already: a promise for each after all. */
export function rememberEach(given: Map<string, unknown>, { group, all }: Asked): void {
  group.members.forEach(({ key }, at) => {
    const one = all.then((found) => sure(found[at]));
    // It may stop before it comes to this one.
    one.catch(() => {});
    given.set(key, one);
  });
}

function sure(found: unknown): unknown {
  if (found instanceof Error) throw found;
  return found;
}
