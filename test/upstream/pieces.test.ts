// Replies put together from their pieces in memory that is used again: none sees what is another's.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAssembly, noPieces } from '../../src/upstream/pieces.ts';

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

  it('that come as one are not copied', () => {
    const assembly = createAssembly();
    const pieces = noPieces();
    const only = Buffer.from('only');
    assembly.add(pieces, only);
    expect(assembly.whole(pieces)).toBe(only);
  });
});
