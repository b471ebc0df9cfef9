// Per-operation DataLoaders over the upstream client, matched by key. Merging across operations is the client's.

import DataLoader from 'dataloader';
import type { Caller } from './domain/caller.ts';
import { keyText, type TrackingKey } from './domain/key.ts';
import { mergeTracking, type Carrier, type Tracking } from './domain/tracking.ts';
import type { UpstreamClient } from './upstream/client.ts';

export interface Loaders {
  /** A tracking by whatever call is cheapest; null when it is not in the account. */
  tracking(key: TrackingKey): Promise<Tracking | null>;
  /** `tracking` with what it does not tell yet, as far as any read can tell; unchanged when it has gone. */
  completed(tracking: Tracking): Promise<Tracking>;
  /** The same for the destination country, which single reads only can tell (upstream.md Q33). */
  withDestination(tracking: Tracking): Promise<Tracking>;
  /** A carrier by its code, or null where upstream's list does not have it. */
  carrier(code: string): Promise<Carrier | null>;
  /** Drops what was read before a write of this operation. */
  written(key: TrackingKey): void;
}

/** One set per operation: what it read once it does not read again, and nothing outlives it. */
export function createLoaders(upstream: UpstreamClient, caller: Caller): Loaders {
  const byKey = (read: (key: TrackingKey) => Promise<Tracking | null>) =>
    new DataLoader<TrackingKey, Tracking | null, string>(
      (keys) => Promise.all(keys.map((key) => read(key).catch(asError))),
      { cacheKeyFn: keyText },
    );
  const lookups = byKey((key) => upstream.lookup(key, caller));
  const singles = byKey((key) => upstream.readSingly(key, caller));
  const merged = async (tracking: Tracking, read: Promise<Tracking | null>) => {
    const found = await read;
    return found ? mergeTracking(tracking, found) : tracking;
  };
  return {
    tracking: (key) => lookups.load(key),
    completed: (tracking) => merged(tracking, lookups.load(tracking.key)),
    withDestination: async (tracking) =>
      upstream.singleTellsDestination() ? merged(tracking, singles.load(tracking.key)) : tracking,
    async carrier(code) {
      const wanted = code.trim().toLowerCase();
      return (await upstream.carriers(caller)).find((carrier) => carrier.code.toLowerCase() === wanted) ?? null;
    },
    written(key) {
      lookups.clear(key);
      singles.clear(key);
    },
  };
}

/** DataLoader takes failures of single keys as values. */
function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('a read was abandoned', { cause: reason });
}
