// The one clock of a sandbox (upstream.md §13.6): starts where it is told, runs at a speed or stands still, can be moved.
// It knows nothing of what is timed by it.

/** The sandbox clock; all times are unix milliseconds. */
export interface Clock {
  now(): number;
  /** Moves it forward; works on a running clock too. */
  advance(ms: number): void;
  /** Changes speed (sandbox seconds in a real second) and standing still, from this moment on. */
  pace(speed: number, manual: boolean): void;
  /** Real milliseconds until the clock shows `at`; null when it stands still. */
  realDelay(at: number): number | null;
}

/** A clock over `realNow`; `start` null means it starts at the real time. */
export function createClock(realNow: () => number, start: number | null): Clock {
  let base = start ?? realNow();
  let since = realNow();
  let rate = 1;
  const now = (): number => Math.floor(base + (realNow() - since) * rate);
  return {
    now,
    advance(ms) {
      base += Math.max(0, ms);
    },
    pace(speed, manual) {
      base = now();
      since = realNow();
      rate = manual ? 0 : speed;
    },
    realDelay: (at) => (rate === 0 ? null : Math.max(0, (at - now()) / rate)),
  };
}
