// Who waits for items, and the calls they are in: by hand, without a budget or a gatherer.

import { describe, expect, it } from 'vitest';
import type { CallerNote } from '../../src/domain/caller.ts';
import { createDeparture } from '../../src/domain/departure.ts';
import { callerOf, callersOf, type Entry, tellAll, waitForAll } from '../../src/upstream/entries.ts';

type Item = Entry<string, string>;

const entry = (key: string): Item => ({
  key,
  item: key,
  waits: true,
  deadline: 0,
  priority: 'refresh',
  waiter: undefined,
  deserted: false,
  calls: [],
});

function waiting(over: { readonly deadline?: number; readonly priority?: 'user' | 'refresh' } = {}) {
  const departure = createDeparture();
  const notes: CallerNote[] = [];
  const listening = { count: 0 };
  const signal = {
    get aborted() {
      return departure.aborted;
    },
    get reason() {
      return departure.reason;
    },
    addEventListener(type: 'abort', listener: () => void) {
      listening.count += 1;
      departure.addEventListener(type, listener);
    },
    removeEventListener(type: 'abort', listener: () => void) {
      if (type === 'abort') listening.count -= 1;
      departure.removeEventListener(type, listener);
    },
  };
  return {
    deadline: 1_000,
    priority: 'user' as const,
    ...over,
    signal,
    readThrough: false,
    note: (note: CallerNote) => void notes.push(note),
    errand: { over: false },
    leave: departure.leave,
    notes,
    listening,
  };
}

const GONE = new Error('gone');
const nobody = () => {};
const told = async (promise: Promise<unknown>) => Promise.race([promise, Promise.resolve('waits')]);

describe('who waits for several items', () => {
  it('has all of them at once, in his order, when the last has come, errors among them', async () => {
    const [a, b, c] = [entry('a'), entry('b'), entry('c')];
    const caller = waiting();
    const all = waitForAll([a, b, c], caller, nobody);
    const none = new Error('none');
    tellAll(c, 'C');
    tellAll(a, none);
    expect(await told(all)).toBe('waits');
    tellAll(b, 'B');
    expect(await all).toEqual([none, 'B', 'C']);
    // Nothing is left that would keep him.
    expect([a.waiter, b.waiter, c.waiter, caller.listening.count]).toEqual([undefined, undefined, undefined, 0]);
  });

  it('may wait for the same one twice, beside others who wait for it', async () => {
    const a = entry('a');
    const [twice, once] = [waitForAll([a, a], waiting(), nobody), waitForAll([a], waiting(), nobody)];
    tellAll(a, 'A');
    expect(await Promise.all([twice, once])).toEqual([['A', 'A'], ['A']]);
  });

  it('has what has come and his reason for the rest when he leaves; the rest is deserted, but for what others wait for', async () => {
    const [a, b, c] = [entry('a'), entry('b'), entry('c')];
    const [leaver, stayer] = [waiting(), waiting()];
    const deserted: string[] = [];
    const all = waitForAll([a, b, c], leaver, (entries) => deserted.push(...entries.map(({ key }) => key)));
    const other = waitForAll([c], stayer, nobody);
    tellAll(a, 'A');
    leaver.leave(GONE);
    expect(await all).toEqual(['A', GONE, GONE]);
    expect([deserted, a.deserted, b.deserted, c.deserted]).toEqual([['b'], false, true, false]);
    tellAll(c, 'C');
    expect(await other).toEqual(['C']);
    expect(leaver.listening.count).toBe(0);
  });

  it('does not wait when he has left before', async () => {
    const a = entry('a');
    const caller = waiting();
    caller.leave(GONE);
    const deserted: Item[] = [];
    expect(await waitForAll([a], caller, (entries) => deserted.push(...entries))).toEqual([GONE]);
    expect(deserted).toEqual([a]);
  });

  it('makes each as patient and as urgent as the most patient and urgent who waits', () => {
    const a = entry('a');
    void waitForAll([a], waiting({ deadline: 500, priority: 'refresh' }), nobody);
    expect([a.deadline, a.priority]).toEqual([500, 'refresh']);
    void waitForAll([a], waiting({ deadline: 900 }), nobody);
    void waitForAll([a], waiting({ deadline: 700, priority: 'refresh' }), nobody);
    expect([a.deadline, a.priority]).toEqual([900, 'user']);
  });
});

describe('a call for several items', () => {
  it('is as patient and urgent as any of them, also of those who come while it runs', () => {
    const [a, b] = [entry('a'), entry('b')];
    void waitForAll([a], waiting({ deadline: 500, priority: 'refresh' }), nobody);
    void waitForAll([b], waiting({ deadline: 300, priority: 'refresh' }), nobody);
    const call = callerOf([a, b]);
    expect([call.deadline, call.priority, call.readThrough]).toEqual([500, 'refresh', false]);
    void waitForAll([b], waiting({ deadline: 900 }), nobody);
    expect([call.deadline, call.priority]).toEqual([900, 'user']);
  });

  it('is abandoned when all of them are deserted, with the reason of the last', () => {
    const [a, b] = [entry('a'), entry('b')];
    const [first, second] = [waiting(), waiting()];
    void waitForAll([a], first, nobody);
    void waitForAll([b], second, nobody);
    const call = callerOf([a, b]);
    first.leave(new Error('earlier'));
    expect(call.signal.aborted).toBe(false);
    second.leave(GONE);
    expect([call.signal.aborted, call.signal.reason]).toEqual([true, GONE]);
  });

  it('counts as deserted what was so before it began', () => {
    const [a, b] = [entry('a'), entry('b')];
    const [first, second] = [waiting(), waiting()];
    void waitForAll([a], first, nobody);
    void waitForAll([b], second, nobody);
    first.leave(GONE);
    const call = callerOf([a, b]);
    expect([call.signal.aborted, a.calls.length, b.calls.length]).toEqual([false, 0, 1]);
    second.leave(GONE);
    expect(call.signal.aborted).toBe(true);
  });

  it('may have an item that is in another too: both are abandoned with it', () => {
    const a = entry('a');
    const caller = waiting();
    void waitForAll([a], caller, nobody);
    const calls = [callerOf([a]), callerOf([a]), callerOf([a])];
    expect(a.calls).toEqual(calls);
    caller.leave(GONE);
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  });

  it('notes each thing once with each who waits', () => {
    const [a, b] = [entry('a'), entry('b')];
    const [both, one] = [waiting(), waiting()];
    void waitForAll([a, b], both, nobody);
    void waitForAll([b], one, nobody);
    expect([...callersOf([a, b])]).toEqual(expect.arrayContaining([both, one]));
    callerOf([a, b]).note('upstream-call');
    expect([both.notes, one.notes]).toEqual([['upstream-call'], ['upstream-call']]);
  });
});
