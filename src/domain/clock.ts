// Time as an argument. Nothing in the program asks the machine for it except through one of these.

/** Wall time and timers. Tests pass one they can move. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs `action` once after `ms`; the returned function cancels it. */
  after(ms: number, action: () => void): () => void;
}
