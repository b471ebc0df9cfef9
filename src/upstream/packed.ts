// List replies that are kept as the bytes they came as, and read again when something of them is asked for again. Most of
// what is kept never is; objects that live cost every garbage collection, bytes cost none and take a third of the room.

import type { Tracking } from '../domain/tracking.ts';
import { readEnvelope } from './envelope.ts';
import { type ListReply, readList } from './wire.ts';

/** A list reply, or one item of it, as it is kept until it is asked for. Plain data: pages have a hundred of them. */
export interface Packed {
  /** What is kept on its behalf. */
  readonly bytes: number;
  readonly reply: PackedReply;
  /** Which item; of the page as a whole -1. */
  readonly at: number;
}

/** A tracking, or that there is none. `packed`: the same, where all that is known of it is what a list told. */
export interface Found {
  readonly tracking: Tracking | null;
  readonly packed?: Packed | undefined;
}

/** A page, and what it tells of each tracking. */
export interface Listed {
  readonly list: ListReply;
  readonly found: readonly Found[];
  readonly packed?: Packed | undefined;
}

interface PackedReply {
  readonly bytes: Buffer;
  /** Unix milliseconds. */
  readonly readAt: number;
  /** Many items of one reply are often asked for together; what nobody holds is not held here either. */
  read: WeakRef<ListReply> | undefined;
}

/** The list of a reply, read at unix milliseconds `readAt`; null: its data is none. */
export function readListed(data: unknown, bytes: Buffer, readAt: number): Listed | null {
  const list = readList(data, readAt);
  if (!list) return null;
  const reply: PackedReply = { bytes, readAt, read: undefined };
  const share = Math.ceil(bytes.length / (list.items.length || 1));
  return {
    list,
    found: list.items.map((tracking, at) => ({ tracking, packed: { bytes: share, reply, at } })),
    packed: { bytes: bytes.length, reply, at: -1 },
  };
}

export function unpackFound({ reply, at }: Packed): Found {
  return { tracking: listOf(reply).items[at] ?? null };
}

export function unpackListed({ reply }: Packed): Listed {
  const list = listOf(reply);
  return { list, found: list.items.map((tracking) => ({ tracking })) };
}

function listOf(reply: PackedReply): ListReply {
  const known = reply.read?.deref();
  if (known) return known;
  const list = readList(readEnvelope(reply.bytes)?.data, reply.readAt);
  if (!list) throw new Error('what has been read as a list is none');
  reply.read = new WeakRef(list);
  return list;
}
