// What one operation carries. Made here and nowhere else, once per operation, and ended with it.

import { setMaxListeners } from 'node:events';
import type { Caller, CallerNote } from './domain/caller.ts';
import { afterFairly, type Clock } from './domain/clock.ts';
import { deadlinePassed } from './domain/errors.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { UpstreamClient } from './upstream/client.ts';

export interface Context {
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly upstream: UpstreamClient;
  /** How often each thing happened to this operation so far. */
  readonly notes: ReadonlyMap<CallerNote, number>;
  /** Ends the deadline's timer. */
  readonly done: () => void;
}

export interface ContextOptions {
  readonly upstream: UpstreamClient;
  readonly clock: Clock;
  /** From now, for the whole operation, upstream waiting included. */
  readonly deadlineMs: number;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal | undefined;
  /** The client wants nothing of earlier answers (`Cache-Control: no-cache`). */
  readonly readThrough: boolean;
}

export function createContext(options: ContextOptions): Context {
  const { upstream, clock, signal } = options;
  const abort = new AbortController();
  // Each field that waits listens; Node warns at the eleventh.
  setMaxListeners(0, abort.signal);
  const stop = () => abort.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const cancelTimer = afterFairly(clock, options.deadlineMs, () => abort.abort(deadlinePassed()));
  const notes = new Map<CallerNote, number>();
  const caller: Caller = {
    deadline: clock.now() + options.deadlineMs,
    signal: abort.signal,
    priority: 'user',
    readThrough: options.readThrough,
    note: (note) => void notes.set(note, (notes.get(note) ?? 0) + 1),
  };
  return {
    caller,
    loaders: createLoaders(upstream, caller),
    upstream,
    notes,
    done() {
      cancelTimer();
      signal?.removeEventListener('abort', stop);
    },
  };
}
