// List replies as the bytes they came as. Most of what a list tells is never asked for again: objects that are kept cost
// every garbage collection, bytes cost none and take a third of the room. Promises hold a reply in this form too: those
// that waited long are old to the garbage collector when they are settled, and what they hold is copied twice before it goes.

import type { Errand } from '../domain/caller.ts';
import type { Page } from '../domain/page.ts';
import type { HeldTracking, Listing } from '../domain/tracking.ts';
import type { ListReply } from './wire.ts';

/** A list reply, as kept-replies.ts keeps it. */
export interface PackedList extends Listing {
  /** undefined: it has gone. */
  bytes: Buffer | undefined;
  /** Unix milliseconds. */
  readonly readAt: number;
  /** Its number among those that are kept; 0: it is too large for that. */
  readonly serial: number;
  /** As long as it is among the last that were read. */
  list: ListReply | undefined;
  /** Who was given something of it: it does not go before all of these are over. undefined: it has only just come. */
  readers: readonly Errand[] | undefined;
  /** Is it to be found by the keys of its items? */
  indexed: boolean;
  unpacked(): ListReply;
}

/** One item of a list reply. Plain data: a call for forty has forty of them. */
export interface PackedItem {
  readonly packed: PackedList;
  readonly at: number;
}

/** A tracking, or that there is none: packed where all that is known of it is what a list told. */
export type Found = PackedItem | Exclude<HeldTracking, { readonly packed: Listing }>;

/** A page, likewise. */
export type Listed = PackedList | Unpacked;
export interface Unpacked {
  readonly list: ListReply;
}

export const isPackedItem = (found: Found): found is PackedItem => 'packed' in found;
export const isPackedList = (listed: Listed): listed is PackedList => 'bytes' in listed;

/** Somebody is given something of it. */
export function lend(listed: Listed, errand: Errand): void {
  if (isPackedList(listed)) listed.readers = listed.readers ? [...listed.readers, errand] : [errand];
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
