// The judge of the documented call limits: a window of one second per key and class, and the lock after a call too many
// (upstream.md §10.2). Which class a route belongs to is in the table of endpoints.
import type { SandboxSettings } from './settings.ts';

/** What a call costs: `list`, `realtime`, or its own route for every other endpoint. */
export interface Judge {
  /** True when the call must be refused with 429; it then counts as a violation. */
  refuses(key: string, limitClass: string, now: number): boolean;
  violations(): number;
}

const WINDOW_MS = 1000;

/** A judge with empty windows. `now` of a call is in milliseconds of the clock that `rate-clock` names. */
export function createJudge(settings: () => SandboxSettings): Judge {
  const windows = new Map<string, number[]>();
  const locks = new Map<string, number>();
  let violations = 0;
  return {
    violations: () => violations,
    refuses(key, limitClass, now) {
      const { limits, rateList, rateRealtime, rateOther, rateLock } = settings();
      if (!limits) return false;
      // The lock is not prolonged by calls inside it.
      if (now < (locks.get(key) ?? -Infinity)) {
        violations += 1;
        return true;
      }
      const rate = limitClass === 'list' ? rateList : limitClass === 'realtime' ? rateRealtime : rateOther;
      if (rate === 0) return false;
      const name = `${key}\n${limitClass}`;
      const recent = (windows.get(name) ?? []).filter((at) => at > now - WINDOW_MS);
      windows.set(name, recent);
      if (recent.length < rate) {
        recent.push(now);
        return false;
      }
      locks.set(key, now + rateLock * 1000);
      violations += 1;
      return true;
    },
  };
}
