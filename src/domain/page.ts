// Opaque cursors and the arithmetic between a window of a list and the upstream's pages. Knows no filter's meaning:
// the filter comes as a text and goes into the cursor's tag only.

import { createHash } from 'node:crypto';
import { InvalidInput } from './errors.ts';
import type { Tracking } from './tracking.ts';

/** The most trackings one page may ask for (contract.md §4). */
export const MAX_FIRST = 100;

/** One page of a list. */
export interface Page {
  /** All matches on every page. */
  readonly total: number;
  /** In the list's order; null keeps the place of an item that could not be read. Cheap for who asks at once. */
  readonly items: () => readonly (Tracking | null)[];
}

/** The upstream page that holds a window, and how many of its first items lie before the window. */
export interface PageWindow {
  readonly page: number;
  readonly limit: number;
  readonly skip: number;
}

/**
 * The smallest upstream page that covers `[offset, offset + size)` in one call: exactly `size` when a client pages in
 * order, else about twice `size` at most. Odd offsets of small pages may need some twenty items more.
 */
export function pageWindow(offset: number, size: number): PageWindow {
  const last = offset + size - 1;
  let limit = size;
  while (Math.floor(offset / limit) !== Math.floor(last / limit)) limit += 1;
  const index = Math.floor(offset / limit);
  return { page: index + 1, limit, skip: offset - index * limit };
}

const VERSION = '1';

// A tag over position and filter: a cursor that was edited, or is used with another filter, does not match. It guards
// against mistakes, not against people who read this file; for them a wrong cursor is only a wrong page.
function tag(offset: number, filter: string): string {
  return createHash('sha256').update(`${VERSION}.${offset}.${filter}`).digest('base64url').slice(0, 12);
}

/** The cursor of the item at `offset` (from 0) in the list that `filter` describes. */
export function encodeCursor(offset: number, filter: string): string {
  return Buffer.from(`${VERSION}.${offset}.${tag(offset, filter)}`).toString('base64url');
}

/** The offset a cursor stands for. Throws `InvalidInput` for a cursor that was forged or belongs to another filter. */
export function decodeCursor(cursor: string, filter: string, argument = 'after'): number {
  const [, digits] = /^1\.(\d{1,9})\.[\w-]{12}$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const offset = Number(digits);
  if (digits === undefined || encodeCursor(offset, filter) !== cursor) {
    throw new InvalidInput(
      argument,
      'is not a cursor of this list: take it from pageInfo.endCursor of the same filter',
    );
  }
  return offset;
}

/** Checks a page size. Throws `InvalidInput` below 1 and above `MAX_FIRST`; nothing is clamped. */
export function parseFirst(first: number, argument = 'first'): number {
  if (first < 1 || first > MAX_FIRST) throw new InvalidInput(argument, `must be between 1 and ${MAX_FIRST}`);
  return first;
}
