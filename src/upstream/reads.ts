// Reading trackings, pages and carriers: what is kept answers first, then a call that others may share. Knows what an
// own write makes of what is kept.

import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { TrackingKey } from '../domain/key.ts';
import type { Page, PageWindow } from '../domain/page.ts';
import type { ListFilter } from '../domain/requests.ts';
import { type Carrier, type HeldTracking, mergeTracking, type Tracking, trackingIn } from '../domain/tracking.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Budget } from './budget.ts';
import { AS_IT_IS, createShelf, type Lifetime } from './cache.ts';
import type { Calls } from './calls.ts';
import { createFlights } from './flights.ts';
import { createLookups, type LookupBatching, readListReply, readSingle } from './lookups.ts';
import { createLoreBook } from './lore.ts';
import { createKeptReplies } from './kept-replies.ts';
import { type Found, isPackedItem, isPackedList, lend, type Listed, listIn, pageOf, type Unpacked } from './packed.ts';
import { faultOf, wrongShape } from './replies.ts';
import { readCarriers } from './wire.ts';
import { listQuery } from './wire-requests.ts';

export interface ReadsOptions {
  readonly calls: Calls;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly random: () => number;
  readonly telemetry: Telemetry;
  readonly lookupBatching: LookupBatching;
  /** See `accountFingerprint`. */
  readonly account: string;
  /** Of reads; `freshMs` 0 keeps nothing. */
  readonly lifetime: Lifetime;
  /** Milliseconds that a refresh in the background may take. */
  readonly refreshMs: number;
}

export interface Reads {
  /** Each tracking, or why it could not be read. */
  lookups(keys: readonly TrackingKey[], caller: Caller): Promise<readonly (HeldTracking | Error)[]>;
  /** What the upstream says now: past what is kept and what is on its way; several asked for at once share a call. */
  readNow(key: TrackingKey, caller: Caller): Promise<Tracking | null>;
  readSingly(key: TrackingKey, caller: Caller): Promise<Tracking | null>;
  singleTellsDestination(): boolean;
  list(filter: ListFilter, page: PageWindow, caller: Caller): Promise<Page>;
  carriers(caller: Caller): Promise<readonly Carrier[]>;
  /** What a write or a realtime call told, with what is known besides. */
  learned(tracking: Tracking): Tracking;
  /** After a write: nobody is answered from what was read before it. Lists are dropped, since any may have changed. */
  written(key: TrackingKey): void;
  /** How often `written` was called: what was begun at another count may be older than a write. */
  writes(): number;
  /** After a delete: what only writes tell is forgotten too. */
  deleted(key: TrackingKey): void;
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

export function createReads(options: ReadsOptions): Reads {
  const { calls, clock, lifetime } = options;
  const lore = createLoreBook(clock);
  const shelf = { clock, random: options.random, account: options.account, refreshMs: options.refreshMs };
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
  const singles = createFlights<Found>();
  const lists = createFlights<Listed>();
  const gathered = createLookups({ ...options, batching: options.lookupBatching, beginList, replies });
  const carrierLoads = createFlights<readonly Carrier[]>();
  let destinationTold = true;
  let writes = 0;

  /** With what is known besides, `kept` too: a poorer reply never erases what a richer one told (upstream.md Q33). */
  function merged(tracking: Tracking, id: string, kept: ReturnType<typeof trackings.peek>): Tracking {
    const full = lore.complete(tracking, id);
    const known = kept && clock.now() < kept.freshUntil ? trackingIn(kept.value) : null;
    return known ? mergeTracking(full, known) : full;
  }

  function completed(tracking: Tracking): Tracking {
    const id = tracking.key.text;
    return merged(tracking, id, trackings.peek(trackings.fullKey(id)));
  }

  function found(read: Found): Found {
    if (isPackedItem(read) || !read.tracking) return read;
    const full = completed(read.tracking);
    return full === read.tracking ? read : { tracking: full };
  }

  /**
   * A list call begins; what it tells is completed with what is known besides. Each item is kept for look-ups, but for those of a
   * reply that was read across a write: it may be older than that.
   */
  function beginList(): (page: Listed) => Listed {
    const before = writes;
    return (page) => {
      const list = listIn(page);
      const kept = writes === before && lifetime.freshMs > 0;
      // Packed are those of which nothing else is known.
      const packed: (string | undefined)[] = [];
      const items = list.items.map((tracking, at) => {
        packed[at] = undefined;
        if (!tracking) return null;
        const id = tracking.key.text;
        const key = trackings.fullKey(id);
        const here = trackings.peek(key);
        const full = merged(tracking, id, here);
        if (kept && full === tracking && !here) packed[at] = key;
        else if (kept) trackings.put(id, { tracking: full });
        return full;
      });
      if (kept && isPackedList(page)) replies.index(page, packed);
      if (items.every((item, at) => item === list.items[at])) return page;
      // Nobody is given the reply itself.
      if (isPackedList(page)) page.readers = [];
      return { list: { ...list, items } };
    };
  }

  async function readPage(query: URLSearchParams, caller: Caller): Promise<Listed> {
    const told = beginList();
    return told(await readListReply({ calls, clock, replies }, query, caller));
  }

  return {
    lookups(keys, caller) {
      const asked = keys.map((item) => ({ key: item.text, item }));
      return trackings.readAll(asked, caller, async (missing, asking) =>
        (await gathered.joinAll(missing, asking)).map((read) => (read instanceof Error ? read : found(read))),
      );
    },

    readNow(key, caller) {
      const id = key.text;
      gathered.forget(id);
      return gathered.join(id, key, caller).then(trackingIn);
    },

    async readSingly(key, caller) {
      const id = key.text;
      const single = await singles.join(id, caller, async (group) => {
        const before = writes;
        const read = await readSingle(calls, clock, key, group);
        if (read) destinationTold = read.destinationCountry !== undefined;
        const value = found({ tracking: read });
        if (writes === before) trackings.put(id, value);
        return value;
      });
      return trackingIn(single);
    },
    singleTellsDestination: () => destinationTold,

    async list(filter, page, caller) {
      const query = listQuery(filter, page);
      const id = query.toString();
      const read = async (asking: Caller) => {
        const listed = await lists.join(id, asking, (group) => readPage(query, group));
        lend(listed, asking.errand);
        return listed;
      };
      return pageOf(await pages.read(id, caller, read));
    },

    carriers: (caller) =>
      carrierList.read('', caller, (asking) =>
        carrierLoads.join('', asking, async (group) => {
          const { verdict, data } = await calls.call({ endpoint: 'carriers' }, group);
          // TrackRu's own pages do not have this endpoint: without it there are no carriers to tell of.
          const unknown = verdict.kind === 'refused' && verdict.refusal.kind === 'missing';
          if (verdict.kind === 'empty' || unknown) return [];
          if (verdict.kind !== 'ok') throw faultOf(verdict);
          const list = readCarriers(data);
          if (!list) throw wrongShape('carriers');
          return list;
        }),
      ),

    learned: completed,
    written(key) {
      writes += 1;
      const id = key.text;
      gathered.forget(id);
      singles.forget();
      lists.forget();
      trackings.drop(id);
      pages.dropAll();
    },
    writes: () => writes,
    deleted: (key) => lore.forget(key),
  };
}
