// List replies as the bytes they came as. Most of what a list tells is never asked for again: objects that are kept cost
// every garbage collection, bytes cost none and take a third of the room. Promises hold a reply in this form too: those
// that waited long are old to the garbage collector when they are settled, and what they hold is copied twice before it goes.

import type { Page } from '../domain/page.ts';
import type { Tracking } from '../domain/tracking.ts';
import { readEnvelope } from './envelope.ts';
import { type ListReply, readList } from './wire.ts';

/** A list reply. */
interface Packed {
  /** What is kept on its behalf. */
  readonly bytes: number;
  readonly reply: Reply;
}

/** One item of a list reply. Plain data: a page has a hundred of them. */
interface PackedItem extends Packed {
  readonly at: number;
}

interface Reply {
  readonly bytes: Buffer;
  /** Unix milliseconds. */
  readonly readAt: number;
  /** Until the end of the turn of the event loop in which it was read. */
  list: ListReply | undefined;
}

/** A tracking, or that there is none: packed where all that is known of it is what a list told. */
export type Found = PackedItem | { readonly tracking: Tracking | null };

/** A page, likewise. */
export type Listed = Packed | { readonly list: ListReply };

export const isPacked = <T extends object>(value: T): value is Extract<T, Packed> => 'reply' in value;

/** The list of a reply, read at unix milliseconds `readAt`; null: its data is none. */
export function readListed(data: unknown, bytes: Buffer, readAt: number): Listed | null {
  const list = readList(data, readAt);
  if (!list) return null;
  const reply: Reply = { bytes, readAt, list };
  forgetSoon(reply);
  return { bytes: bytes.length, reply };
}

export function listIn(listed: Listed): ListReply {
  return isPacked(listed) ? unpacked(listed.reply) : listed.list;
}

export function trackingIn(found: Found): Tracking | null {
  return isPacked(found) ? (unpacked(found.reply).items[found.at] ?? null) : found.tracking;
}

/** One item of a page. */
export function itemOf(listed: Listed, at: number): Found {
  if (!isPacked(listed)) return { tracking: listed.list.items[at] ?? null };
  const { items } = unpacked(listed.reply);
  return { bytes: Math.ceil(listed.bytes / items.length), reply: listed.reply, at };
}

/** A page for those who asked for it: unpacked where it is looked at. */
export const pageOf = (listed: Listed): Page => ({
  total: listIn(listed).total,
  items: () => listIn(listed).items,
});

function unpacked(reply: Reply): ListReply {
  if (reply.list) return reply.list;
  const list = readList(readEnvelope(reply.bytes)?.data, reply.readAt);
  if (!list) throw new Error('what has been read as a list is none');
  reply.list = list;
  forgetSoon(reply);
  return list;
}

/** Items of one reply are asked for together; after this turn only those who took one hold it. */
function forgetSoon(reply: Reply): void {
  setImmediate(() => {
    reply.list = undefined;
  });
}
