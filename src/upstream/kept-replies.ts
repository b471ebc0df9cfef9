// List replies that are kept, whole and as bytes, in one piece of memory that is written round and round: the oldest go first.
// Nearly all that they tell is never asked for; buffers of their own, and entries for each item, cost a page of a hundred a
// third of its time, most of it for full garbage collections. An item is found by its key in a table of numbers, which no
// garbage collection looks into.

import { type PackedItem, type PackedList, packedList, type Recent } from './packed.ts';

export interface KeptReplies {
  /**
   * Keeps a reply under the key of each item, in their order; undefined: this one is not to be found here. Gives what it is
   * kept as, whose bytes go when it is pushed out; undefined: it is too large.
   */
  put(list: PackedList, keys: readonly (string | undefined)[]): PackedList | undefined;
  /** The item in the newest reply that has it. */
  find(key: string): PackedItem | undefined;
  drop(key: string): void;
}

interface Kept {
  readonly serial: number;
  readonly from: number;
  readonly to: number;
  readonly list: PackedList;
  readonly keys: readonly (string | undefined)[];
}

// So that the place of an item, `serial * PLACES + at`, is a small integer to V8 for the first eight million replies.
const PLACES = 256;
/** Of all room, for one reply. */
const LARGEST_SHARE = 4;

/** The room is taken when the first reply is kept. */
export function createKeptReplies(bytes: number, recent: Recent): KeptReplies {
  const places = new Map<string, number>();
  const replies = new Map<number, Kept>();
  let room: Buffer | undefined;
  let end = 0;
  let serials = 0;

  function push({ serial, list, keys }: Kept): void {
    replies.delete(serial);
    list.bytes = undefined;
    keys.forEach((key, at) => {
      if (key !== undefined && places.get(key) === serial * PLACES + at) places.delete(key);
    });
  }

  /** Makes room for so many bytes in one piece and says where it begins. */
  function claim(length: number): number {
    const wraps = end + length > bytes;
    const from = wraps ? 0 : end;
    // In the order in which they were written, which from here on is that of their places.
    for (const kept of replies.values()) {
      const passed = wraps && kept.from >= end;
      if (!passed && (kept.from >= from + length || kept.to <= from)) break;
      push(kept);
    }
    end = from + length;
    return from;
  }

  return {
    put(list, keys) {
      const given = list.bytes;
      if (!given || given.length > bytes / LARGEST_SHARE) return undefined;
      room ??= Buffer.allocUnsafeSlow(bytes);
      const from = claim(given.length);
      given.copy(room, from);
      serials += 1;
      const serial = serials;
      const kept = packedList(room.subarray(from, end), list.readAt, recent);
      const few = keys.slice(0, PLACES);
      replies.set(serial, { serial, from, to: end, list: kept, keys: few });
      few.forEach((key, at) => {
        if (key !== undefined) places.set(key, serial * PLACES + at);
      });
      return kept;
    },
    find(key) {
      const place = places.get(key);
      const reply = place === undefined ? undefined : replies.get(Math.floor(place / PLACES));
      return reply && place !== undefined ? { packed: reply.list, at: place % PLACES } : undefined;
    },
    drop: (key) => void places.delete(key),
  };
}
