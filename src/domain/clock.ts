// Time as an argument. Nothing in the program asks the machine for it except through one of these.

/** Wall time and timers. Tests pass one they can move. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs `action` once after `ms`; the returned function cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** A timer this late means that the process stood still, not that nobody answered. */
const STALL_MS = 50;

/**
 * Runs `action` after `ms`. When the process stood still at that moment, what has arrived meanwhile is read first: the
 * process's own lateness is nobody's time-out.
 */
export function afterFairly(clock: Clock, ms: number, action: () => void): () => void {
  const due = clock.now() + ms;
  let cancel = clock.after(ms, () => {
    if (clock.now() - due > STALL_MS) cancel = clock.after(STALL_MS, action);
    else action();
  });
  return () => cancel();
}
