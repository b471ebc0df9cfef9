// The list and the status counts (upstream.md §4.6, §5.3): filters, paging, order. Reads the store, changes nothing.

import { orderTime } from './shape.ts';
import type { Answer, Call } from './call.ts';
import type { Account, Tracking } from './store.ts';

/** Status words of upstream.md §8.1, in the order of §5.3. */
const statusWords = ['pending', 'notfound', 'transit', 'pickup', 'delivered', 'undelivered', 'exception', 'expired'];
const MAX_NAMED = 40;

type Test = (tracking: Tracking) => boolean;
/** A filter read from a request: a test, nothing to test, or the code of a refusal. */
type Filter = Test | null | number;

// An unreadable time is no filter, or 4012 with `bad-paging` = `4012`.
function rangeFilter(call: Call, names: readonly [string, string], valueOf: (t: Tracking) => number | null): Filter {
  const bounds = names.map((name) => call.param(name)).map((text) => (text === '' ? null : Number(text)));
  if (call.settings.badPaging === '4012' && bounds.some(Number.isNaN)) return 4012;
  const [min = null, max = null] = bounds.map((bound) => (Number.isNaN(bound) ? null : bound));
  if (min === null && max === null) return null;
  return (t) => {
    const value = valueOf(t);
    return value !== null && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
const created = (call: Call): Filter =>
  rangeFilter(call, ['created_at_min', 'created_at_max'], (t) => seconds(t.created));
const ordered = (call: Call): Filter =>
  rangeFilter(call, ['order_created_time_min', 'order_created_time_max'], (t) =>
    orderTime(t.values.order_create_time, call.settings.utcOffset),
  );
const updated = (call: Call): Filter =>
  rangeFilter(call, ['update_time_min', 'update_time_max'], (t) => {
    const { lookup } = call.store.look(t, call.now).sight;
    return lookup === null ? null : seconds(lookup);
  });

function statusFilter(call: Call): Filter {
  const word = call.param('status').toLowerCase();
  if (word === '') return null;
  if (![...statusWords, 'inforeceived'].includes(word)) return call.settings.listInvalidStatus;
  return (t) => call.store.look(t, call.now).sight.status.toLowerCase() === word;
}

function named(call: Call, name: string): readonly string[] | number {
  const all = call
    .param(name)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (all.length <= MAX_NAMED) return all;
  return call.settings.tooManyNumbers === 'truncate' ? all.slice(0, MAX_NAMED) : 4012;
}

/** The trackings to look through: those of the numbers asked for, by the index, or all; oldest first. */
function candidates(account: Account, numbers: readonly string[]): readonly Tracking[] {
  if (numbers.length === 0) return account.order;
  const found = new Set(numbers.flatMap((number) => account.byNumber.get(number.toUpperCase()) ?? []));
  return [...found].sort((a, b) => a.rank - b.rank);
}

function pageNumber(call: Call, name: string, fallback: number, max: number): number | null {
  const text = call.param(name);
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (text === '') return fallback;
  if (value >= 1 && value <= max) return value;
  if (call.settings.badPaging === '4012') return null;
  return value > max ? max : fallback;
}

/** The matches, oldest first, or the code of a refusal. */
function matches(call: Call): readonly Tracking[] | number {
  const known = call.settings.listFilters === 'all';
  const numbers = known ? named(call, 'numbers') : [];
  const orders = known ? named(call, 'orders') : [];
  if (typeof numbers === 'number') return numbers;
  if (typeof orders === 'number') return orders;
  const archived = known ? call.param('archived') : '';
  const filters: readonly Filter[] = [
    orders.length > 0 ? (t: Tracking) => orders.includes(t.values.order_id ?? '') : null,
    archived === 'true' || archived === 'false' ? (t: Tracking) => t.archived === (archived === 'true') : null,
    created(call),
    ordered(call),
    updated(call),
    statusFilter(call),
  ];
  const tests: Test[] = [];
  for (const filter of filters) {
    if (typeof filter === 'number') return filter;
    if (filter) tests.push(filter);
  }
  const pool = candidates(call.account, numbers);
  return tests.length === 0 ? pool : pool.filter((t) => tests.every((test) => test(t)));
}

/** GET or POST `/trackings/get`. Only the page is written, from cached texts. */
export function listTrackings(call: Call): Answer {
  const page = pageNumber(call, 'page', 1, Number.MAX_SAFE_INTEGER);
  const limit = pageNumber(call, 'limit', 100, 2000);
  if (page === null || limit === null) return { code: 4012, data: '[]' };
  const found = matches(call);
  if (typeof found === 'number') return { code: found, data: '[]' };
  const end = Math.max(0, found.length - (page - 1) * limit);
  const items = found.slice(Math.max(0, end - limit), end).reverse();
  const empty = call.account.order.length === 0 || call.settings.listPastEnd === '4031';
  if (items.length === 0 && empty) return { code: 4031, data: '[]' };
  const texts = items.map((t) => call.text('list', t));
  const head = `{"page":${page},"limit":${limit},"total":"${found.length}","count":${items.length},"items":[`;
  return { code: 200, data: `${head}${texts.join(',')}]}` };
}

/** GET `/trackings/getstatusnumber`: words outside the eight are not counted. */
export function countStatuses(call: Call): Answer {
  const counts = new Map(statusWords.map((word) => [word, 0]));
  const tests = [created(call), ordered(call)];
  if (tests.some((test) => typeof test === 'number')) return { code: 4012, data: '[]' };
  for (const t of call.account.order) {
    if (!tests.every((test) => typeof test !== 'function' || test(t))) continue;
    const { status } = call.store.look(t, call.now).sight;
    const count = counts.get(status);
    if (count !== undefined) counts.set(status, count + 1);
  }
  return { code: 200, data: JSON.stringify(Object.fromEntries(counts)) };
}
