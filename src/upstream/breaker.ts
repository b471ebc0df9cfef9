// The circuit breaker of one upstream, and the budget of repeats: what keeps a sick upstream from being asked more
// than a healthy one. Which answers count as sickness is said by failures.ts and calls.ts.

import type { Clock } from '../domain/clock.ts';
import { Fault } from '../domain/errors.ts';

export interface Breaker {
  /** Throws what `check` would, without becoming the probe: before a turn is queued for. */
  peek(): void;
  /** Throws `UPSTREAM_UNAVAILABLE` while open. true: the call is the probe, the one that is let through in its time. */
  check(): boolean;
  succeeded(): void;
  failed(): void;
  /** The probe ended without saying anything of the upstream, e.g. its caller left: another may be tried. */
  withdrawn(): void;
  isOpen(): boolean;
}

/** Failures in a row that open it. */
const TRIPS_AT = 5;
/** From opening, and from a failed probe, to the next probe. */
const PROBE_AFTER_MS = 10_000;

export function createBreaker(clock: Clock): Breaker {
  let failures = 0;
  let probeAt = 0;
  let probing = false;
  function peek(): void {
    if (failures < TRIPS_AT || (!probing && clock.now() >= probeAt)) return;
    throw new Fault('UPSTREAM_UNAVAILABLE', 'The upstream is not available.', {
      retryable: true,
      retryAfterMs: Math.max(0, probeAt - clock.now()),
    });
  }
  return {
    peek,
    check() {
      peek();
      probing = failures >= TRIPS_AT;
      return probing;
    },
    succeeded() {
      failures = 0;
      probing = false;
    },
    failed() {
      failures += 1;
      probing = false;
      if (failures >= TRIPS_AT) probeAt = clock.now() + PROBE_AFTER_MS;
    },
    withdrawn() {
      probing = false;
    },
    isOpen: () => failures >= TRIPS_AT,
  };
}

export interface RepeatBudget {
  /** A call leaves for the first time: a fifth of a repeat is earned. */
  earn(): void;
  /** May a call be sent once more? Takes one repeat if so. */
  take(): boolean;
}

/** Repeats per call, so that an upstream that fails everything is asked 1.2 times as often, not three times. */
const SHARE = 0.2;
/** Saved up at most, and given at the start, so that a quiet server may repeat too. */
const MOST_SAVED = 10;

export function createRepeatBudget(): RepeatBudget {
  let saved = MOST_SAVED;
  return {
    earn() {
      saved = Math.min(MOST_SAVED, saved + SHARE);
    },
    take() {
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
