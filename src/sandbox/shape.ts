// How a tracking is written: which members, in which order, with which type, per endpoint and profile (upstream.md §6, §7).
// What the values are comes from store.ts and life.ts; nothing is decided here but form.
import { carriers } from './carriers.ts';
import { phpJson } from './codes.ts';
import { isAnnouncement } from './life.ts';
import { countryName } from './scripts.ts';
import { receivedOf } from './life.ts';
import { russianTexts } from './stories.ts';
import type { Sight, TimedEvent } from './life.ts';
import type { SandboxSettings } from './settings.ts';
import type { Tracking } from './store.ts';

/** The five written forms of a tracking: columns C, S, L, R, U of upstream.md §6. */
export type Form = 'create' | 'single' | 'list' | 'realtime' | 'update';

interface Subject {
  readonly form: Form;
  readonly tracking: Tracking;
  readonly sight: Sight;
  readonly settings: SandboxSettings;
  readonly lang: string | null;
}

const words = (text: string): readonly string[] => text.split(/\s+/);

// Members whose getter gives undefined are left out, so one order serves replies with and without them.
const orders: Readonly<Record<string, readonly string[]>> = {
  fourteen: words(
    'id tracking_number carrier_code order_create_time status created_at customer_email customer_name customer_phone order_id comment title logistics_channel destination',
  ),
  nine: words('id tracking_number carrier_code status created_at customer_email customer_name order_id title'),
  update: words(
    'id tracking_number carrier_code created_at updated_at customer_email customer_name order_id title destination_code customer_phone archived status logistics_channel',
  ),
  read: words(
    'id tracking_number carrier_code status created_at updated_at order_create_time customer_email title order_id comment customer_name archived original_country destination_country itemTimeLength stayTimeLength service_code status_info origin_info destination_info lastEvent lastUpdateTime',
  ),
  'trackingmore list': words(
    'id tracking_number carrier_code status track_update created_at updated_at order_create_time customer_email title order_id comment customer_name archived original_country destination_country itemTimeLength stayTimeLength service_code status_info substatus origin_info destination_info lastEvent lastUpdateTime',
  ),
  'trackingmore single': words(
    'id tracking_number carrier_code status created_at updated_at order_create_time customer_email title order_id comment customer_name archived original_country destination_country itemTimeLength stayTimeLength origin_info destination_info service_code substatus lastEvent lastUpdateTime',
  ),
  realtime: words(
    'id tracking_number carrier_code order_create_time destination_code status track_update original_country destination_country itemTimeLength stayTimeLength service_code packageStatus substatus last_mile_tracking_supported origin_info destination_info lastEvent lastUpdateTime',
  ),
};

