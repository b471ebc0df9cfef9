// The facade's own picture of a parcel. Knows no wire form (upstream/wire.ts) and no GraphQL (schema/).

import type { TrackingKey } from './key.ts';

/** What a parcel or an event is doing. `UNKNOWN` keeps the upstream's own word beside it (upstream.md §8.1). */
export const TRACKING_STATUSES = [
  'PENDING',
  'NOT_FOUND',
  'INFO_RECEIVED',
  'IN_TRANSIT',
  'PICKUP',
  'DELIVERED',
  'UNDELIVERED',
  'EXCEPTION',
  'EXPIRED',
  'UNKNOWN',
] as const;
export type TrackingStatus = (typeof TRACKING_STATUSES)[number];

/** The finer reason under a status, named for what it means (upstream.md §8.3). */
export const TRACKING_SUBSTATUSES = {
  notfound001: 'AWAITING_PICKUP',
  notfound002: 'NO_INFORMATION',
  transit001: 'ON_THE_WAY',
  transit002: 'ARRIVED_AT_HUB',
  transit003: 'AT_DELIVERY_FACILITY',
  transit004: 'ARRIVED_IN_DESTINATION_COUNTRY',
  transit005: 'CUSTOMS_CLEARED',
  transit006: 'DISPATCHED',
  transit007: 'LEFT_AIRPORT',
  pickup001: 'OUT_FOR_DELIVERY',
  pickup002: 'READY_FOR_COLLECTION',
  pickup003: 'CUSTOMER_CONTACTED',
  delivered001: 'DELIVERED',
  delivered002: 'COLLECTED',
  delivered003: 'SIGNED_FOR',
  delivered004: 'LEFT_WITH_NEIGHBOUR',
  exception001: 'NO_INFORMATION_FOR_LONG',
  exception002: 'TOO_LONG_IN_TRANSIT',
  exception003: 'NOT_DELIVERED_FOR_LONG',
  exception004: 'UNCLAIMED',
  exception005: 'SENT_BACK',
  exception006: 'HELD_BY_CUSTOMS',
  exception007: 'DAMAGED_OR_LOST',
  exception008: 'CANCELLED',
  exception009: 'REFUSED',
  exception010: 'RETURNED',
  exception011: 'RETURNING',
} as const;
export type TrackingSubstatus = (typeof TRACKING_SUBSTATUSES)[keyof typeof TRACKING_SUBSTATUSES];

const SUBSTATUS_BY_CODE: ReadonlyMap<string, TrackingSubstatus> = new Map(Object.entries(TRACKING_SUBSTATUSES));

/** The meaning of an upstream sub-status code; null where we know none. */
export function substatusOf(code: string | null): TrackingSubstatus | null {
  return code === null ? null : (SUBSTATUS_BY_CODE.get(code.toLowerCase()) ?? null);
}

/** What a caller may force on a tracking; `ORIGINAL` gives the parcel its own status back (upstream.md §8.2). */
export type TrackingStatusOverride = 'DELIVERED' | 'EXCEPTION' | 'ORIGINAL';

export type LegKind = 'ORIGIN' | 'DESTINATION';

/** A status as an enum value beside the upstream's own word. */
export interface StatusReading {
  readonly status: TrackingStatus;
  readonly text: string;
}

/** One entry of a carrier's log. `occurredAt` is the place's wall clock, `YYYY-MM-DDTHH:mm:ss`, without a zone. */
export interface TrackingEvent {
  readonly occurredAt: string;
  readonly description: string;
  readonly location: string | null;
  readonly status: TrackingStatus | null;
  readonly statusText: string | null;
  readonly substatus: TrackingSubstatus | null;
  readonly substatusCode: string | null;
  readonly leg: LegKind;
}

/** One carrier's part of the way. Milestones are wall clocks like `TrackingEvent.occurredAt`. */
export interface TrackingLeg {
  readonly kind: LegKind;
  readonly carrierCode: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly referenceNumber: string | null;
  readonly receivedAt: string | null;
  readonly dispatchedAt: string | null;
  readonly departedAt: string | null;
  readonly arrivedAbroadAt: string | null;
  readonly clearedCustomsAt: string | null;
  readonly arrivedAt: string | null;
  readonly events: readonly TrackingEvent[];
}

/** `code` is ISO 3166-1 alpha-2, null where the upstream's name is not one we can place. */
export interface Country {
  readonly code: string | null;
  readonly name: string;
}

/**
 * Everything that one reply may or may not tell. `undefined` means "this reply does not say" (upstream.md §6: every
 * endpoint sends other members), `null` means "there is none". The difference decides whether a field costs a read.
 */
