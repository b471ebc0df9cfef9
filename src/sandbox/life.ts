// The life of one tracking (upstream.md §13.5, §7.4): which lookups happened, which events they show, what follows from them.
// Pure functions of script, creation, lookups and clock: no timers, no storage, no wire names.

/** One event of a script. */
export interface LifeEvent {
  /** Milliseconds after creation, may be negative. */
  readonly at: number;
  readonly text: string;
  readonly place: string;
  readonly status: string;
  readonly substatus: string;
  /** Printed without seconds. */
  readonly short: boolean;
  /** The place's own UTC offset in milliseconds; null: the account's. */
  readonly zone: number | null;
  /** UPS only: `ActType` (upstream.md §7.2). */
  readonly act?: string | undefined;
}

/** The events a number will have; lists are newest first, as on the wire. */
export interface Script {
  /** English name of the country of posting, or empty. */
  readonly from: string;
  /** Never looked up by the cycle: stays `pending`. */
  readonly queued: boolean;
  readonly origin: readonly LifeEvent[];
  readonly destination: readonly LifeEvent[];
  readonly destinationCarrier: string | null;
}

/** Settings of a life, in milliseconds. */
export interface LifeRules {
  readonly offset: number;
  readonly firstLookup: number;
  readonly refresh: number;
  readonly expire: number;
}

/** An event at its moment; `wall` is the `Date` it prints, as if that were UTC, in ms. */
export interface TimedEvent {
  readonly event: LifeEvent;
  readonly at: number;
  readonly wall: number;
}

/** A script laid out in time. `lookups`: the cycle lookups that can show something new; `end`: the one that is the last. */
export interface Course {
  readonly created: number;
  readonly rules: LifeRules;
  readonly first: number;
  readonly origin: readonly TimedEvent[];
  readonly destination: readonly TimedEvent[];
  readonly lookups: readonly number[];
  readonly end: number;
}

/** Values that follow from the visible events (upstream.md §7.4). */
export interface Derived {
  readonly newestOrigin: TimedEvent | undefined;
  readonly latest: TimedEvent | undefined;
  readonly received: TimedEvent | undefined;
  readonly itemTimeLength: number | null;
  readonly stayTimeLength: number | null;
}

/** What one lookup shows. */
export interface Sight extends Derived {
  readonly lookup: number | null;
  readonly status: string;
  readonly origin: readonly TimedEvent[];
  readonly destination: readonly TimedEvent[];
}

const DAY = 86_400_000;
const announcements = ['inforeceived', 'notfound', 'pending'];

/** Does the event only announce the parcel (upstream.md §7.4)? */
export const isAnnouncement = (e: TimedEvent): boolean => announcements.includes(e.event.status.toLowerCase());

/** The event that counts as "item received": the oldest of a list that is no announcement. */
export const receivedOf = (events: readonly TimedEvent[]): TimedEvent | undefined =>
  events.findLast((e) => !isAnnouncement(e));

/** The later of the two newest events by `Date`; equal: the destination's. */
export function latestOf(origin: readonly TimedEvent[], destination: readonly TimedEvent[]): TimedEvent | undefined {
  const [o0, d0] = [origin[0], destination[0]];
  if (!o0 || !d0) return d0 ?? o0;
  return d0.wall >= o0.wall ? d0 : o0;
}

// Rounded up; a negative span counts as nothing (upstream.md §7.4).
const days = (from: number, to: number): number => Math.max(0, Math.ceil((to - from) / DAY));

/** The derived values; `nowWall` is the wall clock of the account's offset, in ms as if UTC. */
export function derive(
  origin: readonly TimedEvent[],
  destination: readonly TimedEvent[],
  status: string,
  nowWall: number,
): Derived {
  const newestOrigin = origin[0];
  const latest = latestOf(origin, destination);
  const received = receivedOf(origin);
  const until = status === 'delivered' && latest ? latest.wall : nowWall;
  return {
    newestOrigin,
    latest,
    received,
    itemTimeLength: received ? days(received.wall, until) : null,
    stayTimeLength: newestOrigin ? days(newestOrigin.wall, nowWall) : null,
  };
}

function lay(events: readonly LifeEvent[], created: number, offset: number): TimedEvent[] {
  return events.map((event) => {
    const at = created + event.at;
    const step = event.short ? 60_000 : 1000;
    return { event, at, wall: Math.floor((at + (event.zone ?? offset)) / step) * step };
  });
}

const visible = (events: readonly TimedEvent[], at: number): readonly TimedEvent[] => {
  const shown = events.filter((e) => e.at <= at);
  return shown.length === events.length ? events : shown;
};

/** The status a lookup finds, before any word set by PUT: expired, else that of the latest event, else `notfound`. */
export function statusAt(course: Omit<Course, 'lookups' | 'end'>, lookup: number): string {
  const origin = visible(course.origin, lookup);
  const latest = latestOf(origin, visible(course.destination, lookup));
  const start = receivedOf(origin)?.at ?? course.created;
  const status = latest?.event.status ?? 'notfound';
  return status !== 'delivered' && lookup - start >= course.rules.expire ? 'expired' : status;
}

/** Refreshing ends with these. */
export const isFinal = (status: string): boolean => status === 'delivered' || status === 'expired';

/** Lays a script out from its creation: every moment that can change something, moved to the cycle lookup that sees it. */
export function createCourse(script: Script, created: number, rules: LifeRules): Course {
  const origin = lay(script.origin, created, rules.offset);
  const destination = lay(script.destination, created, rules.offset);
  const first = script.queued ? Infinity : created + rules.firstLookup;
  const bare = { created, rules, first, origin, destination };
  if (script.queued) return { ...bare, lookups: [], end: Infinity };
  const seenAt = (at: number): number =>
    at <= first ? first : first + Math.ceil((at - first) / rules.refresh) * rules.refresh;
  const starts = [created, receivedOf(origin)?.at ?? created];
  const moments = [created, ...[...origin, ...destination].map((e) => e.at), ...starts.map((at) => at + rules.expire)];
  const lookups = [...new Set(moments.map(seenAt))].sort((a, b) => a - b);
  const last = lookups.findIndex((at) => isFinal(statusAt(bare, at)));
  if (last < 0) return { ...bare, lookups, end: Infinity };
  return { ...bare, lookups: lookups.slice(0, last + 1), end: lookups[last] ?? Infinity };
}

/** The newest lookup up to `now`: of the cycle (which stops at `ended`), or the realtime one; null before the first. */
export function lastLookup(
  course: Course,
  now: number,
  realtimeAt: number | null,
  ended: number | null,
): number | null {
  const limit = Math.min(now, course.end, ended ?? Infinity);
  const { first, rules } = course;
  const cycle = limit >= first ? first + Math.floor((limit - first) / rules.refresh) * rules.refresh : null;
  if (cycle === null || realtimeAt === null) return cycle ?? realtimeAt;
  return Math.max(cycle, realtimeAt);
}

/** What the lookup at `lookup` shows (null: none yet); `override` is the word set by PUT. */
export function see(course: Course, lookup: number | null, override: string | null): Sight {
  const at = lookup ?? -Infinity;
  const origin = visible(course.origin, at);
  const destination = visible(course.destination, at);
  const status = override ?? (lookup === null ? 'pending' : statusAt(course, lookup));
  const derived = derive(origin, destination, status, (lookup ?? course.created) + course.rules.offset);
  return { lookup, status, origin, destination, ...derived };
}
