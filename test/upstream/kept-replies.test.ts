// List replies in one piece of memory that is written round and round: what is found is what was kept, whole.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeptReplies } from '../../src/upstream/kept-replies.ts';
import { packedList } from '../../src/upstream/packed.ts';

const ROOM = 1_000;

/** A reply of so many bytes, all of them its number. */
const reply = (number: number, length: number) => packedList(Buffer.alloc(length, number), number, []);

describe('a kept reply', () => {
  it('is found by the key of each of its items, but for those left out', () => {
    const replies = createKeptReplies(ROOM, []);
    const list = reply(1, 100);
    const kept = replies.put(list, ['a', undefined, 'c']);
    expect(kept).toMatchObject({ readAt: 1 });
    expect(replies.find('a')).toEqual({ packed: kept, at: 0 });
    expect(replies.find('c')).toEqual({ packed: kept, at: 2 });
    expect(replies.find('b')).toBeUndefined();
    replies.drop('a');
    expect(replies.find('a')).toBeUndefined();
    // Who has the reply itself does not depend on what is kept of it.
    expect(list.bytes).toEqual(Buffer.alloc(100, 1));
  });

  it('is passed over for a newer one of the same item, and does not take that with it when it goes', () => {
    const replies = createKeptReplies(ROOM, []);
    replies.put(reply(1, 250), ['a', 'b']);
    replies.put(reply(2, 250), ['a']);
    expect(replies.find('a')?.packed.readAt).toBe(2);
    for (const number of [3, 4]) replies.put(reply(number, 250), []);
    expect(replies.find('b')?.packed.readAt).toBe(1);
    replies.put(reply(5, 250), []);
    expect(replies.find('b')).toBeUndefined();
    expect(replies.find('a')?.packed.readAt).toBe(2);
  });

  it('is none where it would take more than a quarter of the room, or has no bytes', () => {
    const replies = createKeptReplies(ROOM, []);
    expect(replies.put(reply(1, 251), ['a'])).toBeUndefined();
    expect(replies.put({ ...reply(1, 1), bytes: undefined }, ['a'])).toBeUndefined();
    expect(replies.find('a')).toBeUndefined();
  });

  it('is whole as long as it is found, and goes only when its room is needed, the oldest first', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lengths, (all) => {
        const replies = createKeptReplies(ROOM, []);
        const kept: ReturnType<typeof replies.put>[] = [];
        all.forEach((length, number) => {
          kept.push(replies.put(reply(number, length), [`key ${number}`]));
          const found = all.slice(0, number + 1).map((_, at) => replies.find(`key ${at}`));
          const oldest = found.findIndex((item) => item !== undefined);
          found.forEach((item, at) => {
            expect(item !== undefined).toBe(at >= oldest);
            expect(kept[at]?.bytes).toEqual(item && Buffer.alloc(all[at] ?? 0, at));
          });
          // At most the largest reply's room is lost at the end of the piece, and as much beside the new one.
          const held = all.slice(oldest, number + 1).reduce((sum, each) => sum + each, 0);
          if (oldest > 0) expect(held).toBeGreaterThan(ROOM / 2 - 250);
          expect(held).toBeLessThanOrEqual(ROOM);
        });
      }),
    );
  });
});