function orderOf({ form, settings }: Subject): readonly string[] {
  if (form === 'create') return orders[settings.createShape] ?? [];
  if (form === 'update' || form === 'realtime') return orders[form] ?? [];
  return orders[`${settings.profile} ${form}`] ?? orders['read'] ?? [];
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** A time with the offset of the account: `2026-03-02T10:15:00+00:00` (upstream.md §6). */
export function stamp(ms: number, offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return new Date(ms + offset).toISOString().slice(0, 19) + zone;
}

/** Unix seconds of an order time as sent (`2017/8/27 16:51`, `2018-05-11 12:00`), null when unreadable (upstream.md §4.1). */
export function orderTime(text: string | undefined, offset: number): number | null {
  const m = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text?.trim() ?? '');
  if (!m) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = m.slice(1).map((part) => Number(part ?? 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(ms).getUTCDate() === day && hour < 24 ? (ms - offset) / 1000 : null;
}

const dateOf = (e: TimedEvent): string =>
  new Date(e.wall)
    .toISOString()
    .slice(0, e.event.short ? 16 : 19)
    .replace('T', ' ');

const translate = (text: string, lang: string | null): string =>
  lang?.toLowerCase() === 'ru' ? (russianTexts[text] ?? text) : text;

function eventOf(e: TimedEvent, oldest: boolean, s: Subject): object {
  const acts: Readonly<Record<string, number>> = { D: 1, I: 2, M: 3, P: 4, X: 5 };
  return {
    Date: dateOf(e),
    StatusDescription: translate(e.event.text, s.lang),
    Details: e.event.place,
    checkpoint_status: e.event.status,
    substatus: s.settings.profile === 'trackingmore' ? undefined : e.event.substatus,
    ItemNode: oldest && !isAnnouncement(e) ? 'ItemReceived' : undefined,
    ActType: e.event.act,
    substatus_num: e.event.act && acts[e.event.act],
  };
}

const oldestDate = (events: readonly TimedEvent[], fits: (e: TimedEvent) => boolean): string | null => {
  const found = events.findLast(fits);
  return found ? dateOf(found) : null;
};

const hasCode =
  (code: string) =>
  (e: TimedEvent): boolean =>
    e.event.substatus === code;
const leftAirport = (e: TimedEvent): boolean =>
  hasCode('transit007')(e) || /dispatch to country of destination/i.test(e.event.text);

/** `origin_info` or `destination_info`; `carrier` null with no events = all members null (upstream.md §7.1). */
function legOf(events: readonly TimedEvent[], carrier: string | null, reference: boolean, s: Subject): object {
  const row = carrier === null ? undefined : carriers.get(carrier.toLowerCase());
  const received = receivedOf(events);
  return {
    ReferenceNumber: reference ? null : undefined,
    ItemReceived: received ? dateOf(received) : null,
    ItemDispatched: null,
    DepartfromAirport: oldestDate(events, leftAirport),
    ArrivalfromAbroad: oldestDate(events, hasCode('transit004')),
    CustomsClearance: oldestDate(events, hasCode('transit005')),
    DestinationArrived: oldestDate(events, hasCode('pickup001')),
    weblink: row?.homepage ?? null,
    phone: row?.phone ?? null,
    carrier_code: carrier,
    trackinfo: events.length > 0 ? events.map((e, i) => eventOf(e, i === events.length - 1, s)) : null,
  };
}

function secondLeg(s: Subject): object | null | undefined {
  const { destination } = s.sight;
  if (destination.length > 0) return legOf(destination, s.tracking.script.destinationCarrier, false, s);
  if (s.settings.profile !== 'trackingmore') return legOf([], null, false, s);
  return s.form === 'realtime' ? null : undefined;
}

// `lastEvent` follows the origin list, except in a realtime reply (Q16, Q31).
const lastOf = (s: Subject): TimedEvent | undefined => (s.form === 'realtime' ? s.sight.latest : s.sight.newestOrigin);

function lastEvent(s: Subject): string {
  const e = lastOf(s);
  return e ? [translate(e.event.text, s.lang), ...(e.event.place ? [e.event.place] : []), dateOf(e)].join(',') : '';
}

const isRead = (s: Subject): boolean => s.form === 'single' || s.form === 'list';

// Reads write an apostrophe as \' in the texts chosen by `title-escape` (Q19).
function text(s: Subject, name: 'title' | 'order_id' | 'comment' | 'customer_name'): string | null {
  const value = s.tracking.values[name] ?? null;
  const escaped =
    isRead(s) && (s.settings.titleEscape === 'all' || (s.settings.titleEscape === 'title' && name === 'title'));
  return escaped ? (value?.replace(/'/g, "\\'") ?? null) : value;
}

function email(s: Subject): string | readonly string[] | null {
  const value = s.tracking.values.customer_email;
  if (!isRead(s)) return value ?? null;
  return value && s.form === 'single' && s.settings.emailOnRead === 'array' ? [value] : (value ?? '');
}

function orderCreated(s: Subject): string | number | null {
  const value = s.tracking.values.order_create_time;
  if (s.form !== 'create') return value ?? (s.form === 'realtime' ? '' : null);
  return s.settings.createOrderTime === 'unix' ? (orderTime(value, s.settings.utcOffset) ?? 0) : 0;
}

function destinationCountry(s: Subject): string | undefined {
  const { destinationCountry: rule } = s.settings;
  const shown = s.form === 'realtime' || rule === 'always' || (rule === 'single' && s.form === 'single');
  return shown ? countryName(s.tracking.values.destination_code ?? '') : undefined;
}

const members: Readonly<Record<string, (s: Subject) => unknown>> = {
  id: (s) => s.tracking.id,
  tracking_number: (s) => s.tracking.number,
  carrier_code: (s) => s.tracking.carrier,
  status: (s) => (s.form === 'create' ? 'pending' : s.sight.status),
  created_at: (s) => stamp(s.tracking.created, s.settings.utcOffset),
  updated_at: (s) => (s.sight.lookup === null ? null : stamp(s.sight.lookup, s.settings.utcOffset)),
  order_create_time: orderCreated,
  customer_email: email,
  customer_name: (s) => text(s, 'customer_name'),
  customer_phone: (s) => s.tracking.values.customer_phone ?? null,
  order_id: (s) => text(s, 'order_id'),
  comment: (s) => text(s, 'comment'),
  title: (s) => text(s, 'title') ?? (isRead(s) ? '' : null),
  logistics_channel: (s) => s.tracking.values.logistics_channel ?? null,
  destination: (s) => s.tracking.values.destination_code ?? '',
  destination_code: (s) => s.tracking.values.destination_code ?? (s.form === 'realtime' ? '' : null),
  archived: (s) => s.tracking.archived,
  original_country: (s) => (s.sight.origin.length > 0 ? s.tracking.script.from : ''),
  destination_country: destinationCountry,
  itemTimeLength: (s) => s.sight.itemTimeLength,
  stayTimeLength: (s) => s.sight.stayTimeLength,
  service_code: (s) => (s.settings.profile === 'trackingmore' && s.form === 'single' ? '' : null),
  status_info: () => null,
  substatus: () => null,
  track_update: (s) => !['delivered', 'expired'].includes(s.sight.status),
  packageStatus: () => null,
  last_mile_tracking_supported: () => null,
  origin_info: (s) => {
    const reference = s.form === 'list' || (s.form === 'single' && s.settings.profile !== 'trackingmore');
    return legOf(s.sight.origin, s.tracking.carrier, reference, s);
  },
  destination_info: secondLeg,
  lastEvent,
  lastUpdateTime: (s) => {
    const e = lastOf(s);
    return e ? dateOf(e) : '';
  },
};

/** The JSON text of a tracking in a form; `changes` replaces members (undefined leaves one out), `lang` chooses event texts. */
export function trackingText(
  form: Form,
  tracking: Tracking,
  sight: Sight,
  settings: SandboxSettings,
  lang: string | null = tracking.lang,
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const subject: Subject = { form, tracking, sight, settings, lang };
  const entries = orderOf(subject).map(
    (name) => [name, name in changes ? changes[name] : members[name]?.(subject)] as const,
  );
  return phpJson(Object.fromEntries(entries));
}
