// List replies as bytes, in one piece of memory that is written round and round: the oldest go first, and what somebody still
// reads moves into a buffer of its own. Nearly all that they tell is never asked for; a buffer for each, and entries for
// each item, cost a page of a hundred a third of its time, most of it for full garbage collections. An item is found by its
// key in a table of numbers, which no garbage collection looks into.

import { readEnvelope } from './envelope.ts';
import type { PackedItem, PackedList } from './packed.ts';
import { type ListReply, readList } from './wire.ts';

export interface KeptReplies {
  /** Copies a reply, of which `list` was read at unix milliseconds `readAt`. */
  keep(bytes: Buffer, list: ListReply, readAt: number): PackedList;
  /** Makes its items to be found by their keys, in their order; undefined: this one is not. */
  index(list: PackedList, keys: readonly (string | undefined)[]): void;
  /** A reply by its number, as long as it is kept. */
  numbered(serial: number): PackedList | undefined;
  /** The item in the newest reply that has it. */
  find(key: string): PackedItem | undefined;
  drop(key: string): void;
}

interface Kept {
  readonly from: number;
  readonly to: number;
  readonly list: PackedList;
  keys: readonly (string | undefined)[];
}

// So that the place of an item, `serial * PLACES + at`, is a small integer to V8 for the first eight million replies.
const PLACES = 256;
/** Of all room, for one reply. */
const LARGEST_SHARE = 4;
// Unpacked at a time. Those who wait for two calls have both; more would be there when the next garbage collection comes, and
// be copied.
const MOST_UNPACKED = 2;

/** The room is taken when the first reply is kept. */
export function createKeptReplies(bytes: number): KeptReplies {
  const places = new Map<string, number>();
  const replies = new Map<number, Kept>();
  const unpacked: PackedList[] = [];
  let room: Buffer | undefined;
  let end = 0;
  let serials = 0;

  function push({ list, keys }: Kept): void {
    const { serial, readers, bytes: old } = list;
    replies.delete(serial);
    const read = !readers || readers.some(({ over }) => !over);
    list.bytes = old && read ? Buffer.from(old) : undefined;
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

  function remember(list: PackedList, read: ListReply): void {
    list.list = read;
    unpacked.push(list);
    if (unpacked.length > MOST_UNPACKED) {
      const oldest = unpacked.shift();
      if (oldest) oldest.list = undefined;
    }
  }

  function pack(given: Buffer, readAt: number, serial: number): PackedList {
    const packed: PackedList = {
      bytes: given,
      readAt,
      serial,
      list: undefined,
      readers: undefined,
      indexed: false,
      unpacked() {
        if (packed.list) return packed.list;
        const list = packed.bytes && readList(readEnvelope(packed.bytes)?.data, readAt);
        if (!list) throw new Error('what has been read as a list is none, or gone');
        remember(packed, list);
        return list;
      },
      items: () => packed.unpacked().items,
    };
    return packed;
  }

  function place(given: Buffer, readAt: number): PackedList {
    room ??= Buffer.allocUnsafeSlow(bytes);
    const from = claim(given.length);
    given.copy(room, from);
    serials += 1;
    const packed = pack(room.subarray(from, end), readAt, serials);
    replies.set(serials, { from, to: end, list: packed, keys: [] });
    return packed;
  }

  return {
    keep(given, list, readAt) {
      const packed = given.length > bytes / LARGEST_SHARE ? pack(Buffer.from(given), readAt, 0) : place(given, readAt);
      remember(packed, list);
      return packed;
    },
    index(list, keys) {
      const kept = replies.get(list.serial);
      if (!kept) return;
      list.indexed = true;
      kept.keys = keys.slice(0, PLACES);
      kept.keys.forEach((key, at) => {
        if (key !== undefined) places.set(key, list.serial * PLACES + at);
      });
    },
    numbered: (serial) => replies.get(serial)?.list,
    find(key) {
      const place = places.get(key);
      const reply = place === undefined ? undefined : replies.get(Math.floor(place / PLACES));
      return reply && place !== undefined ? { packed: reply.list, at: place % PLACES } : undefined;
    },
    drop: (key) => void places.delete(key),
  };
}
