// Replies of the REST API read into the facade's words: every quirk of upstream.md §4–§8 and §12 in one place. Tolerant
// by rule (§6.4): a member that is absent, of another type or unknown never fails a reply; only a `data` of none of an
// endpoint's documented shapes does (§3.2), and then the reader returns null.

import { type TrackingKey, readKey } from '../domain/key.ts';
import { localInOffset, readDateTime, readLocalDateTime } from '../domain/times.ts';
import { type Carrier, type Country, mergeEvents, type StatusReading, type Tracking } from '../domain/tracking.ts';
import { countryOf } from './countries.ts';
import { readLeg, readStatus, substatusCode } from './wire-legs.ts';
import { callerText, isWire, text, told, website, type Wire } from './wire-words.ts';

/** Which endpoint's reply an object comes from: the same member means different things (upstream.md §6). */
export type WireSource = 'create' | 'single' | 'list' | 'realtime' | 'update';

/** A whole number that GraphQL's Int can hold, or null. */
const count = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : null;

/** A boolean on reads, the text that was sent on updates (Q7). */
function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** null, `""`, `"null"`, one address or several: always a list (Q11). */
function emails(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(callerText).filter((email) => email !== null);
  const email = callerText(value);
  return email === null ? NONE : [email];
}

const NONE: readonly never[] = Object.freeze([]);

// An update answers with the number it was sent; 8 gives the parcel its own status back, which it does not tell (Q8).
const UPDATE_STATUS: ReadonlyMap<string, StatusReading | undefined> = new Map([
  ['4', { status: 'DELIVERED', text: 'delivered' }],
  ['7', { status: 'EXCEPTION', text: 'exception' }],
  ['8', undefined],
]);

function readReading(wire: Wire, source: WireSource): StatusReading | undefined {
  const word = text(wire.status);
  if (source === 'update' && word !== null && UPDATE_STATUS.has(word)) return UPDATE_STATUS.get(word);
  return readStatus(word) ?? undefined;
}

/** 0, null and `""` are unset; text in two forms; in create replies seconds, read back to the account's clock (Q10). */
function readOrderTime(value: unknown, createdAt: unknown): string | null {
  if (typeof value === 'number') {
    return count(value) ? localInOffset(value * 1_000, readDateTime(createdAt)) : null;
  }
  return readLocalDateTime(value);
}

/** `destination_country` is a name, `destination` and `destination_code` are codes (Q9). */
function readDestination(wire: Wire): Country | null | undefined {
  const name = text(wire.destination_country);
  if (name !== null) return countryOf(name);
  const code = wire.destination_code === undefined ? wire.destination : wire.destination_code;
  if (code !== undefined) return countryOf(text(code));
  return wire.destination_country === undefined ? undefined : null;
}

/** What a reply of this kind says by its silence: no read is spent on it. */
interface Silence {
  readonly archived: false | undefined;
  readonly events: readonly never[] | undefined;
  /** Of members that are null then. */
  readonly none: null | undefined;
  readonly substatusCode: null | undefined;
}

// A tracking that was created this moment is what its first read would say. Brands whose reads have no sub-status of
// the whole parcel will not tell it to another read either (upstream.md §6).
const CREATED: Silence = { archived: false, events: NONE, none: null, substatusCode: null };
const READ: Silence = { archived: undefined, events: undefined, none: undefined, substatusCode: null };
const UPDATED: Silence = { archived: undefined, events: undefined, none: undefined, substatusCode: undefined };
const SILENCE: Readonly<Record<WireSource, Silence>> = {
  create: CREATED,
  single: READ,
  list: READ,
  realtime: READ,
  update: UPDATED,
};

/** One tracking object of any endpoint, or null when it does not name a tracking. `now` in unix milliseconds. */
export function readTracking(value: unknown, source: WireSource, now: number): Tracking | null {
  if (!isWire(value)) return null;
  const carrierCode = text(value.carrier_code);
  const trackingNumber = text(value.tracking_number);
  const key = carrierCode !== null && trackingNumber !== null ? readKey(carrierCode, trackingNumber) : null;
  if (carrierCode === null || trackingNumber === null || key === null) return null;
  const silence = SILENCE[source];
  // Legs come in single, list and realtime replies; the other two endpoints say nothing of them.
  const legged = value.origin_info !== undefined;
  const origin = legged ? readLeg(value.origin_info, 'ORIGIN') : undefined;
  const destination = legged ? readLeg(value.destination_info, 'DESTINATION') : silence.none;
  // Every tracking has every member, in the order of `mergeTracking`: one shape for all that reads them.
  return {
    key,
    carrierCode,
    trackingNumber,
    fetchedAt: now,
    upstreamId: told(value.id, text),
    reading: readReading(value, source),
    substatusCode: value.substatus === undefined ? silence.substatusCode : substatusCode(value.substatus),
    title: told(value.title, callerText),
    comment: told(value.comment, callerText),
    logisticsChannel: told(value.logistics_channel, callerText),
    orderId: told(value.order_id, callerText),
    orderCreatedAt:
      value.order_create_time === undefined ? undefined : readOrderTime(value.order_create_time, value.created_at),
    customerName: told(value.customer_name, callerText),
    customerEmails: told(value.customer_email, emails),
    customerPhone: told(value.customer_phone, callerText),
    originCountry: value.original_country === undefined ? silence.none : countryOf(text(value.original_country)),
    destinationCountry: readDestination(value),
    archived: flag(value.archived) ?? silence.archived,
    createdAt: told(value.created_at, readDateTime),
    updatedAt: value.updated_at === undefined ? silence.none : readDateTime(value.updated_at),
    transitDays: value.itemTimeLength === undefined ? silence.none : count(value.itemTimeLength),
    idleDays: value.stayTimeLength === undefined ? silence.none : count(value.stayTimeLength),
    origin,
    destination,
    events: legged ? mergeEvents(origin ?? null, destination ?? null) : silence.events,
  } satisfies Record<keyof Tracking, unknown>;
}

