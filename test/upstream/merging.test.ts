// The finer points of merging: who goes first, which turns are held and given back, and who is refused for what. The turns
// of these tests are a budget's of their own making, so that each can be due whenever a test says.

import { describe, expect, it, onTestFinished } from 'vitest';
import type { Caller, Priority } from '../../src/domain/caller.ts';
import { rateLimited } from '../../src/domain/errors.ts';
import type { Budget, Slot } from '../../src/upstream/budget.ts';
import { createGatherer } from '../../src/upstream/coalesce.ts';
import type { EndpointName } from '../../src/upstream/endpoints.ts';
import type { Entry } from '../../src/upstream/entries.ts';
import { testClock } from '../support/clock.ts';
import { faultOf, waiter } from './waiting.ts';

interface Turn {
  readonly endpoint: EndpointName;
  readonly priority: Priority;
  readonly deadline: number;
  due: number;
  state: 'held' | 'given' | 'cancelled' | 'refused';
  give(): { unused: number };
  refuse(error: unknown): void;
}

/** A gatherer of three items a call over turns that the test deals out. */
function dealing(due: Partial<Record<EndpointName, readonly number[]>> = {}, merging = true) {
  const clock = testClock();
  const turns: Turn[] = [];
  const start = clock.now();
  const dueOf = (endpoint: EndpointName) => {
    const list = due[endpoint] ?? [1_000];
    const held = turns.filter((turn) => turn.endpoint === endpoint && turn.state === 'held').length;
    return start + (list[Math.min(held, list.length - 1)] ?? 0);
  };
  const budget: Pick<Budget, 'reserve' | 'soonest'> = {
    soonest: dueOf,
    reserve(endpoint, deadline, priority) {
      const at = dueOf(endpoint);
      if (at > deadline) throw rateLimited(at - clock.now());
      let settle: { resolve: (slot: Slot) => void; reject: (error: unknown) => void } | undefined;
      const slot = new Promise<Slot>((resolve, reject) => (settle = { resolve, reject }));
      const turn: Turn = {
        endpoint,
        priority,
        deadline,
        due: at,
        state: 'held',
        give() {
          turn.state = 'given';
          const seen = { unused: 0 };
          settle?.resolve({ sent: () => {}, answered: () => {}, unused: () => void (seen.unused += 1) });
          return seen;
        },
        refuse(error) {
          turn.state = 'refused';
          settle?.reject(error);
        },
      };
      turns.push(turn);
      return {
        slot,
        dueAt: () => turn.due,
        serves: (by) => turn.due <= by,
        cancel: () => void (turn.state = 'cancelled'),
      };
    },
  };
  const sent: { readonly endpoint: EndpointName; readonly entries: readonly Entry<string, string>[] }[] = [];
  const gatherer = createGatherer<string, string>({
    // The members a gatherer uses.
    budget: budget as Budget,
    clock,
    single: 'readOne',
    many: 'list',
    size: 3,
    merging: () => merging,
    send: (entries, _, endpoint) => {
      sent.push({ endpoint, entries });
      return Promise.resolve();
    },
  });
  return {
    clock,
    turns,
    gatherer,
    join: (key: string, caller: Caller = waiter(clock)) => {
      const answer = gatherer.join(key, key, caller);
      answer.catch(() => {});
      return answer;
    },
    held: () => turns.filter((turn) => turn.state === 'held').map(({ endpoint }) => endpoint),
    sent: () => sent.map(({ endpoint, entries }) => [endpoint, ...entries.map(({ key }) => key)].join(' ')),
    entries: () => sent.flatMap(({ entries }) => entries),
    settle(at: number, result: string | Error) {
      const entry = sent.flatMap(({ entries }) => entries)[at];
      if (entry) gatherer.settle(entry, result);
    },
    patient: (ms: number, priority: Priority = 'user') => waiter(clock, ms, { priority }),
  };
}

describe('who goes first', () => {
  it('is who waits himself, in order of arrival, and then the refreshes in theirs', async () => {
    const { join, patient, turns, sent, clock } = dealing();
    for (const name of ['r1', 'u1', 'r2', 'u2', 'r3']) {
      void join(name, patient(9_000, name.startsWith('r') ? 'refresh' : 'user'));
    }
    await clock.advance(0);
    expect(turns.map(({ endpoint, priority }) => [endpoint, priority])).toEqual([
      ['list', 'user'],
      ['list', 'user'],
    ]);
    turns[0]?.give();
    await clock.advance(0);
    turns[1]?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['list u1 u2 r1', 'list r2 r3']);
  });

  it('takes turns as a refresh while only refreshes wait, and gives them back when somebody waits himself', async () => {
    const { join, patient, turns, held, clock } = dealing();
    void join('r', patient(9_000, 'refresh'));
    await clock.advance(0);
    expect(turns.map(({ priority, state }) => [priority, state])).toEqual([['refresh', 'held']]);
    void join('r2', patient(9_000, 'refresh'));
    await clock.advance(0);
    expect(turns.every(({ priority }) => priority === 'refresh')).toBe(true);
    const before = turns.length;
    void join('u', patient(9_000));
    await clock.advance(0);
    expect(turns.slice(0, before).map(({ state }) => state)).toEqual(Array(before).fill('cancelled'));
    expect(turns.slice(before).map(({ endpoint, priority }) => [endpoint, priority])).toEqual([['list', 'user']]);
    expect(held()).toEqual(['list']);
    // Turns of who waits himself are kept.
    void join('u2', patient(9_000));
    await clock.advance(0);
    expect(turns).toHaveLength(before + 2);
    expect(held()).toEqual(['list', 'list']);
  });
});

