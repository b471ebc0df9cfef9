// Reads of single trackings: how one, and how up to 40 together are asked for, and how a list reply is matched back to
// those who asked (upstream.md §14.3).

import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { asError } from '../domain/errors.ts';
import type { TrackingKey } from '../domain/key.ts';
import { MAX_BATCH } from '../domain/requests.ts';
import type { Tracking } from '../domain/tracking.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Budget, Slot } from './budget.ts';
import type { Calls } from './calls.ts';
import { createGatherer, type Gatherer } from './coalesce.ts';
import { callerOf, callersOf, type Entry } from './entries.ts';
import type { KeptReplies } from './kept-replies.ts';
import { type Found, itemOf, lend, type Listed, listIn } from './packed.ts';
import { faultOf } from './replies.ts';
import { type ListReply, readList, readOne } from './wire.ts';
import { listQuery } from './wire-requests.ts';

export type LookupBatching = 'auto' | 'on' | 'off';
export type Lookups = Gatherer<TrackingKey, Found>;
type LookupEntry = Entry<TrackingKey, Found>;

export interface LookupsOptions {
  readonly calls: Calls;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly batching: LookupBatching;
  /** Told that a list call begins; what it returns is told of the reply, and gives what is to be handed out of it. */
  readonly beginList: () => (page: Listed) => Listed;
  readonly replies: KeptReplies;
}

// Room for numbers that several carriers share; what does not fit is read singly.
const LIST_LIMIT = 100;

/** One tracking by its own call. null: not in the account. */
export async function readSingle(
  calls: Calls,
  clock: Clock,
  key: TrackingKey,
  caller: Caller,
  slot?: Slot,
): Promise<Tracking | null> {
  const answer: { tracking?: Tracking } = {};
  const understands = (data: unknown) => {
    const tracking = readOne(data, 'single', clock.now());
    // An answer about another parcel is worse than none (faults.md A22).
    if (tracking && tracking.key.text === key.text) answer.tracking = tracking;
    return answer.tracking !== undefined;
  };
  const { verdict } = await calls.call({ endpoint: 'readOne', key, understands }, caller, slot);
  if (verdict.kind === 'empty' || (verdict.kind === 'refused' && verdict.refusal.kind === 'missing')) return null;
  if (verdict.kind !== 'ok') throw faultOf(verdict);
  return answer.tracking ?? null;
}

/** Look-ups that share list calls while they wait for the budget. */
export function createLookups(options: LookupsOptions): Lookups {
  const { calls, clock, telemetry, replies } = options;
  let filterWorks = options.batching !== 'off';

  async function readTogether(entries: readonly LookupEntry[], slot: Slot): Promise<void> {
    const numbers = [...new Set(entries.map((entry) => entry.item.trackingNumber))];
    const query = listQuery({ trackingNumbers: numbers }, { page: 1, limit: LIST_LIMIT });
    const told = options.beginList();
    const page = told(await readListReply({ calls, clock, replies }, query, callerOf(entries), slot));
    for (const { errand } of callersOf(entries)) lend(page, errand);
    const { places, whole, foreign } = matchesOf(listIn(page), new Set(numbers));
    if (foreign && options.batching === 'auto' && filterWorks) {
      filterWorks = false;
      telemetry.log('warn', 'the upstream ignores "numbers": look-ups are sent one by one from now on');
    }
    const missing: LookupEntry[] = [];
    for (const entry of entries) {
      const place = places.get(entry.key);
      if (place !== undefined) lookups.settle(entry, itemOf(page, place));
      else if (foreign || !whole) missing.push(entry);
      else lookups.settle(entry, { tracking: null });
    }
    await Promise.all(missing.map((entry) => readAlone(entry)));
  }

  async function readAlone(entry: LookupEntry, slot?: Slot): Promise<void> {
    try {
      lookups.settle(entry, { tracking: await readSingle(calls, clock, entry.item, callerOf([entry]), slot) });
    } catch (error) {
      lookups.settle(entry, asError(error));
    }
  }

  const lookups: Lookups = createGatherer({
    budget: options.budget,
    clock,
    single: 'readOne',
    many: 'list',
    size: MAX_BATCH,
    merging: () => filterWorks,
    async send(entries, slot, endpoint) {
      const [alone] = entries;
      if (endpoint === 'readOne' && alone) return readAlone(alone, slot);
      try {
        await readTogether(entries, slot);
      } catch (error) {
        for (const entry of entries) lookups.settle(entry, asError(error));
      }
    },
  });
  return lookups;
}

interface Matches {
  /** Where in the list each key is. */
  readonly places: ReadonlyMap<string, number>;
  /** Everything that matches came and could be read: what is not among it is not there. */
  readonly whole: boolean;
  /** Something came that nobody asked for: the upstream does not know the filter. */
  readonly foreign: boolean;
}

/** Matched by carrier and number, never by position (upstream.md Q38). */
function matchesOf({ items, total }: ListReply, asked: ReadonlySet<string>): Matches {
  const places = new Map<string, number>();
  let foreign = false;
  items.forEach((tracking, at) => {
    if (!tracking) return;
    places.set(tracking.key.text, at);
    foreign ||= !asked.has(tracking.key.trackingNumber);
  });
  return { places, whole: total <= places.size, foreign };
}

/** One list call; "no content" is an empty page (upstream.md Q3). */
export async function readListReply(
  { calls, clock, replies }: Pick<LookupsOptions, 'calls' | 'clock' | 'replies'>,
  query: URLSearchParams,
  caller: Caller,
  slot?: Slot,
): Promise<Listed> {
  const answer: { listed?: Listed } = {};
  const understands = (data: unknown, bytes: Buffer) => {
    const now = clock.now();
    const list = readList(data, now);
    if (list) answer.listed = replies.keep(bytes, list, now);
    return list !== null;
  };
  const { verdict } = await calls.call({ endpoint: 'list', query, understands }, caller, slot);
  if (verdict.kind !== 'ok' && verdict.kind !== 'empty') throw faultOf(verdict);
  return answer.listed ?? { list: { items: [], total: 0 } };
}
