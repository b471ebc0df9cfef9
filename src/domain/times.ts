// Times as texts. Three kinds that must not be mixed: wall clocks of a place without a zone (events, orders),
// instants with the account's offset (created, updated), and unix seconds (filters, create replies).

const WALL_CLOCK = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/;

/**
 * `2026-02-14 18:56`, with or without seconds, or `2017/8/27 16:51`, as `YYYY-MM-DDTHH:mm:ss`; no zone is invented
 * (upstream.md Q10, Q15). null for anything that is no calendar time.
 */
export function readLocalDateTime(value: unknown): string | null {
  const match = typeof value === 'string' ? WALL_CLOCK.exec(value.trim()) : null;
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00'] = match;
  const pad = (part: string) => part.padStart(2, '0');
  const text = `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${second}`;
  return isCalendarTime(text) ? text : null;
}

/** Is `YYYY-MM-DDTHH:mm:ss` a time that exists? The 30th of February does not. */
export function isCalendarTime(text: string): boolean {
  const time = Date.parse(`${text}Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An instant as the upstream wrote it, offset kept (upstream.md Q14). null for anything else. */
export function readDateTime(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return INSTANT.test(text) && Number.isFinite(Date.parse(text)) ? text : null;
}

/** The wall clock at unix milliseconds `at` in the offset of `sample`, an instant; UTC where there is none. */
export function localInOffset(at: number, sample: string | null): string {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/.exec(sample ?? '') ?? [];
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
  return new Date(at + offset * 60_000).toISOString().slice(0, 19);
}
