// Times as texts. Three kinds that must not be mixed: wall clocks of a place without a zone (events, orders),
// instants with the account's offset (created, updated), and unix seconds (filters, create replies).

const WALL_CLOCK = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/;

/**
 * `2026-02-14 18:56`, with or without seconds, or `2017/8/27 16:51`, as `YYYY-MM-DDTHH:mm:ss`; no zone is invented
 * (upstream.md Q10, Q15). null for anything that is no calendar time.
 */
export function readLocalDateTime(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  // Nearly all have this very form; every event of every reply comes through here.
  if (value.length === 19 && startsWithCalendarTime(value, SPACE)) return `${value.slice(0, 10)}T${value.slice(11)}`;
  if (value.length === 16 && startsWithCalendarTime(`${value}:00`, SPACE)) {
    return `${value.slice(0, 10)}T${value.slice(11)}:00`;
  }
  const match = WALL_CLOCK.exec(value.trim());
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00'] = match;
  const pad = (part: string) => part.padStart(2, '0');
  const text = `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${second}`;
  return isLocalDateTime(text) ? text : null;
}

const [SPACE, PLUS, DASH, ZERO, COLON, CAPITAL_T] = [0x20, 0x2b, 0x2d, 0x30, 0x3a, 0x54] as const;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Is `text` a `YYYY-MM-DDTHH:mm:ss` that exists? The 30th of February does not. */
export const isLocalDateTime = (text: string) => text.length === 19 && startsWithCalendarTime(text, CAPITAL_T);

/** Are its first nineteen characters a date, `between` and a time of day that exist? */
function startsWithCalendarTime(text: string, between: number): boolean {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false;
  if (text.charCodeAt(10) !== between || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return false;
  const year = pairAt(text, 0) * 100 + pairAt(text, 2);
  const month = pairAt(text, 5);
  const day = pairAt(text, 8);
  // Written so that NaN, where there are no digits, is in none of the ranges.
  if (!(pairAt(text, 11) < 24 && pairAt(text, 14) < 60 && pairAt(text, 17) < 60)) return false;
  if (!(year >= 0 && day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0))) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** The number of two digits; NaN where there are others. */
function pairAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** `2026-02-10T07:30:00+00:00`: what nearly all are, judged without the help of `Date`. */
function isUsualInstant(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== 25 || !startsWithCalendarTime(value, CAPITAL_T)) return false;
  const sign = value.charCodeAt(19);
  if ((sign !== PLUS && sign !== DASH) || value.charCodeAt(22) !== COLON) return false;
  return pairAt(value, 20) < 24 && pairAt(value, 23) < 60;
}

/** An instant as the upstream wrote it, offset kept (upstream.md Q14). null for anything else. */
export function readDateTime(value: unknown): string | null {
  if (isUsualInstant(value)) return value;
  const text = typeof value === 'string' ? value.trim() : '';
  return INSTANT.test(text) && Number.isFinite(Date.parse(text)) ? text : null;
}

/** The wall clock at unix milliseconds `at` in the offset of `sample`, an instant; UTC where there is none. */
export function localInOffset(at: number, sample: string | null): string {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/.exec(sample ?? '') ?? [];
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
  return new Date(at + offset * 60_000).toISOString().slice(0, 19);
}
