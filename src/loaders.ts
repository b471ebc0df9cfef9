// Per-operation DataLoaders over the upstream client, matched by key. Merging across operations is the client's.

import DataLoader from 'dataloader';
import type { Caller } from './domain/caller.ts';
import { asError, Fault } from './domain/errors.ts';
import type { TrackingKey } from './domain/key.ts';
import { MAX_BATCH } from './domain/requests.ts';
import { type Carrier, type HeldTracking, mergeTracking, type Tracking, trackingIn } from './domain/tracking.ts';
import type { UpstreamClient } from './upstream/client.ts';

export interface Loaders {
  /** A tracking by whatever call is cheapest; null when it is not in the account. */
  tracking(key: TrackingKey): Promise<Tracking | null>;
  /**
   * All that an operation looks up, for who knows it beforehand: each or why it could not be read. Without a promise for each,
   * which fifty look-ups feel.
   */
  trackings(keys: readonly TrackingKey[]): Promise<readonly (HeldTracking | Error)[]>;
  /** `tracking` with what it does not tell yet, as far as any read can tell; unchanged when it has gone. */
  completed(tracking: Tracking): Promise<Tracking>;
  /** The same for the destination country, which single reads only can tell (upstream.md Q33). */
  withDestination(tracking: Tracking): Promise<Tracking>;
  /** A carrier by its code, or null where upstream's list does not have it. */
  carrier(code: string): Promise<Carrier | null>;
  /** All trackings of an order. Orders asked for together share list calls, up to 40 in one. */
  ofOrder(orderId: string): Promise<readonly Tracking[]>;
  /** Drops what was read before a write of this operation. */
  written(key: TrackingKey): void;
}

/** One set per operation: what it read once it does not read again, and nothing outlives it. */
export function createLoaders(upstream: UpstreamClient, caller: Caller): Loaders {
  const byKey = <T>(read: DataLoader.BatchLoadFn<TrackingKey, T>) =>
    new DataLoader<TrackingKey, T, string>(read, { cacheKeyFn: ({ text }) => text });
  // Made when they are first asked for: few operations need them.
  let lookups: DataLoader<TrackingKey, HeldTracking, string> | undefined;
  let singles: DataLoader<TrackingKey, Tracking | null, string> | undefined;
  let orders: DataLoader<string, readonly Tracking[]> | undefined;
  let together: Together = NOTHING;
  async function tracking(key: TrackingKey): Promise<Tracking | null> {
    const at = together.keys.findIndex((each) => each.text === key.text);
    if (at >= 0) return trackingIn(sure((await together.all)[at]));
    lookups ??= byKey((keys) => upstream.lookups(keys, caller));
    return trackingIn(await lookups.load(key));
  }
  const merged = async (tracking: Tracking, read: Promise<Tracking | null>) => {
    const found = await read;
    return found ? mergeTracking(tracking, found) : tracking;
  };
  return {
    tracking,
    trackings(keys) {
      together = { keys, all: upstream.lookups(keys, caller) };
      return together.all;
    },
    completed: (known) => merged(known, tracking(known.key)),
    async withDestination(tracking) {
      if (!upstream.singleTellsDestination()) return tracking;
      singles ??= byKey((keys) => Promise.all(keys.map((key) => upstream.readSingly(key, caller).catch(asError))));
      return merged(tracking, singles.load(tracking.key));
    },
    async carrier(code) {
      const wanted = code.trim().toLowerCase();
      return (await upstream.carriers(caller)).find((carrier) => carrier.code.toLowerCase() === wanted) ?? null;
    },
    ofOrder(orderId) {
      orders ??= new DataLoader((ids) => readOrders(upstream, ids, caller), { maxBatchSize: MAX_BATCH });
      return orders.load(orderId);
    },
    written(key) {
      together = NOTHING;
      lookups?.clear(key);
      singles?.clear(key);
    },
  };
}

interface Together {
  readonly keys: readonly TrackingKey[];
  readonly all: ReturnType<UpstreamClient['lookups']>;
}
const NOTHING: Together = { keys: [], all: Promise.resolve([]) };

function sure(read: HeldTracking | Error | undefined): HeldTracking {
  if (read === undefined || read instanceof Error) throw asError(read);
  return read;
}

// An order of hundreds of parcels is a wholesaler's, and costs a call for each two hundred.
const ORDERS_PAGE = 200;

/** The trackings of each order, in the order of `ids`. */
async function readOrders(
  upstream: UpstreamClient,
  ids: readonly string[],
  caller: Caller,
): Promise<readonly (readonly Tracking[])[]> {
  const found = new Map<string, Tracking[]>(ids.map((id) => [id, []]));
  for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
    const list = await upstream.list({ orderIds: ids }, { page, limit: ORDERS_PAGE, skip: 0 }, caller);
    const trackings = list.items();
    if (trackings.length === 0) break;
    for (const tracking of trackings) {
      const of = typeof tracking?.orderId === 'string' ? found.get(tracking.orderId) : undefined;
      // An account without this filter lists everything: no answer can be made of that.
      if (tracking && !of) throw new Fault('UPSTREAM_INVALID_RESPONSE', 'The upstream does not filter by order id.');
      if (tracking) of?.push(tracking);
    }
    seen += trackings.length;
    ({ total } = list);
  }
  return ids.map((id) => found.get(id) ?? []);
}
