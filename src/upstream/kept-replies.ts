// List replies that are kept for the single trackings they tell of. Nearly all of these are never asked for: to keep each as
// an entry of its own costs a page of a hundred a quarter of its time. Here a reply is one entry, and an item costs its name in
// a table of numbers, which no garbage collection looks into.

import { LRUCache } from 'lru-cache';
import type { PackedItem, PackedList } from './packed.ts';

export interface KeptReplies {
  /** Keeps a reply under the key of each item, in their order; undefined: this one is not to be found here. */
  put(list: PackedList, keys: readonly (string | undefined)[]): void;
  /** The item in the newest reply that has it. */
  find(key: string): PackedItem | undefined;
  drop(key: string): void;
}

// So that the place of an item, `reply * PLACES + at`, is a small integer to V8 for the first eight million replies.
const PLACES = 256;
/** Of a key in the table. */
const KEY_BYTES = 100;

/** Least recently used replies go first. */
export function createKeptReplies(maxBytes: number): KeptReplies {
  const places = new Map<string, number>();
  const replies = new LRUCache<number, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ list, keys }) => list.bytes.length + keys.length * KEY_BYTES,
    dispose({ keys }, serial) {
      keys.forEach((key, at) => {
        if (key !== undefined && places.get(key) === serial * PLACES + at) places.delete(key);
      });
    },
  });
  let serials = 0;
  return {
    put(list, keys) {
      serials += 1;
      const serial = serials;
      const kept = keys.slice(0, PLACES);
      replies.set(serial, { list, keys: kept });
      kept.forEach((key, at) => {
        if (key !== undefined) places.set(key, serial * PLACES + at);
      });
    },
    find(key) {
      const place = places.get(key);
      if (place === undefined) return undefined;
      const reply = replies.get(Math.floor(place / PLACES));
      return reply && { packed: reply.list, at: place % PLACES };
    },
    drop: (key) => void places.delete(key),
  };
}

interface Kept {
  readonly list: PackedList;
  readonly keys: readonly (string | undefined)[];
}
