// Facts about trackings that most reads leave out, kept from the calls that told them.

import { LRUCache } from 'lru-cache';
import type { Clock } from '../domain/clock.ts';
import type { TrackingKey } from '../domain/key.ts';
import { mergeTracking, type Tracking, type TrackingDetails } from '../domain/tracking.ts';

/** Facts that only some endpoints tell (upstream.md §6, Q33): kept so that a poorer reply does not lose them. */
type Lore = Pick<TrackingDetails, 'customerPhone' | 'logisticsChannel' | 'destinationCountry'>;

export interface LoreBook {
  /** Learns what `tracking` tells and returns it with what was known before. `id`: its key as text. */
  complete(tracking: Tracking, id: string): Tracking;
  forget(key: TrackingKey): void;
}

const MOST_TRACKINGS = 20_000;
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** In this process, least recently used out; a fact is trusted for a day, since others may change it upstream. */
export function createLoreBook(clock: Clock): LoreBook {
  const book = new LRUCache<string, Lore>({ max: MOST_TRACKINGS, ttl: KEPT_MS, perf: { now: () => clock.now() } });
  return {
    complete(tracking, id) {
      const before = book.size === 0 ? undefined : book.get(id);
      const after = learn(tracking, before);
      if (after && after !== before) book.set(id, after);
      else if (!after && before) book.delete(id);
      return after ? mergeTracking(tracking, after) : tracking;
    },
    forget: (key) => void book.delete(key.text),
  };
}

/** null is a fact too, but one that is cheap to ask again, so only values are kept; undefined = nothing is known. */
function learn(tracking: Tracking, before: Lore | undefined): Lore | undefined {
  const told = <T>(now: T | undefined, then: T | undefined) => (now === undefined ? then : (now ?? undefined));
  const { customerPhone, logisticsChannel, destinationCountry } = tracking;
  // List items tell none of these.
  if (customerPhone === undefined && logisticsChannel === undefined && destinationCountry === undefined) return before;
  const lore: Lore = {
    customerPhone: told(customerPhone, before?.customerPhone),
    logisticsChannel: told(logisticsChannel, before?.logisticsChannel),
    destinationCountry: told(destinationCountry, before?.destinationCountry),
  };
  return Object.values(lore).some((fact) => fact !== undefined) ? lore : undefined;
}
