// Cursors and the pages behind a window of a list.

import fc from 'fast-check';
import { InvalidInput } from '../../src/domain/errors.ts';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, MAX_FIRST, pageWindow, parseFirst } from '../../src/domain/page.ts';
import { refusal } from './refusal.ts';

describe('a window of a list', () => {
  it.each([
    [0, 1, { page: 1, limit: 1, skip: 0 }],
    [0, 20, { page: 1, limit: 20, skip: 0 }],
    [40, 20, { page: 3, limit: 20, skip: 0 }],
    [10, 20, { page: 1, limit: 30, skip: 10 }],
    [5, 3, { page: 2, limit: 4, skip: 1 }],
    [7, 2, { page: 3, limit: 3, skip: 1 }],
    [1, 1, { page: 2, limit: 1, skip: 0 }],
  ])('from %i of %i items is on this page', (offset, size, page) => {
    expect(pageWindow(offset, size)).toEqual(page);
  });

  it('lies wholly on its page, the smallest that holds it', () => {
    const holds = (offset: number, size: number, limit: number) => (offset % limit) + size <= limit;
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: MAX_FIRST }), (offset, size) => {
        const { page, limit, skip } = pageWindow(offset, size);
        expect((page - 1) * limit + skip).toBe(offset);
        expect(skip + size).toBeLessThanOrEqual(limit);
        for (let less = size; less < limit; less += 1) expect(holds(offset, size, less)).toBe(false);
      }),
    );
  });
});

describe('a cursor', () => {
  it('stays what it is for ever', () => {
    expect(encodeCursor(20, 'all')).toBe(encodeCursor(20, 'all'));
    expect(Buffer.from(encodeCursor(20, 'all'), 'base64url').toString()).toMatch(/^1\.20\.[\w-]{12}$/);
  });

  it('leads back to its place in the list it was made for, and in no other', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.string(), fc.string(), (offset, filter, other) => {
        const cursor = encodeCursor(offset, filter);
        expect(decodeCursor(cursor, filter)).toBe(offset);
        if (other !== filter) expect(() => decodeCursor(cursor, other)).toThrow(InvalidInput);
      }),
    );
  });

  it.each([
    ['empty', ''],
    ['no base64', '%%%'],
    ['without a tag', Buffer.from('1.20.').toString('base64url')],
    ['with a tag of its own', Buffer.from('1.20.AAAAAAAAAAAA').toString('base64url')],
    [
      'moved',
      Buffer.from(`1.21.${Buffer.from(encodeCursor(20, 'all'), 'base64url').toString().slice(5)}`).toString(
        'base64url',
      ),
    ],
    [
      'of another version',
      Buffer.from(`2${Buffer.from(encodeCursor(20, 'all'), 'base64url').toString().slice(1)}`).toString('base64url'),
    ],
    ['padded', `${encodeCursor(20, 'all')}=`],
    ['too far for any list', encodeCursor(1_000_000_000, 'all')],
    ['before the list', encodeCursor(-1, 'all')],
    ['between two items', encodeCursor(1.5, 'all')],
    ['of no number', encodeCursor(NaN, 'all')],
  ])('that is %s is refused', (_, cursor) => {
    const reason = 'is not a cursor of this list: take it from pageInfo.endCursor of the same filter';
    expect(refusal(() => decodeCursor(cursor, 'all'))).toEqual({ argument: 'after', reason });
    expect(refusal(() => decodeCursor(cursor, 'all', 'before'))).toEqual({ argument: 'before', reason });
  });
});

describe('a page size', () => {
  it.each([1, 2, 99, 100])('may be %i', (first) => {
    expect(parseFirst(first)).toBe(first);
  });

  it.each([-1, 0, 101])('may not be %i', (first) => {
    expect(refusal(() => parseFirst(first))).toEqual({ argument: 'first', reason: 'must be between 1 and 100' });
    expect(refusal(() => parseFirst(first, 'last'))?.argument).toBe('last');
  });
});
