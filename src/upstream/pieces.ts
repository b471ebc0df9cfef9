// The pieces in which a reply comes, put together in memory that is used again and again. A buffer of its own for each
// reply is 70 MB a second under load, and what has waited for its last piece is old to the garbage collector: that memory
// came back at the next full collection only.

/** What has come of a reply so far. */
export interface Pieces {
  /** The only one so far: most replies come in one. */
  first: Buffer | undefined;
  /** All of them, when there are several. */
  room: Buffer | undefined;
  length: number;
}

export interface Assembly {
  add(pieces: Pieces, chunk: Buffer): void;
  /** All of it, until `release`. */
  whole(pieces: Pieces): Buffer;
  /** They are not needed any more. */
  release(pieces: Pieces): void;
}

export const noPieces = (): Pieces => ({ first: undefined, room: undefined, length: 0 });

const ROOM_BYTES = 256 * 1024;
const MOST_ROOMS = 8;
const NOTHING = Buffer.alloc(0);

export function createAssembly(): Assembly {
  const free: Buffer[] = [];

  function give(room: Buffer | undefined): void {
    if (room?.length === ROOM_BYTES && free.length < MOST_ROOMS) free.push(room);
  }

  /** Room for so many bytes, with what the pieces have already. */
  function roomFor({ first, room, length }: Pieces, bytes: number): Buffer {
    if (room && room.length >= bytes) return room;
    let size = ROOM_BYTES;
    while (size < bytes) size *= 2;
    const larger = (size === ROOM_BYTES && free.pop()) || Buffer.allocUnsafeSlow(size);
    (room ?? first)?.copy(larger, 0, 0, length);
    give(room);
    return larger;
  }

  return {
    add(pieces, chunk) {
      if (pieces.length === 0) pieces.first = chunk;
      else {
        pieces.room = roomFor(pieces, pieces.length + chunk.length);
        pieces.first = undefined;
        chunk.copy(pieces.room, pieces.length);
      }
      pieces.length += chunk.length;
    },
    whole: ({ first, room, length }) => first ?? room?.subarray(0, length) ?? NOTHING,
    release(pieces) {
      give(pieces.room);
      pieces.first = undefined;
      pieces.room = undefined;
      pieces.length = 0;
    },
  };
}
