// Reading trackings, pages and carriers: what is kept answers first, then a call that others may share. Knows what an
// own write makes of what is kept.

import type { Caller } from '../domain/caller.ts';
import type { TrackingKey } from '../domain/key.ts';
import type { Page, PageWindow } from '../domain/page.ts';
import type { ListFilter } from '../domain/requests.ts';
import { type Carrier, type HeldTracking, mergeTracking, type Tracking, trackingIn } from '../domain/tracking.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Budget } from './budget.ts';
import type { Calls } from './calls.ts';
import { createFlights } from './flights.ts';
import { createLookups, type LookupBatching, readListReply, readSingle } from './lookups.ts';
import { createLoreBook } from './lore.ts';
import { type Found, isPackedItem, isPackedList, lend, type Listed, listIn, pageOf } from './packed.ts';
import { faultOf, wrongShape } from './replies.ts';
import { createShelves, type ShelvesOptions } from './shelves.ts';
import { readCarriers } from './wire.ts';
import { listQuery } from './wire-requests.ts';

export interface ReadsOptions extends ShelvesOptions {
  readonly calls: Calls;
  readonly budget: Budget;
  readonly telemetry: Telemetry;
  readonly lookupBatching: LookupBatching;
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

export function createReads(options: ReadsOptions): Reads {
  const { calls, clock, lifetime } = options;
  const lore = createLoreBook(clock);
  const { replies, trackings, pages, carrierList } = createShelves(options);
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
