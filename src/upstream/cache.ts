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

/** `T` as it is read, `K` as it is kept. */
export interface ShelfOptions<T, K> {
  readonly clock: Clock;
  /** 0 to 1, for jitter, so that values stored together do not expire together. */
  readonly random: () => number;
  /** Whose answers these are: values of one credential never serve another. */
  readonly account: string;
  readonly kind: string;
  readonly lifetime: (value: T) => Lifetime;
  readonly maxBytes: number;
  /** About how many bytes a value takes. */
  readonly sizeOf: (kept: K) => number;
  /** A value as it is kept, which may be smaller; undefined: it is not kept. */
  readonly packed: (value: T) => K | undefined;
  /** A kept value as it is handed out, and kept from then on; undefined: it has gone. */
  readonly unpacked: (kept: K) => (T & K) | undefined;
  /** Asked for what is not here, by the same keys; what it finds moves here. */
  readonly behind?: Behind<T>;
  /** Milliseconds that a refresh nobody waits for may take. */
  readonly refreshMs: number;
}

/** What is kept in another form. */
export interface Behind<T> {
  /** The value, and since when it has been known in unix milliseconds. */
  find(key: string): { readonly value: T; readonly since: number } | undefined;
  drop(key: string): void;
}

/** Gives each of `asked` its value or an error, in their order. */
export type LoadAll<A, T> = (asked: readonly A[], caller: Caller) => Promise<readonly (T | Error)[]>;

/** How values are kept as they are. */
export const AS_IT_IS = { packed: <T>(value: T) => value, unpacked: <T>(value: T) => value };

/** Kept values of one kind, least recently used out. */
export interface Shelf<T, K = T> {
  /**
   * The kept value, or what `load` gives. `load` is also run for a stale value, in the background, once at a time.
   * A caller who wants it fresh always gets what `load` gives.
   */
  read(key: string, caller: Caller, load: (caller: Caller) => Promise<T>): Promise<T>;
  /** The same for many: what is not kept is loaded together. */
  readAll<A extends { readonly key: string }>(
    asked: readonly A[],
    caller: Caller,
    load: LoadAll<A, T>,
  ): Promise<readonly (T | Error)[]>;
  /** What is here, fresh or not, without counting as a use. What is behind does not count. */
  peek(fullKey: string): { readonly value: K; readonly freshUntil: number } | undefined;
  /** The name under which a key is kept, also behind. */
  fullKey(key: string): string;
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

export function createShelf<T extends object, K extends object = T>(options: ShelfOptions<T, K>): Shelf<T, K> {
  const { clock, packed, unpacked } = options;
  const entries = new LRUCache<string, Entry<K>>({
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

  function put(key: string, given: T, since = clock.now()): void {
    const { freshMs, staleMs } = options.lifetime(given);
    const value = freshMs > 0 ? packed(given) : undefined;
    if (value === undefined) return;
    const freshUntil = since + freshMs * (0.9 + 0.2 * options.random());
    entries.set(fullKey(key), {
      value,
      freshUntil,
      goneAt: freshUntil + staleMs,
      failure: undefined,
      refreshing: false,
    });
  }

  async function load<A extends { readonly key: string }>(
    asked: readonly A[],
    caller: Caller,
    read: LoadAll<A, T>,
  ): Promise<readonly (T | Error)[]> {
    const [began, then] = [drops, prefix];
    reading += 1;
    try {
      const values = await read(asked, caller);
      values.forEach((value, at) => {
        const key = asked[at]?.key;
        if (value instanceof Error || key === undefined || prefix !== then) return;
        const spoilt = drops !== began && (dropped.get(fullKey(key)) ?? 0) > began;
        if (!spoilt) put(key, value);
      });
      return values;
    } finally {
      reading -= 1;
      if (reading === 0) dropped.clear();
    }
  }

  function refresh<A extends { readonly key: string }>(
    asked: readonly A[],
    stale: readonly Entry<K>[],
    read: LoadAll<A, T>,
  ): void {
    const failed = (entry: Entry<K>, error: unknown) => {
      entry.failure = error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR';
    };
    const caller = unattended(clock.now() + options.refreshMs);
    load(asked, caller, read)
      .then(
        (values) =>
          stale.forEach((entry, at) => {
            if (values[at] instanceof Error) failed(entry, values[at]);
          }),
        (error: unknown) => stale.forEach((entry) => failed(entry, error)),
      )
      .finally(() => {
        caller.errand.over = true;
        for (const entry of stale) entry.refreshing = false;
      });
  }

  /** What has not gone; from behind too, which is then here. */
  function find(key: string): Entry<K> | undefined {
    const full = fullKey(key);
    let entry = entries.get(full);
    const found = entry ? undefined : options.behind?.find(full);
    if (found) {
      options.behind?.drop(full);
      put(key, found.value, found.since);
      entry = entries.get(full);
    }
    if (!entry || clock.now() < entry.goneAt) return entry;
    entries.delete(full);
    return undefined;
  }

  /** The value of an entry that is asked for: as it is kept from now on. */
  function used(key: string, entry: Entry<K>): T | undefined {
    const value = unpacked(entry.value);
    if (value === undefined) entries.delete(fullKey(key));
    else if (value !== entry.value) {
      const full = fullKey(key);
      // Put anew, since it takes more room from now on.
      entries.delete(full);
      entry.value = value;
      entries.set(full, entry);
    }
    return value;
  }

  async function readAll<A extends { readonly key: string }>(
    asked: readonly A[],
    caller: Caller,
    read: LoadAll<A, T>,
  ): Promise<readonly (T | Error)[]> {
    const missing: A[] = [];
    const [aged, stale]: [A[], Entry<K>[]] = [[], []];
    const kept = asked.map((each) => {
      const entry = caller.readThrough ? undefined : find(each.key);
      const value = entry && used(each.key, entry);
      if (!entry || value === undefined) {
        missing.push(each);
        return undefined;
      }
      if (clock.now() >= entry.freshUntil) {
        if (entry.failure) caller.note(`stale:${entry.failure}`);
        if (!entry.refreshing) {
          entry.refreshing = true;
          aged.push(each);
          stale.push(entry);
        }
      }
      return value;
    });
    if (stale.length > 0) refresh(aged, stale, read);
    if (missing.length === 0) return kept.filter((value) => value !== undefined);
    const loaded = await load(missing, caller, read);
    let at = 0;
    return kept.map((value) => value ?? loaded[at++] ?? new Error('a load gives each its value or an error'));
  }

  return {
    readAll,
    async read(key, caller, read) {
      const [value] = await readAll([{ key }], caller, async (_, asking) => [await read(asking)]);
      if (value === undefined || value instanceof Error) throw value;
      return value;
    },
    peek: (full) => entries.peek(full),
    fullKey,
    put,
    drop(key) {
      const full = fullKey(key);
      entries.delete(full);
      options.behind?.drop(full);
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
  return {
    deadline,
    signal: STAYING,
    priority: 'refresh',
    readThrough: false,
    note: () => {},
    errand: { over: false },
  };
}
