// A clock that stands still until a test moves it.

import type { Clock } from '../../src/domain/clock.ts';

export interface TestClock extends Clock {
  /** Moves time forward, running what comes due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Timers that have neither run nor been cancelled. */
  pending(): number;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function testClock(start = Date.parse('2026-03-02T10:00:00Z')): TestClock {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly action: () => void }>();
  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + ms, action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.action();
        await settle();
      }
      now = until;
      await settle();
    },
    pending: () => timers.size,
  };
}

/** The machine's own time. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