export interface TrackingDetails {
  readonly upstreamId?: string | null | undefined;
  readonly reading?: StatusReading | undefined;
  readonly substatusCode?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly comment?: string | null | undefined;
  readonly logisticsChannel?: string | null | undefined;
  readonly orderId?: string | null | undefined;
  readonly orderCreatedAt?: string | null | undefined;
  readonly customerName?: string | null | undefined;
  readonly customerEmails?: readonly string[] | undefined;
  readonly customerPhone?: string | null | undefined;
  readonly originCountry?: Country | null | undefined;
  readonly destinationCountry?: Country | null | undefined;
  readonly archived?: boolean | undefined;
  readonly createdAt?: string | null | undefined;
  readonly updatedAt?: string | null | undefined;
  readonly transitDays?: number | null | undefined;
  readonly idleDays?: number | null | undefined;
  readonly origin?: TrackingLeg | null | undefined;
  readonly destination?: TrackingLeg | null | undefined;
  readonly events?: readonly TrackingEvent[] | undefined;
}

/** A registered parcel as far as the replies read so far tell. `fetchedAt` is unix milliseconds. */
export interface Tracking extends TrackingDetails {
  readonly key: TrackingKey;
  /** As the upstream stored them; compare by `key`. */
  readonly carrierCode: string;
  readonly trackingNumber: string;
  readonly fetchedAt: number;
}

/**
 * A tracking, or that there is none, or where it is to be found when it is looked at. What waited long keeps what it was given
 * until the next full garbage collection (docs/performance.md): a place is little.
 */
export type HeldTracking = { readonly tracking: Tracking | null } | { readonly packed: Listing; readonly at: number };

/** Trackings of a reply that are unpacked when they are asked for; null stands for one that cannot be read. */
export interface Listing {
  items(): readonly (Tracking | null)[];
}

export const trackingIn = (held: HeldTracking): Tracking | null =>
  'packed' in held ? (held.packed.items()[held.at] ?? null) : held.tracking;

/**
 * A delivery company (upstream.md §5.1). Detection tells code and name only; the rest is undefined then. `kind` is null
 * for a word we do not know.
 */
export interface Carrier {
  readonly code: string;
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly website?: string | null | undefined;
  readonly logo?: string | null | undefined;
  readonly kind?: 'EXPRESS' | 'POST' | null | undefined;
}

/**
 * The newest event of both legs; at equal times the destination's, whose carrier holds the parcel by then.
 * Computed here because the upstream's own `lastEvent` looks at the origin leg only (upstream.md Q16, Q31).
 */
export function latestOf(events: readonly TrackingEvent[]): TrackingEvent | null {
  let latest: TrackingEvent | null = null;
  for (const event of events) {
    if (!latest || event.occurredAt > latest.occurredAt) latest = event;
  }
  return latest;
}

/**
 * Both legs' events, newest first. Equal times keep the order of their own leg, the destination before the origin
 * (upstream.md §7.3, Q35); sorting by meaning is not attempted.
 */
export function mergeEvents(origin: TrackingLeg | null, destination: TrackingLeg | null): readonly TrackingEvent[] {
  const first = destination?.events ?? [];
  const second = origin?.events ?? [];
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  return [...first, ...second].sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : 0));
}

/**
 * One tracking from two readings: what `newer` says wins, what it does not say is kept from `older`.
 * A poorer read never erases what a richer one knew (upstream.md Q33).
 */
export function mergeTracking(newer: Tracking, older: TrackingDetails): Tracking {
  // Member by member: this runs for every tracking of every reply, and going over the names costs thirty times as much.
  return {
    key: newer.key,
    carrierCode: newer.carrierCode,
    trackingNumber: newer.trackingNumber,
    fetchedAt: newer.fetchedAt,
    upstreamId: told(newer.upstreamId, older.upstreamId),
    reading: told(newer.reading, older.reading),
    substatusCode: told(newer.substatusCode, older.substatusCode),
    title: told(newer.title, older.title),
    comment: told(newer.comment, older.comment),
    logisticsChannel: told(newer.logisticsChannel, older.logisticsChannel),
    orderId: told(newer.orderId, older.orderId),
    orderCreatedAt: told(newer.orderCreatedAt, older.orderCreatedAt),
    customerName: told(newer.customerName, older.customerName),
    customerEmails: told(newer.customerEmails, older.customerEmails),
    customerPhone: told(newer.customerPhone, older.customerPhone),
    originCountry: told(newer.originCountry, older.originCountry),
    destinationCountry: told(newer.destinationCountry, older.destinationCountry),
    archived: told(newer.archived, older.archived),
    createdAt: told(newer.createdAt, older.createdAt),
    updatedAt: told(newer.updatedAt, older.updatedAt),
    transitDays: told(newer.transitDays, older.transitDays),
    idleDays: told(newer.idleDays, older.idleDays),
    origin: told(newer.origin, older.origin),
    destination: told(newer.destination, older.destination),
    events: told(newer.events, older.events),
  } satisfies Record<keyof Tracking, unknown>;
}

const told = <T>(newer: T | undefined, older: T | undefined): T | undefined => (newer === undefined ? older : newer);
