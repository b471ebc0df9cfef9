// What is kept of earlier answers: parsed domain values, never replies. Fresh values answer by themselves; stale ones
// answer while one refresh runs, or while the upstream fails; then they are gone. Knows nothing of how values are read.

import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { STAYING } from '../domain/departure.ts';
import { Fault, type FaultCode } from '../domain/errors.ts';

/** How long a value is fresh, and how long after that it may still serve. Milliseconds. */
export interface Lifetime {
  readonly freshMs: number;
  readonly staleMs: number;
}

export interface ShelfOptions<T> {
  readonly clock: Clock;
  /** 0 to 1, for jitter, so that values stored together do not expire together. */
  readonly random: () => number;
  /** Whose answers these are: values of one credential never serve another. */
  readonly account: string;
  readonly kind: string;
  readonly lifetime: (value: T) => Lifetime;
  readonly maxBytes: number;
  /** About how many bytes a value takes. */
  readonly sizeOf: (value: T) => number;
  /** A value as it is kept once it was asked for; the same, where it is as it came. */
  readonly unpacked?: (value: T) => T;
  /** Milliseconds that a refresh nobody waits for may take. */
  readonly refreshMs: number;
}

/** Kept values of one kind, least recently used out. */
export interface Shelf<T> {
  /**
   * The kept value, or what `load` gives. `load` is also run for a stale value, in the background, once at a time.
   * A caller who wants it fresh always gets what `load` gives.
   */
  read(key: string, caller: Caller, load: (caller: Caller) => Promise<T>): Promise<T>;
  /** A value that is fresh at this moment, without counting as a use. */
  peekFresh(key: string): T | undefined;
  put(key: string, value: T): void;
  drop(key: string): void;
  /** Everything of this kind: whatever is being read now is not kept either. */
  dropAll(): void;
}

interface Entry<T> {
  value: T;
  readonly freshUntil: number;
  readonly goneAt: number;
  /** Why the last refresh failed, until one succeeds. */
  failure: FaultCode | undefined;
  refreshing: boolean;
}

/** Names an account without holding its key: for cache keys, logs and shared stores. */
export function accountFingerprint(baseUrl: string, apiKey: string): string {
  return createHash('sha256').update(`${baseUrl}\n${apiKey}`).digest('base64url').slice(0, 16);
}

// Of an entry; where there are smaller ones, fewer of them are kept than would fit.
const LEAST_BYTES = 500;

export function createShelf<T extends object>(options: ShelfOptions<T>): Shelf<T> {
  const { clock } = options;
  const entries = new LRUCache<string, Entry<T>>({
    maxSize: options.maxBytes,
    // With a number of entries it keeps its order in typed arrays, which no garbage collection looks into.
    max: Math.ceil(options.maxBytes / LEAST_BYTES),
    sizeCalculation: (entry) => options.sizeOf(entry.value),
  });
  // A read that began before a drop may have read what the drop was about, and is not kept. The drops are remembered, by
  // their number, for as long as reads are on their way.
  const dropped = new Map<string, number>();
  let drops = 0;
  let reading = 0;
  let epoch = 0;
  const prefixOf = (number: number) => `${options.account}|${options.kind}|${number}|`;
  let prefix = prefixOf(epoch);
  const fullKey = (key: string) => prefix + key;

  function put(key: string, value: T): void {
    const { freshMs, staleMs } = options.lifetime(value);
    if (freshMs <= 0) return;
    const freshUntil = clock.now() + freshMs * (0.9 + 0.2 * options.random());
    entries.set(fullKey(key), {
      value,
      freshUntil,
      goneAt: freshUntil + staleMs,
      failure: undefined,
      refreshing: false,
    });
  }

  async function load(key: string, caller: Caller, read: (caller: Caller) => Promise<T>): Promise<T> {
    const full = fullKey(key);
    const began = drops;
    reading += 1;
    try {
      const value = await read(caller);
      const spoilt = drops !== began && (dropped.get(full) ?? 0) > began;
      if (!spoilt && full === fullKey(key)) put(key, value);
      return value;
    } finally {
      reading -= 1;
      if (reading === 0) dropped.clear();
    }
  }

  function refresh(key: string, entry: Entry<T>, read: (caller: Caller) => Promise<T>): void {
    if (entry.refreshing) return;
    entry.refreshing = true;
    load(key, unattended(clock.now() + options.refreshMs), read).then(
      () => {
        entry.refreshing = false;
      },
      (error: unknown) => {
        entry.refreshing = false;
        entry.failure = error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR';
      },
    );
  }

  function find(full: string): Entry<T> | undefined {
    const entry = entries.get(full);
    if (!entry || clock.now() < entry.goneAt) return entry;
    entries.delete(full);
    return undefined;
  }

  const unpacked = options.unpacked ?? ((value) => value);

  return {
    async read(key, caller, read) {
      const full = fullKey(key);
      const entry = caller.readThrough ? undefined : find(full);
      if (!entry) return load(key, caller, read);
      const value = unpacked(entry.value);
      if (value !== entry.value) {
        // Put anew, since it takes more room from now on.
        entries.delete(full);
        entry.value = value;
        entries.set(full, entry);
      }
      if (clock.now() >= entry.freshUntil) {
        refresh(key, entry, read);
        if (entry.failure) caller.note(`stale:${entry.failure}`);
      }
      return value;
    },
    peekFresh(key) {
      const entry = entries.peek(fullKey(key));
      return entry && clock.now() < entry.freshUntil ? unpacked(entry.value) : undefined;
    },
    put,
    drop(key) {
      const full = fullKey(key);
      entries.delete(full);
      drops += 1;
      if (reading > 0) dropped.set(full, drops);
    },
    dropAll() {
      epoch += 1;
      prefix = prefixOf(epoch);
      entries.clear();
    },
  };
}

/** A refresh: nobody waits for it, so it takes what budget is left, and is not abandoned. */
function unattended(deadline: number): Caller {
  return { deadline, signal: STAYING, priority: 'refresh', readThrough: false, note: () => {} };
}