describe('the turns that are held', () => {
  it.each([
    [1, ['readOne']],
    [2, ['list']],
    [3, ['list']],
    [4, ['list', 'list']],
    [7, ['list', 'list', 'list']],
  ])('for %i items are just those that are needed', async (count, expected) => {
    const { join, held, clock } = dealing();
    for (let i = 0; i < count; i += 1) void join(`k${i}`);
    await clock.advance(0);
    expect(held()).toEqual(expected);
  });

  it.each([
    [1_060, 'readOne'],
    [1_061, 'list'],
  ])('for one item are its own kind’s unless the other comes clearly sooner: %i ms', async (due, kind) => {
    const { join, held, clock } = dealing({ readOne: [due], list: [1_000] });
    void join('a');
    await clock.advance(0);
    expect(held()).toEqual([kind]);
  });

  it.each([
    [940, ['list']],
    [939, ['readOne', 'list']],
    [1_000, ['list']],
  ])('include a single one that is due clearly sooner: %i ms', async (due, expected) => {
    const { join, held, turns, clock } = dealing({ readOne: [due], list: [1_000] });
    void join('a');
    await clock.advance(0);
    void join('b');
    await clock.advance(0);
    expect(held()).toEqual(expected);
    expect(turns[0]?.state).toBe(expected.length === 1 ? 'cancelled' : 'held');
  });

  it('are single ones without merging, one for each item, and given back with it', async () => {
    const { join, held, patient, clock } = dealing({}, false);
    const leaver = patient(9_000);
    void join('a');
    void join('b', leaver);
    void join('c');
    await clock.advance(0);
    expect(held()).toEqual(['readOne', 'readOne', 'readOne']);
    leaver.leave();
    expect(held()).toEqual(['readOne', 'readOne']);
  });

  it('are given back when fewer are needed, and all of them when nobody waits', async () => {
    const { join, held, patient, clock } = dealing();
    const callers = [1, 2, 3, 4].map(() => patient(9_000));
    callers.forEach((caller, i) => void join(`k${i}`, caller));
    await clock.advance(0);
    expect(held()).toEqual(['list', 'list']);
    callers[0]?.leave();
    expect(held()).toEqual(['list']);
    for (const caller of callers) caller.leave();
    expect(held()).toEqual([]);
  });

  it('are kept as long as one who asked for the item stays, in whatever order the others leave', async () => {
    const orders = [
      [0, 1],
      [1, 0],
      [0, 2],
      [2, 0],
      [1, 2],
      [2, 1],
    ] as const;
    for (const leaving of orders) {
      const { join, held, turns, settle, patient, clock } = dealing();
      const callers = [0, 1, 2].map(() => patient(9_000));
      const answers = callers.map((caller) => join('a', caller).catch(() => 'left'));
      await clock.advance(0);
      for (const at of leaving) callers[at]?.leave();
      expect(held()).toEqual(['readOne']);
      turns[0]?.give();
      await clock.advance(0);
      settle(0, 'told');
      expect(await Promise.all(answers)).toEqual(
        [0, 1, 2].map((at) => (leaving.some((gone) => gone === at) ? 'left' : 'told')),
      );
    }
  });

  it('are single ones where the other kind does not come in time, for as many as there are', async () => {
    const { join, held, patient, clock } = dealing({ list: [1_000, 20_000], readOne: [2_000, 3_000, 20_000] });
    const answers = Array.from({ length: 6 }, (_, i) => join(`k${i}`, patient(5_000)));
    const faults = answers.slice(5).map((answer) => faultOf(() => answer));
    await clock.advance(0);
    expect(held()).toEqual(['list', 'readOne', 'readOne']);
    expect(await Promise.all(faults)).toMatchObject([{ code: 'RATE_LIMITED' }]);
  });

  it('are no more single ones than are needed', async () => {
    const { join, held, patient, clock } = dealing({ list: [1_000, 20_000] });
    for (let i = 0; i < 5; i += 1) void join(`k${i}`, patient(5_000));
    await clock.advance(0);
    expect(held()).toEqual(['list', 'readOne', 'readOne']);
  });

  it('are asked for by the deadline of the most patient', async () => {
    const { join, patient, turns, clock } = dealing();
    void join('a', patient(2_000));
    void join('b', patient(7_000));
    void join('c', patient(3_000));
    await clock.advance(0);
    expect(turns.map(({ deadline }) => deadline - clock.now())).toEqual([7_000]);
  });
});