/** A single read, in its three shapes: array of one, object, `{items}` (Q4). null: none of them. */
export function readOne(data: unknown, source: 'single' | 'create' | 'update', now: number): Tracking | null {
  const object = Array.isArray(data) ? data[0] : isWire(data) && Array.isArray(data.items) ? data.items[0] : data;
  return readTracking(object, source, now);
}

export interface ListReply {
  /** In the upstream's order; null keeps the place of an item that does not name a tracking. */
  readonly items: readonly (Tracking | null)[];
  /** All matches; a string on the wire (Q6). */
  readonly total: number;
}

/** A page of the list; an empty one may come as `[]` (Q3). null: not a page. */
export function readList(data: unknown, now: number): ListReply | null {
  if (Array.isArray(data) && data.length === 0) return { items: [], total: 0 };
  if (!isWire(data) || !Array.isArray(data.items)) return null;
  const items = data.items.map((item) => readTracking(item, 'list', now));
  const total = count(typeof data.total === 'string' && data.total.trim() ? Number(data.total) : data.total);
  return { items, total: total ?? items.length };
}

/** A realtime reply: `{items: [one]}`. null: not one. */
export function readRealtime(data: unknown, now: number): Tracking | null {
  const object = isWire(data) && Array.isArray(data.items) ? data.items[0] : Array.isArray(data) ? data[0] : data;
  return readTracking(object, 'realtime', now);
}

export interface BatchFailure {
  readonly key: TrackingKey | null;
  /** As compared, see `TrackingKey`. */
  readonly trackingNumber: string;
  readonly code: number;
}

export interface BatchReply {
  readonly created: readonly Tracking[];
  /** `key` is null where the brand names the number only, or names none that can be compared. */
  readonly failed: readonly BatchFailure[];
}

/** A batch create; its errors may be objects, nested objects or JSON text (Q25). null: not a batch reply. */
export function readBatch(data: unknown, now: number): BatchReply | null {
  if (!isWire(data)) return null;
  const trackings = Array.isArray(data.trackings) ? data.trackings : [];
  const errors = Array.isArray(data.errors) ? data.errors : [];
  return {
    created: trackings.map((item) => readTracking(item, 'create', now)).filter((item) => item !== null),
    failed: errors.map(readBatchError).filter((error) => error !== null),
  };
}

function readBatchError(value: unknown): BatchFailure | null {
  let wire = value;
  if (typeof value === 'string') {
    try {
      wire = JSON.parse(value);
    } catch {
      return null;
    }
  }
  if (isWire(wire) && isWire(wire.meta)) wire = wire.meta;
  if (!isWire(wire)) return null;
  const trackingNumber = text(wire.tracking_number)?.toUpperCase();
  const code = Number(wire.code);
  if (trackingNumber === undefined || !Number.isInteger(code)) return null;
  return { key: readKey(text(wire.carrier_code) ?? '', trackingNumber), trackingNumber, code };
}

const CARRIER_KINDS: ReadonlyMap<string, Carrier['kind']> = new Map([
  ['express', 'EXPRESS'],
  ['globalpost', 'POST'],
]);

/** The carriers of `/carriers`, or the candidates of detection, which have a name and a code only. null: no list. */
export function readCarriers(data: unknown): readonly Carrier[] | null {
  if (!Array.isArray(data)) return null;
  return data.flatMap((value) => {
    const code = isWire(value) ? text(value.code) : null;
    if (!isWire(value) || code === null) return [];
    return {
      code,
      name: text(value.name) ?? code,
      phone: told(value.phone, text),
      website: told(value.homepage, website),
      logo: told(value.picture, website),
      kind: told(value.type, (type) => CARRIER_KINDS.get(text(type) ?? '') ?? null),
    };
  });
}
