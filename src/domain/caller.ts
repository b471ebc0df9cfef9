// Who waits for an upstream answer and for how long. One per GraphQL operation; handed down through every room.

/** Something that happened to an operation on its way, for its log line and its `extensions`. */
export type CallerNote = 'upstream-call' | 'quota-warning';

/** The waiting side of a call. */
export interface Caller {
  /** Unix milliseconds after which an answer is worth nothing. */
  readonly deadline: number;
  /** Aborts with a `Fault` at the deadline, with anything else when the client has gone. */
  readonly signal: AbortSignal;
  readonly note: (note: CallerNote) => void;
}
