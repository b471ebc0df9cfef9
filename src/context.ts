// What one operation carries. Made here and nowhere else, once per operation, and ended with it.

import type { Caller, CallerNote } from './domain/caller.ts';
import { createDeparture } from './domain/departure.ts';
import { afterFairly, type Clock } from './domain/clock.ts';
import { deadlinePassed } from './domain/errors.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { UpstreamClient } from './upstream/client.ts';

/** Who asks, and what they may do. */
export interface Viewer {
  /** The same for the same caller, and for nobody else. */
  readonly id: string;
  /** Of contract.md §6. */
  readonly scopes: readonly string[];
}

/** Where nobody proves who they are, everybody is the same and may do everything. */
export const ANYBODY: Viewer = Object.freeze({
  id: 'anybody',
  scopes: Object.freeze(['tracking:read', 'tracking:write', 'tracking:realtime', 'customer:read']),
});

export interface Context {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly upstream: UpstreamClient;
  /** How often each thing happened to this operation so far. */
  readonly notes: ReadonlyMap<CallerNote, number>;
  /** The client has gone: what only it waited for stops. */
  readonly abandon: (reason?: unknown) => void;
  /** Ends the deadline's timer, and what was read for it. */
  readonly done: () => void;
}

export interface ContextOptions {
  readonly upstream: UpstreamClient;
  readonly clock: Clock;
  /** From now, for the whole operation, upstream waiting included. */
  readonly deadlineMs: number;
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The client wants nothing of earlier answers (`Cache-Control: no-cache`). */
  readonly readThrough: boolean;
}

/** Does a `Cache-Control` header ask for reading through? */
export const readsThrough = (cacheControl: string | null | undefined) =>
  typeof cacheControl === 'string' && /\bno-cache\b/i.test(cacheControl);

export function createContext(options: ContextOptions): Context {
  const { upstream, clock, deadlineMs } = options;
  const startedAt = clock.now();
  const notes = new Map<CallerNote, number>();
  let cancelTimer: (() => void) | undefined;
  // An operation answered from what is kept needs no timer.
  const departure = createDeparture(() => {
    const remaining = Math.max(0, startedAt + deadlineMs - clock.now());
    cancelTimer = afterFairly(clock, remaining, () => departure.leave(deadlinePassed()));
  });
  const caller: Caller = {
    deadline: startedAt + deadlineMs,
    signal: departure,
    priority: 'user',
    readThrough: options.readThrough,
    note: (note) => void notes.set(note, (notes.get(note) ?? 0) + 1),
    errand: { over: false },
  };
  return {
    viewer: options.viewer,
    requestId: options.requestId,
    startedAt,
    caller,
    loaders: createLoaders(upstream, caller),
    upstream,
    notes,
    abandon: departure.leave,
    done() {
      cancelTimer?.();
      caller.errand.over = true;
    },
  };
}
