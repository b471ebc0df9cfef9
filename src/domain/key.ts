// What names a tracking: carrier and number, how they are compared, what form they may have, and the opaque id made
// of them. The only place that knows these rules; everything that builds an upstream path takes a TrackingKey.

import { InvalidInput } from './errors.ts';

/** Normalised: trimmed, carrier in lower case, number in upper case. Both match the allow-list below. */
export interface TrackingKey {
  readonly carrierCode: string;
  readonly trackingNumber: string;
  /** Both in one, for maps; made once, since a look-up stands in several. */
  readonly text: string;
}

// upstream.md §4.1 with an upper bound of our own. No dot and no slash: a path built from these cannot leave its place.
// Judged before the case is changed: `ß` in upper case is `SS`, and the Kelvin sign in lower case is a `k`.
const CARRIER_CODE = /^[0-9A-Za-z_-]{1,50}$/;
const TRACKING_NUMBER = /^[0-9A-Za-z_-]{5,64}$/;

/** Carrier code in the form it is compared in. Throws `InvalidInput` naming `argument`. */
export function parseCarrierCode(text: string, argument = 'carrierCode'): string {
  const code = text.trim();
  if (!CARRIER_CODE.test(code)) {
    throw new InvalidInput(argument, 'is not a carrier code: letters, digits, "-" and "_", at most 50 characters');
  }
  return code.toLowerCase();
}

/** Tracking number in the form it is compared in. Throws `InvalidInput` naming `argument`. */
export function parseTrackingNumber(text: string, argument = 'trackingNumber'): string {
  const number = text.trim();
  if (!TRACKING_NUMBER.test(number)) {
    throw new InvalidInput(argument, 'is not a tracking number: letters, digits, "-" and "_", 5 to 64 characters');
  }
  return number.toUpperCase();
}

/** The key of a pair as a caller wrote it. Throws `InvalidInput` naming the argument at fault. */
export function parseKey(carrierCode: string, trackingNumber: string): TrackingKey {
  return keyOf(parseCarrierCode(carrierCode), parseTrackingNumber(trackingNumber));
}

/** The key of a pair as the upstream wrote it, or null where it breaks the allow-list. */
export function readKey(carrierCode: string, trackingNumber: string): TrackingKey | null {
  const carrier = carrierCode.trim();
  const number = trackingNumber.trim();
  if (!CARRIER_CODE.test(carrier) || !TRACKING_NUMBER.test(number)) return null;
  return keyOf(carrier.toLowerCase(), number.toUpperCase());
}

/** `|` occurs in neither part. */
const keyOf = (carrierCode: string, trackingNumber: string): TrackingKey => ({
  carrierCode,
  trackingNumber,
  text: `${carrierCode}|${trackingNumber}`,
});

const ID_PREFIX = 'Tracking:';

/** The global id: opaque to clients, the same wherever this tracking is met, and for ever. */
export function trackingId({ carrierCode, trackingNumber }: Omit<TrackingKey, 'text'>): string {
  return Buffer.from(`${ID_PREFIX}${carrierCode}|${trackingNumber}`).toString('base64url');
}

/** The key behind an id, or null when the id was not made here. */
export function parseTrackingId(id: string): TrackingKey | null {
  const text = Buffer.from(id, 'base64url').toString('latin1');
  const [carrierCode = '', trackingNumber = '', ...rest] = text.slice(ID_PREFIX.length).split('|');
  const key = readKey(carrierCode, trackingNumber);
  // Only the exact spelling that trackingId writes: two ids for one tracking would split a client's cache.
  return text.startsWith(ID_PREFIX) && rest.length === 0 && key && trackingId(key) === id ? key : null;
}
