// The account's call budget: when may the next call of each kind leave? Paces evenly instead of counting, because a
// call too many costs two minutes of silence (upstream.md §10.2, faults.md trap 6). Knows endpoints by name and rate
// only; what is sent in a slot, and merging, is coalesce.ts and calls.ts.

import type { Priority } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { Fault, rateLimited } from '../domain/errors.ts';
import { ENDPOINTS, type EndpointName, type RateClass } from './endpoints.ts';

/** Permission to send one call now. Exactly one of `sent` and `unused` is called, then `answered` after `sent`. */
export interface Slot {
  /** The request's bytes have left. */
  sent(): void;
  /** Nothing was sent after all: the slot is free for the next in line. */
  unused(): void;
  /** The call is over, however it ended. */
  answered(): void;
}

/** A place in the queue of one endpoint. */
export interface Ticket {
  /** When its turn is expected, in unix milliseconds. Moves earlier when others leave. */
  dueAt(): number;
  /** Will its turn leave time for an answer by then? */
  serves(deadline: number): boolean;
  /** Resolves at its turn; rejects with a `Fault` when a pause or a latch pushes it past its deadline. */
  readonly slot: Promise<Slot>;
  /** Leaves the queue; no budget is spent. Harmless after its turn. */
  cancel(): void;
}

export interface Budget {
  /** Queues for one call. Throws a `Fault` when the turn would come after `deadline`, or the account is stopped. */
  reserve(endpoint: EndpointName, deadline: number, priority: Priority): Ticket;
  /** When a call queued now could leave. */
  soonest(endpoint: EndpointName): number;
  /** After a 429: no call leaves before `now + max(penalty, retryAfterMs)`. Never shortens a pause. */
  pause(retryAfterMs: number | undefined): void;
  /** The upstream rejects the key (or its balance is empty): calls fail at once, but for one probe a minute. */
  latch(which: LatchName): void;
  /** An answer shows that key or balance are good again. */
  release(which: LatchName): void;
  state(): BudgetState;
}

export type LatchName = 'key' | 'quota';

export interface BudgetState {
  /** Unix milliseconds; 0 when there is no pause. */
  readonly pausedUntil: number;
  readonly keyRejected: boolean;
  readonly quotaExceeded: boolean;
}

export interface BudgetOptions {
  readonly clock: Clock;
  /** Calls a second; 0 = no limit. */
  readonly rates: Readonly<Record<RateClass, number>>;
  readonly penaltyMs: number;
  /** Throws a `Fault` while no call is to be made at all: the circuit breaker's say. */
  readonly gate: () => void;
}

/**
 * Added to the distance between two calls: pacing here is not pacing there (upstream.md §10.2). Of quick rates only a
 * quarter: 50 ms more would leave a tenth of 200 calls a second.
 */
const marginOf = (interval: number) => Math.min(50, interval / 4);
/** The least time an answer takes, until one is seen to take more: a turn closer to the deadline is spent for nothing. */
const ANSWER_MS = 100;
/** Of the time that those in line before a new one take, added to it: who is let in is to be served. */
const DOUBT = 0.03;
const PROBE_INTERVAL_MS = 60_000;
/** Calls of one endpoint on their way at once; matters only where no rate is set. */
const MAX_IN_FLIGHT = 48;
/** Tickets of one endpoint; matters only where no rate is set, since a paced queue is bounded by its deadlines. */
const MAX_QUEUE = 5_000;

/** An account's budget, kept in this process. */
export function createBudget(options: BudgetOptions): Budget {
  const { clock } = options;
  const lanes = new Map<EndpointName, Lane>();
  let pausedUntil = 0;
  const latches: Record<LatchName, { on: boolean; nextProbe: number }> = {
    key: { on: false, nextProbe: 0 },
    quota: { on: false, nextProbe: 0 },
  };

  function laneOf(endpoint: EndpointName): Lane {
    let lane = lanes.get(endpoint);
    if (!lane) {
      const rate = options.rates[ENDPOINTS[endpoint].rate];
      lane = createLane(clock, rate === 0 ? 0 : 1_000 / rate + marginOf(1_000 / rate), () => pausedUntil);
      lanes.set(endpoint, lane);
    }
    return lane;
  }

  function checkLatch(name: LatchName, fault: () => Fault): void {
    const latch = latches[name];
    if (!latch.on) return;
    if (clock.now() < latch.nextProbe) throw fault();
    latch.nextProbe = clock.now() + PROBE_INTERVAL_MS;
  }

  return {
    reserve(endpoint, deadline, priority) {
      options.gate();
      checkLatch('key', () => new Fault('UPSTREAM_REJECTED_KEY', 'The upstream rejects the API key of this server.'));
      if (ENDPOINTS[endpoint].paid) {
        checkLatch(
          'quota',
          () => new Fault('UPSTREAM_QUOTA_EXCEEDED', 'The quota of the upstream account is used up.'),
        );
      }
      return laneOf(endpoint).join(deadline, priority);
    },
    soonest: (endpoint) => laneOf(endpoint).soonest(),
    pause(retryAfterMs) {
      pausedUntil = Math.max(pausedUntil, clock.now() + Math.max(options.penaltyMs, retryAfterMs ?? 0));
      for (const lane of lanes.values()) lane.reconsider();
    },
    latch(which) {
      if (!latches[which].on) latches[which] = { on: true, nextProbe: clock.now() + PROBE_INTERVAL_MS };
    },
    release(which) {
      latches[which].on = false;
    },
    state: () => ({
      pausedUntil: pausedUntil > clock.now() ? pausedUntil : 0,
      keyRejected: latches.key.on,
      quotaExceeded: latches.quota.on,
    }),
  };
}

