// What the sandbox remembers: accounts, their trackings, and what each tracking looks like at a time (kept until a lookup).
// It decides no codes and writes no JSON; lives come from life.ts, scripts from scripts.ts.
import { createHash } from 'node:crypto';
import { carriers } from './carriers.ts';
import { createCourse, isFinal, lastLookup, see, statusAt } from './life.ts';
import { scriptFor } from './scripts.ts';
import { seedParcels } from './seed.ts';
import type { Course, LifeRules, Script, Sight } from './life.ts';
import type { SandboxSettings } from './settings.ts';

/** The values a caller can give, by their name on the wire; absent = not set. */
export type Values = Partial<
  Record<
    | 'title'
    | 'logistics_channel'
    | 'customer_name'
    | 'customer_email'
    | 'customer_phone'
    | 'order_id'
    | 'comment'
    | 'order_create_time'
    | 'destination_code',
    string
  >
>;

/** What a tracking is registered with. */
export interface Draft {
  readonly carrier: string;
  readonly number: string;
  readonly values: Values;
  readonly lang: string | null;
}

interface Memo {
  readonly settings: SandboxSettings;
  readonly course: Course;
  sight: Sight;
  texts: Map<string, string>;
}

/** A registered carrier + number pair; times are sandbox milliseconds. */
export interface Tracking extends Draft {
  readonly id: string;
  readonly created: number;
  /** Rank among all trackings by creation. */
  readonly rank: number;
  readonly script: Script;
  values: Values;
  archived: boolean;
  /** Status word set by PUT, until PUT 8. */
  override: 'delivered' | 'exception' | null;
  realtimeAt: number | null;
  /** The realtime lookup that found the end, if one did. */
  ended: number | null;
  /** Up to when, and at which word, webhooks have followed it; null: not yet. */
  noticed: { at: number; status: string } | null;
  memo: Memo | null;
}

/** The owner of a key. `order` is the order of creation. */
export interface Account {
  readonly name: string;
  readonly order: Tracking[];
  readonly byNumber: Map<string, Tracking[]>;
  /** Ids that have cost a unit of quota. */
  readonly paid: Set<string>;
  detections: number;
}

/** The memory of one sandbox. */
export interface Store {
  account(name: string): Account;
  accounts(): readonly Account[];
  find(account: Account, carrier: string, number: string): Tracking | undefined;
  add(account: Account, draft: Draft, created: number): Tracking;
  remove(account: Account, tracking: Tracking): void;
  /** What a read at `now` shows; `texts` is a cache of its written forms, dropped when anything changes. */
  look(tracking: Tracking, now: number): { sight: Sight; texts: Map<string, string> };
  /** The layout of its life, for the webhooks. */
  course(tracking: Tracking): Course;
  /** A carrier lookup at `now`. */
  lookUp(tracking: Tracking, now: number): void;
  /** To be called when a value of the tracking has changed. */
  touch(tracking: Tracking): void;
}

/** Id rule of upstream.md §13.3: md5 of `account|carrier|NUMBER`. */
export const trackingId = (account: string, carrier: string, number: string): string =>
  createHash('md5').update(`${account}|${carrier.toLowerCase()}|${number.toUpperCase()}`).digest('hex');

/** The rules of a life for one carrier: express and globalpost differ (upstream.md §10.4, §13.5). */
export function rulesFor(carrier: string, settings: SandboxSettings): LifeRules {
  const post = carriers.get(carrier.toLowerCase())?.type === 'globalpost';
  return {
    offset: settings.utcOffset,
    firstLookup: settings.firstLookup * 1000,
    refresh: settings.refresh[post ? 1 : 0] * 3_600_000,
    expire: settings.expireDays[post ? 1 : 0] * 86_400_000,
  };
}

/** An empty memory. `start` is the start of the sandbox clock, from which the seed counts back. */
export function createStore(settings: () => SandboxSettings, start: number): Store {
  const all = new Map<string, Account>();
  let ranks = 0;

  function memoOf(tracking: Tracking): Memo {
    const current = settings();
    if (tracking.memo?.settings === current) return tracking.memo;
    const course = createCourse(tracking.script, tracking.created, rulesFor(tracking.carrier, current));
    tracking.memo = { settings: current, course, sight: see(course, null, tracking.override), texts: new Map() };
    return tracking.memo;
  }

  const store: Store = {
    account(name) {
      const known = all.get(name);
      if (known) return known;
      const account: Account = { name, order: [], byNumber: new Map(), paid: new Set(), detections: 0 };
      all.set(name, account);
      if (name === 'demo' && settings().seed) {
        for (const parcel of seedParcels(start)) {
          const tracking = store.add(account, parcel, parcel.created);
          tracking.archived = parcel.archived;
          tracking.noticed = null;
        }
      }
      return account;
    },
    accounts: () => [...all.values()],
    find: (account, carrier, number) =>
      account.byNumber.get(number.toUpperCase())?.find((t) => t.carrier.toLowerCase() === carrier.toLowerCase()),
    add(account, draft, created) {
      const id = trackingId(account.name, draft.carrier, draft.number);
      const tracking: Tracking = {
        ...draft,
        id,
        created,
        rank: ranks++,
        script: scriptFor(draft.carrier, draft.number),
        archived: false,
        override: null,
        realtimeAt: null,
        ended: null,
        noticed: { at: created, status: 'pending' },
        memo: null,
      };
      account.order.push(tracking);
      const key = draft.number.toUpperCase();
      account.byNumber.set(key, [...(account.byNumber.get(key) ?? []), tracking]);
      account.paid.add(id);
      return tracking;
    },
    remove(account, tracking) {
      account.order.splice(account.order.indexOf(tracking), 1);
      const key = tracking.number.toUpperCase();
      const others = account.byNumber.get(key)?.filter((t) => t !== tracking) ?? [];
      if (others.length > 0) account.byNumber.set(key, others);
      else account.byNumber.delete(key);
    },
    look(tracking, now) {
      const memo = memoOf(tracking);
      const lookup = lastLookup(memo.course, now, tracking.realtimeAt, tracking.ended);
      if (lookup !== memo.sight.lookup) {
        memo.sight = see(memo.course, lookup, tracking.override);
        memo.texts = new Map();
      }
      return memo;
    },
    course: (tracking) => memoOf(tracking).course,
    lookUp(tracking, now) {
      tracking.realtimeAt = now;
      if (isFinal(statusAt(memoOf(tracking).course, now))) tracking.ended ??= now;
    },
    touch(tracking) {
      tracking.memo = null;
    },
  };
  return store;
}
