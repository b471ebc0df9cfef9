// The two legs of a tracking and their logs, as replies tell them (upstream.md §7, §8).

import { readLocalDateTime } from '../domain/times.ts';
import {
  type LegKind,
  type StatusReading,
  substatusOf,
  TRACKING_SUBSTATUSES,
  type TrackingEvent,
  type TrackingLeg,
  type TrackingStatus,
  type TrackingSubstatus,
} from '../domain/tracking.ts';
import { isWire, text, website, type Wire } from './wire-words.ts';

// Maps, not objects: a word from outside may be `constructor`, which every object knows.
const STATUS_WORDS: ReadonlyMap<string, TrackingStatus> = new Map([
  ['pending', 'PENDING'],
  ['notfound', 'NOT_FOUND'],
  ['inforeceived', 'INFO_RECEIVED'],
  ['transit', 'IN_TRANSIT'],
  ['pickup', 'PICKUP'],
  ['delivered', 'DELIVERED'],
  ['undelivered', 'UNDELIVERED'],
  ['exception', 'EXCEPTION'],
  ['expired', 'EXPIRED'],
]);

/** The word a list call filters by (upstream.md §4.6); UNKNOWN has none. */
export const STATUS_FILTER_WORDS: ReadonlyMap<TrackingStatus, string> = new Map(
  [...STATUS_WORDS].map(([word, status]) => [status, word]),
);

// One reading for a word as it is documented: events by the hundred share them.
const READINGS: ReadonlyMap<string, StatusReading> = new Map(
  [...STATUS_WORDS].map(([word, status]) => [word, { status, text: word }]),
);

/** Compared without case; a further word is UNKNOWN beside the word itself (Q17). */
export function readStatus(value: unknown): StatusReading | null {
  const word = text(value);
  if (word === null) return null;
  return READINGS.get(word) ?? { status: STATUS_WORDS.get(word.toLowerCase()) ?? 'UNKNOWN', text: word };
}

/** A sub-status code and what it means. */
interface SubstatusReading {
  readonly code: string | null;
  readonly substatus: TrackingSubstatus | null;
}

const NO_SUBSTATUS: SubstatusReading = { code: null, substatus: null };

const SUBSTATUS_READINGS: ReadonlyMap<unknown, SubstatusReading> = new Map(
  Object.entries(TRACKING_SUBSTATUSES).map(([code, substatus]) => [code, { code, substatus }]),
);

/** A code comes with and without blanks in it (upstream.md §8.3). */
function readSubstatus(value: unknown): SubstatusReading {
  const known = SUBSTATUS_READINGS.get(value);
  if (known) return known;
  const code = text(value)?.replaceAll(' ', '') ?? null;
  return code === null ? NO_SUBSTATUS : { code, substatus: substatusOf(code) };
}

export const substatusCode = (value: unknown) => readSubstatus(value).code;

/** null for an entry without a readable time: it has no place in a log (contract.md §4, `occurredAt` is never null). */
function readEvent(value: unknown, leg: LegKind): TrackingEvent | null {
  if (!isWire(value)) return null;
  const occurredAt = readLocalDateTime(value.Date);
  if (occurredAt === null) return null;
  const status = readStatus(value.checkpoint_status);
  const { code, substatus } = readSubstatus(value.substatus);
  return {
    occurredAt,
    description: text(value.StatusDescription) ?? '',
    location: text(value.Details),
    status: status?.status ?? null,
    statusText: status?.text ?? null,
    substatus,
    substatusCode: code,
    leg,
  };
}

/** `trackinfo` may be null, `[]` or absent (Q13). */
function readLog(value: unknown, leg: LegKind): readonly TrackingEvent[] {
  if (!Array.isArray(value)) return [];
  const events = value.map((entry) => readEvent(entry, leg));
  return isWhole(events) ? events : events.filter((event) => event !== null);
}

const isWhole = <T>(list: readonly (T | null)[]): list is readonly T[] => !list.includes(null);

function isHollow(wire: Wire): boolean {
  for (const member in wire) if (wire[member] !== null) return false;
  return true;
}

/** Absent, null and all-null mean "no such leg" (Q12). */
export function readLeg(value: unknown, kind: LegKind): TrackingLeg | null {
  if (!isWire(value) || isHollow(value)) return null;
  return {
    kind,
    carrierCode: text(value.carrier_code),
    phone: text(value.phone),
    website: website(value.weblink),
    referenceNumber: text(value.ReferenceNumber),
    receivedAt: readLocalDateTime(value.ItemReceived),
    dispatchedAt: readLocalDateTime(value.ItemDispatched),
    departedAt: readLocalDateTime(value.DepartfromAirport),
    arrivedAbroadAt: readLocalDateTime(value.ArrivalfromAbroad),
    clearedCustomsAt: readLocalDateTime(value.CustomsClearance),
    arrivedAt: readLocalDateTime(value.DestinationArrived),
    events: readLog(value.trackinfo, kind),
  };
}