interface Waiting {
  readonly priority: Priority;
  readonly since: number;
  readonly deadline: number;
  grant(slot: Slot): void;
  refuse(fault: Fault): void;
}

interface Lane {
  join(deadline: number, priority: Priority): Ticket;
  soonest(): number;
  reconsider(): void;
}

/**
 * One endpoint's queue. `interval` is the distance between two calls in milliseconds, 0 for none. The distance is
 * counted from the moment a request leaves, not from when it was allowed to: a slow connect must not let two calls
 * arrive together. A call answered more slowly than the quickest so far may also have been *counted* later than it
 * left, so the excess is added to the distance, up to a quarter of it.
 */
function createLane(clock: Clock, interval: number, pausedUntil: () => number): Lane {
  const queue: Waiting[] = [];
  let openAt = 0;
  let leaving = false;
  let inFlight = 0;
  let quickest = 0;
  let lastSent = 0;
  /** Were there others in line when the newest call left? */
  let inLine = false;
  /** Between two calls of a full line as it has been lately, for saying when a turn will come. */
  let distance = interval;
  let cancelTimer: (() => void) | undefined;

  const base = () => Math.max(clock.now(), pausedUntil(), openAt, leaving ? clock.now() + interval : 0);
  const dueAt = (position: number) => base() + position * distance;
  /** A turn that is there when it is asked for is always worth a try. */
  const inTime = (due: number, deadline: number, since = clock.now()) =>
    due <= since || due + Math.max(ANSWER_MS, quickest) <= deadline;

  function makeSlot(): Slot {
    let sentAt = 0;
    return {
      sent() {
        sentAt = clock.now();
        if (inLine) distance = Math.max(interval, 0.8 * distance + 0.2 * Math.min(sentAt - lastSent, interval * 2));
        lastSent = sentAt;
        inLine = queue.length > 0;
        leaving = false;
        openAt = sentAt + interval * 1.25;
        serve();
      },
      unused() {
        leaving = false;
        inFlight -= 1;
        serve();
      },
      answered() {
        inFlight -= 1;
        const took = clock.now() - sentAt;
        const excess = Math.min(interval / 4, Math.max(0, took - quickest));
        quickest = quickest === 0 ? took : Math.min(quickest, took);
        // Only the newest call's answer may bring the next one forward.
        if (openAt === sentAt + interval * 1.25) openAt = sentAt + interval + excess;
        serve();
      },
    };
  }

  /** Behind its equals, before the less urgent. */
  function placeOf(priority: Priority): number {
    const firstRefresh = queue.findIndex((waiting) => waiting.priority === 'refresh');
    return priority === 'refresh' || firstRefresh < 0 ? queue.length : firstRefresh;
  }

  function refuseLate(): void {
    for (const waiting of [...queue]) {
      const at = queue.indexOf(waiting);
      if (inTime(dueAt(at), waiting.deadline, waiting.since)) continue;
      queue.splice(at, 1);
      waiting.refuse(rateLimited(dueAt(at) - clock.now()));
    }
  }

  function serve(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (queue.length === 0 && !leaving) inLine = false;
    while (queue.length > 0) {
      if (leaving && interval > 0) return;
      if (inFlight >= MAX_IN_FLIGHT) return;
      const wait = base() - clock.now();
      if (wait > 0) {
        cancelTimer = clock.after(wait, serve);
        return;
      }
      const next = queue.shift();
      // Turns come later than was expected of them: too late is no turn.
      if (next && !inTime(clock.now(), next.deadline, next.since)) {
        next.refuse(rateLimited((queue.length + 1) * distance));
        continue;
      }
      leaving = interval > 0;
      inFlight += 1;
      next?.grant(makeSlot());
    }
  }

  return {
    join(deadline, priority) {
      const place = placeOf(priority);
      const due = dueAt(place);
      const doubt = place * distance * DOUBT;
      if (!inTime(due, deadline - doubt) || queue.length >= MAX_QUEUE) throw rateLimited(due - clock.now());
      let refuse: (fault: Fault) => void = () => {};
      let waiting: Waiting | undefined;
      const slot = new Promise<Slot>((resolve, reject) => {
        refuse = reject;
        waiting = { deadline, priority, since: clock.now(), grant: resolve, refuse };
        queue.splice(place, 0, waiting);
      });
      // Refreshes that a user goes before may now come too late.
      if (place < queue.length - 1) refuseLate();
      const position = () => (waiting ? queue.indexOf(waiting) : -1);
      serve();
      return {
        slot,
        dueAt: () => dueAt(Math.max(0, position())),
        serves: (by) => inTime(dueAt(Math.max(0, position())), by),
        cancel() {
          const at = position();
          if (at >= 0) queue.splice(at, 1);
          serve();
        },
      };
    },
    soonest: () => dueAt(placeOf('user')),
    reconsider() {
      refuseLate();
      serve();
    },
  };
}
