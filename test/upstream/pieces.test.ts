// Replies put together from their pieces in memory that is used again: none sees what is another's.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assembly, createAssembly, noPieces } from '../../src/upstream/pieces.ts';

const KILOBYTE = 1_024;

describe('the pieces of a reply', () => {
  it('are the reply, also where several come at once and rooms are used again', () => {
    const chunk = fc.record({
      of: fc.nat(3),
      length: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(64 * KILOBYTE, 200 * KILOBYTE)),
      ends: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 40 }), (chunks) => {
        const assembly = createAssembly();
        const replies = Array.from({ length: 4 }, () => ({ pieces: noPieces(), expected: [] as Buffer[] }));
        chunks.forEach(({ of, length, ends }, number) => {
          const reply = replies[of] ?? { pieces: noPieces(), expected: [] };
          const bytes = Buffer.alloc(length, number + 1);
          reply.expected.push(bytes);
          assembly.add(reply.pieces, bytes);
          if (!ends) return;
          expect(assembly.whole(reply.pieces).equals(Buffer.concat(reply.expected))).toBe(true);
          assembly.release(reply.pieces);
          reply.expected = [];
        });
        for (const { pieces, expected } of replies)
          expect(assembly.whole(pieces).equals(Buffer.concat(expected))).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  /** Three pieces of so many bytes each, and where they have been put together. */
  function threeOf(assembly: Assembly, length: number) {
    const pieces = noPieces();
    const places = [1, 2, 3].map((number) => {
      assembly.add(pieces, Buffer.alloc(length, number));
      return assembly.whole(pieces).buffer;
    });
    expect(assembly.whole(pieces)).toEqual(Buffer.concat([1, 2, 3].map((number) => Buffer.alloc(length, number))));
    return { pieces, places, place: assembly.whole(pieces).buffer };
  }

  it('stay in the room they are in as long as it is large enough, and leave it for the next reply', () => {
    const assembly = createAssembly();
    const first = threeOf(assembly, 64 * KILOBYTE);
    expect(first.places[2]).toBe(first.places[1]);
    assembly.release(first.pieces);
    expect(assembly.whole(first.pieces)).toHaveLength(0);
    // A reply in one piece has no room to leave.
    const single = noPieces();
    assembly.add(single, Buffer.from('only'));
    assembly.release(single);
    const second = threeOf(assembly, 128 * KILOBYTE);
    // Two of them fill it to the last byte; the third takes a larger one.
    expect(second.places[1]).toBe(first.place);
    expect(second.places[2]).not.toBe(first.place);
    // What was outgrown is free at once; the larger room is not kept.
    expect(threeOf(assembly, KILOBYTE).place).toBe(first.place);
    assembly.release(second.pieces);
    expect(threeOf(assembly, KILOBYTE).place).not.toBe(second.place);
  });

  it('leave eight rooms at most', () => {
    const assembly = createAssembly();
    const many = Array.from({ length: 10 }, () => threeOf(assembly, KILOBYTE));
    const places = new Set(many.map(({ place }) => place));
    expect(places.size).toBe(10);
    for (const { pieces } of many) assembly.release(pieces);
    const again = Array.from({ length: 10 }, () => threeOf(assembly, KILOBYTE).place);
    expect(new Set(again).size).toBe(10);
    expect(again.filter((place) => places.has(place))).toHaveLength(8);
  });

  it('that come as one are not copied', () => {
    const assembly = createAssembly();
    const pieces = noPieces();
    const only = Buffer.from('only');
    assembly.add(pieces, only);
    expect(assembly.whole(pieces)).toBe(only);
  });
});