describe('a turn that comes', () => {
  it('takes one item where it is a single one, and is given back where nobody waits any more', async () => {
    const { join, turns, sent, clock } = dealing({ readOne: [900], list: [1_000] });
    void join('a');
    await clock.advance(0);
    void join('b');
    await clock.advance(0);
    turns[0]?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['readOne a']);
    const [, list] = turns;
    list?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['readOne a', 'list b']);
  });

  it('too late for the last who left is not used', async () => {
    const { join, turns, sent, patient, clock } = dealing();
    const caller = patient(9_000);
    void join('a', caller);
    await clock.advance(0);
    const seen = turns[0]?.give();
    caller.leave();
    await clock.advance(0);
    expect([seen?.unused, sent()]).toEqual([1, []]);
  });

  it('is not said to be unused where it is used', async () => {
    const { join, turns, clock } = dealing();
    void join('a');
    await clock.advance(0);
    const seen = turns[0]?.give();
    await clock.advance(0);
    expect(seen?.unused).toBe(0);
  });
});

describe('who is refused', () => {
  it('is who leaves before his turn, told when it would have come, and not who waits just long enough', async () => {
    const { join, patient, turns, sent, clock } = dealing({ list: [1_000, 4_000] });
    const outcomes = [999, 1_000, 9_000, 9_000, 3_999, 4_000, 9_000].map((patience, i) =>
      faultOf(() => join(`k${i}`, patient(patience))),
    );
    await clock.advance(0);
    expect(await outcomes[0]).toEqual({ code: 'RATE_LIMITED', retryAfterMs: 1_000 });
    expect(await outcomes[4]).toEqual({ code: 'RATE_LIMITED', retryAfterMs: 4_000 });
    turns[0]?.give();
    await clock.advance(0);
    turns[1]?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['list k1 k2 k3', 'list k5 k6']);
  });

  it('is judged by the sooner turn first, whichever was taken first', async () => {
    const { join, patient, sent, turns, clock } = dealing({ list: [1_000], readOne: [900] });
    void join('a', patient(9_000));
    await clock.advance(0);
    const hasty = faultOf(() => join('b', patient(950)));
    void join('c', patient(9_000));
    await clock.advance(0);
    expect(await hasty).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1_000 });
    turns[0]?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['readOne a']);
  });
});

describe('a key that waits', () => {
  it('is one item for all who join, with the deadline of the most patient', async () => {
    const { join, patient, turns, sent, entries, settle, clock } = dealing();
    const answers = [join('a', patient(2_000)), join('a', patient(8_000)), join('a', patient(1_500))];
    await clock.advance(0);
    turns[0]?.give();
    await clock.advance(0);
    // Also while it is being answered.
    answers.push(join('a', patient(2_000)));
    await clock.advance(0);
    expect(sent()).toEqual(['readOne a']);
    expect(entries()[0]?.deadline).toBe(clock.now() + 8_000);
    settle(0, 'told');
    expect(await Promise.all(answers)).toEqual(['told', 'told', 'told', 'told']);
    void join('a');
    await clock.advance(0);
    expect(turns).toHaveLength(2);
  });

  it('fails all who joined, and is asked for anew afterwards', async () => {
    const { join, turns, settle, clock } = dealing();
    const unhandled: unknown[] = [];
    const watch = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', watch);
    onTestFinished(() => void process.off('unhandledRejection', watch));
    const told = [join('a'), join('a')].map((answer) => answer.catch((error: Error) => error.message));
    await clock.advance(0);
    turns[0]?.give();
    await clock.advance(0);
    settle(0, new Error('no'));
    expect(await Promise.all(told)).toEqual(['no', 'no']);
    void join('a');
    await clock.advance(0);
    expect([turns.length, unhandled]).toEqual([2, []]);
  });

  it('is asked for anew by who comes after all others have left, though it is being answered', async () => {
    const { join, patient, turns, sent, settle, clock } = dealing();
    const leaver = patient(9_000);
    void join('a', leaver);
    await clock.advance(0);
    turns[0]?.give();
    await clock.advance(0);
    leaver.leave();
    const second = join('a');
    await clock.advance(0);
    turns[1]?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['readOne a', 'readOne a']);
    // The end of the first is not the end of the second.
    settle(0, 'first');
    await clock.advance(0);
    const third = join('a');
    settle(1, 'second');
    expect(await Promise.all([second, third])).toEqual(['second', 'second']);
  });

  it('stays one item where it is forgotten, and is asked for anew where it has left already', async () => {
    const { join, turns, sent, settle, gatherer, clock } = dealing();
    const first = join('a');
    await clock.advance(0);
    gatherer.forget('a');
    const same = join('a');
    await clock.advance(0);
    expect(turns).toHaveLength(1);
    turns[0]?.give();
    await clock.advance(0);
    gatherer.forget('a');
    const anew = join('a');
    await clock.advance(0);
    turns[1]?.give();
    await clock.advance(0);
    expect(sent()).toEqual(['readOne a', 'readOne a']);
    settle(0, 'old');
    settle(1, 'new');
    expect(await Promise.all([first, same, anew])).toEqual(['old', 'old', 'new']);
  });
});
