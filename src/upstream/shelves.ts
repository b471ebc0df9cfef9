// What is kept of reads: which kinds, in which form, and for how long.

import type { Clock } from '../domain/clock.ts';
import { type Carrier, type Tracking, trackingIn } from '../domain/tracking.ts';
import { AS_IT_IS, createShelf, type Lifetime } from './cache.ts';
import { createKeptReplies } from './kept-replies.ts';
import { type Found, isPackedItem, isPackedList, type Listed, listIn, type Unpacked } from './packed.ts';

export interface ShelvesOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** See `accountFingerprint`. */
  readonly account: string;
  /** Of reads; `freshMs` 0 keeps nothing. */
  readonly lifetime: Lifetime;
  /** Milliseconds that a refresh in the background may take. */
  readonly refreshMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const MEGABYTE = 1024 * 1024;
/** A new number is looked up within seconds (upstream.md §10.4); nobody wants to wait a minute to see it. */
const PENDING_MS = 10_000;
/** "Not there" may change by anybody's hand, and is never served stale. */
const ABSENT_MS = 60_000;

// Measured on the heap: a tracking with a dozen events takes about 4 kB.
const sizeOfTracking = (tracking: Tracking | null) =>
  tracking ? 1_000 + 250 * (tracking.events?.length ?? 0) : ENTRY_BYTES;
// A key, and what is noted with it.
const ENTRY_BYTES = 300;
/** A page whose reply is kept under this number. */
interface NumberedPage {
  readonly serial: number;
}
const NOT_KEPT: Lifetime = { freshMs: 0, staleMs: 0 };

/** Does it tell all that a read can? What a write's reply leaves out must not hide what is there. */
const isWhole = ({ reading, origin, createdAt, title, archived }: Tracking) =>
  reading !== undefined &&
  origin !== undefined &&
  createdAt !== undefined &&
  title !== undefined &&
  archived !== undefined;

/** One account's. `replies` holds what list calls told, and stands behind the two shelves that are filled from them. */
export function createShelves({ lifetime, ...options }: ShelvesOptions) {
  const { clock, random, account, refreshMs } = options;
  const shelf = { clock, random, account, refreshMs };
  // Where nothing is kept, replies stand here until those who wait have what they ask for.
  const replies = createKeptReplies((lifetime.freshMs > 0 ? 16 : 4) * MEGABYTE);
  const trackings = createShelf<Found>({
    ...shelf,
    ...AS_IT_IS,
    kind: 'tracking',
    maxBytes: 16 * MEGABYTE,
    sizeOf: (found) => sizeOfTracking(trackingIn(found)),
    behind: {
      find(key) {
        const item = replies.find(key);
        return item && { value: { tracking: trackingIn(item) }, since: item.packed.readAt };
      },
      drop: replies.drop,
    },
    lifetime(found) {
      // Its reply is kept.
      if (isPackedItem(found)) return NOT_KEPT;
      const { tracking } = found;
      if (!tracking) return { freshMs: Math.min(lifetime.freshMs, ABSENT_MS), staleMs: 0 };
      if (!isWhole(tracking)) return NOT_KEPT;
      const freshMs =
        tracking.reading?.status === 'PENDING' ? Math.min(lifetime.freshMs, PENDING_MS) : lifetime.freshMs;
      return { freshMs, staleMs: lifetime.staleMs };
    },
  });
  const pages = createShelf<Listed, Unpacked | NumberedPage>({
    ...shelf,
    kind: 'page',
    maxBytes: 16 * MEGABYTE,
    // The bytes are in `replies`.
    sizeOf: (page) =>
      ENTRY_BYTES + ('serial' in page ? 0 : page.list.items.reduce((bytes, item) => bytes + sizeOfTracking(item), 0)),
    packed(page) {
      if (!isPackedList(page)) return page;
      return page.indexed ? { serial: page.serial } : undefined;
    },
    unpacked(page) {
      if (!('serial' in page)) return page;
      const packed = replies.numbered(page.serial);
      return packed && { list: listIn(packed) };
    },
    lifetime: () => lifetime,
  });
  const carrierList = createShelf<readonly Carrier[]>({
    ...shelf,
    ...AS_IT_IS,
    kind: 'carriers',
    maxBytes: 4 * MEGABYTE,
    sizeOf: (carriers) => 500 * (carriers.length + 1),
    // Kept also where reads are not: it hardly changes (upstream.md §5.1).
    lifetime: () => ({ freshMs: DAY_MS, staleMs: 7 * DAY_MS }),
  });
  return { replies, trackings, pages, carrierList };
}
