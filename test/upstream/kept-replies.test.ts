// List replies in one piece of memory that is written round and round: what is found is what was kept, whole, and what
// somebody still reads stays.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeptReplies } from '../../src/upstream/kept-replies.ts';
import { lend } from '../../src/upstream/packed.ts';
import { readList } from '../../src/upstream/wire.ts';

const ROOM = 1_000;
const NO_LIST = { items: [], total: 0 };

/** Room for replies of so many bytes, all of them their number. */
function open() {
  const replies = createKeptReplies(ROOM);
  return {
    ...replies,
    put(number: number, length: number, keys: readonly (string | undefined)[] = []) {
      const given = Buffer.alloc(length, number);
      const list = replies.keep(given, NO_LIST, number);
      replies.index(list, keys);
      // Whose memory it was uses it for something else.
      given.fill(255);
      return list;
    },
  };
}

describe('a kept reply', () => {
  it('is found by the key of each of its items, but for those left out', () => {
    const { put, find, drop, numbered } = open();
    const kept = put(1, 100, ['a', undefined, 'c']);
    expect(kept).toMatchObject({ readAt: 1, bytes: Buffer.alloc(100, 1), indexed: true });
    expect(numbered(kept.serial)).toBe(kept);
    expect(find('a')).toEqual({ packed: kept, at: 0 });
    expect(find('c')).toEqual({ packed: kept, at: 2 });
    expect(find('b')).toBeUndefined();
    drop('a');
    expect(find('a')).toBeUndefined();
    expect(find('c')).toEqual({ packed: kept, at: 2 });
  });

  it('is passed over for a newer one of the same item, and does not take that with it when it goes', () => {
    const { put, find } = open();
    put(1, 250, ['a', 'b']);
    put(2, 250, ['a']);
    expect(find('a')?.packed.readAt).toBe(2);
    for (const number of [3, 4]) put(number, 250);
    expect(find('b')?.packed.readAt).toBe(1);
    put(5, 250);
    expect(find('b')).toBeUndefined();
    expect(find('a')?.packed.readAt).toBe(2);
  });

  it('is not to be found when it takes more than a quarter of the room, but is there for who has it', () => {
    const { put, find } = open();
    const large = put(1, 251, ['a']);
    expect(find('a')).toBeUndefined();
    expect(large).toMatchObject({ bytes: Buffer.alloc(251, 1), indexed: false });
  });

  it('stays for those who read it, and goes when they are over', () => {
    const { put, find, numbered } = open();
    const [reading, done, late] = [{ over: false }, { over: true }, { over: false }];
    const lent = [[reading], [done], [done, reading], [late], []].map((errands, number) => {
      const list = put(number, 200, [`key ${number}`]);
      for (const errand of errands) lend(list, errand);
      return list;
    });
    late.over = true;
    for (const number of [5, 6, 7, 8, 9]) lend(put(number, 200), done);
    expect(lent.map(({ bytes }) => bytes)).toEqual([
      Buffer.alloc(200, 0),
      undefined,
      Buffer.alloc(200, 2),
      undefined,
      // It has only just come: it is not lent yet.
      Buffer.alloc(200, 4),
    ]);
    expect(lent.map((_, number) => find(`key ${number}`))).toEqual(Array(5).fill(undefined));
    expect(lent.map(({ serial }) => numbered(serial))).toEqual(Array(5).fill(undefined));
  });

  it('is whole also where the room wraps just before one of the round before', () => {
    const { put, find } = open();
    const lengths = [200, 200, 200, 200, 150, 200, 200, 200, 200, 250];
    const kept = lengths.map((length, number) => put(number, length, [`key ${number}`]));
    for (const list of kept) lend(list, { over: true });
    const found = lengths.flatMap((_, number) => (find(`key ${number}`) ? [number] : []));
    expect(found).toEqual([7, 8, 9]);
    for (const number of found) expect(kept[number]?.bytes).toEqual(Buffer.alloc(lengths[number] ?? 0, number));
  });

  it('is unpacked for the two that were read last, and again from its bytes when it is asked for', () => {
    const replies = createKeptReplies(16 * ROOM);
    const told = (number: number) => {
      const item = { carrier_code: 'cdek', tracking_number: `N000${number}`, status: 'transit' };
      return { total: '1', items: [item] };
    };
    const [first, second, third] = [1, 2, 3].map((number) => {
      const list = readList(told(number), number);
      if (!list) throw new Error('no list');
      return replies.keep(Buffer.from(JSON.stringify({ meta: { code: 200 }, data: told(number) })), list, number);
    });
    const numberIn = (list = first) => list?.items()[0]?.trackingNumber;
    expect([first?.list, second?.list?.total, third?.list?.total]).toEqual([undefined, 1, 1]);
    expect([numberIn(first), first?.unpacked().total]).toEqual(['N0001', 1]);
    expect([first?.list?.total, second?.list, third?.list?.total]).toEqual([1, undefined, 1]);
    // Asked again, it is what it was.
    expect(first?.unpacked()).toBe(first?.list);
    expect(first?.items()[0]?.fetchedAt).toBe(1);
    if (second) second.bytes = undefined;
    expect(() => second?.items()).toThrow('none, or gone');
  });

  it('is whole as long as it is found, and goes only when its room is needed, the oldest first', () => {
    const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 250 }), fc.constantFrom(150, 200, 250)), {
      minLength: 1,
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(lengths, (all) => {
        const { put, find } = open();
        const kept: ReturnType<typeof put>[] = [];
        all.forEach((length, number) => {
          const list = put(number, length, [`key ${number}`]);
          lend(list, { over: true });
          kept.push(list);
          const found = all.slice(0, number + 1).map((_, at) => find(`key ${at}`));
          const oldest = found.findIndex((item) => item !== undefined);
          found.forEach((item, at) => {
            expect(item !== undefined).toBe(at >= oldest);
            const whole = kept[at]?.bytes?.equals(Buffer.alloc(all[at] ?? 0, at));
            expect(whole).toBe(item && true);
          });
          // More than a quarter of the room is never empty, but for the end of it that was too short for the newest.
          const used = found.reduce((sum, item, at) => sum + (item ? (all[at] ?? 0) : 0), 0);
          if (oldest > 0) expect(used).toBeGreaterThan(ROOM / 2 - 1);
        });
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
