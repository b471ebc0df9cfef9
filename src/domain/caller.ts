// Who waits for an upstream answer and for how long. One per GraphQL operation; handed down through every room.

import type { Departure } from './departure.ts';
import type { FaultCode } from './errors.ts';

/** Something that happened to an operation on its way, for its log line and its `extensions`. */
export type CallerNote = 'upstream-call' | 'quota-warning' | 'entity' | `stale:${FaultCode}`;

/** Who goes first when the budget is short: somebody who waits, or a refresh nobody waits for. */
export type Priority = 'user' | 'refresh';

/** The waiting side of a call. */
export interface Caller {
  /** Unix milliseconds after which an answer is worth nothing. */
  readonly deadline: number;
  /** Aborts with a `Fault` at the deadline, with anything else when the client has gone. */
  readonly signal: Departure;
  readonly priority: Priority;
  /** Wants what the upstream says now, not what is kept of earlier answers. */
  readonly readThrough: boolean;
  readonly note: (note: CallerNote) => void;
  readonly errand: Errand;
}

/** What somebody reads for. What he was given is there, to be looked at again, until it is over. */
export interface Errand {
  over: boolean;
}

/** Of who does not say when. */
export const UNENDING: Readonly<Errand> = Object.freeze({ over: false });
