// List replies as the bytes they came as. Most of what a list tells is never asked for again: objects that are kept cost
// every garbage collection, bytes cost none and take a third of the room. Promises hold a reply in this form too: those
// that waited long are old to the garbage collector when they are settled, and what they hold is copied twice before it goes.

import type { Page } from '../domain/page.ts';
import type { HeldTracking, Listing } from '../domain/tracking.ts';
import { readEnvelope } from './envelope.ts';
import { type ListReply, readList } from './wire.ts';

/** A list reply. */
export interface PackedList extends Listing {
  /** undefined: they are no longer kept (kept-replies.ts); what came just now has them. */
  bytes: Buffer | undefined;
  /** Unix milliseconds. */
  readonly readAt: number;
  /** As long as it is among the last that were read. */
  list: ListReply | undefined;
  unpacked(): ListReply;
}

/** The lists that were read last: they are asked for at once, or by chance much later. */
export type Recent = PackedList[];

// Those who wait for two calls have both. More would be there when the next garbage collection comes, and be copied.
const MOST_RECENT = 2;

/** One item of a list reply. Plain data: a call for forty has forty of them. */
export interface PackedItem {
  readonly packed: PackedList;
  readonly at: number;
}

/** A tracking, or that there is none: packed where all that is known of it is what a list told. */
export type Found = PackedItem | Exclude<HeldTracking, { readonly packed: Listing }>;

/** A page, likewise. */
export type Listed = PackedList | { readonly list: ListReply };

export const isPackedItem = (found: Found): found is PackedItem => 'packed' in found;
export const isPackedList = (listed: Listed): listed is PackedList => 'bytes' in listed;

/** The list of a reply, read at unix milliseconds `readAt`; null: its data is none. */
export function readListed(data: unknown, bytes: Buffer, readAt: number, recent: Recent): Listed | null {
  const list = readList(data, readAt);
  if (!list) return null;
  const packed = packedList(bytes, readAt, recent);
  remember(packed, list, recent);
  return packed;
}

/** `bytes` are known to hold a list. */
export function packedList(bytes: Buffer, readAt: number, recent: Recent): PackedList {
  const packed: PackedList = {
    bytes,
    readAt,
    list: undefined,
    unpacked() {
      if (packed.list) return packed.list;
      const list = packed.bytes && readList(readEnvelope(packed.bytes)?.data, readAt);
      if (!list) throw new Error('what has been read as a list is none, or gone');
      remember(packed, list, recent);
      return list;
    },
    items: () => packed.unpacked().items,
  };
  return packed;
}

function remember(packed: PackedList, list: ListReply, recent: Recent): void {
  packed.list = list;
  recent.push(packed);
  if (recent.length > MOST_RECENT) {
    const oldest = recent.shift();
    if (oldest) oldest.list = undefined;
  }
}

export const listIn = (listed: Listed): ListReply => (isPackedList(listed) ? listed.unpacked() : listed.list);

/** One item of a page. */
export function itemOf(listed: Listed, at: number): Found {
  return isPackedList(listed) ? { packed: listed, at } : { tracking: listed.list.items[at] ?? null };
}

/** A page for those who asked for it: unpacked where it is looked at. */
export const pageOf = (listed: Listed): Page => ({
  total: listIn(listed).total,
  items: () => listIn(listed).items,
});
