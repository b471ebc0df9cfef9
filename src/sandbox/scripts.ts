// Which events a number gets: builds scripts from rows, first the magic numbers, else a story picked by the number's hash.
// The rows themselves are data in magic.ts and stories.ts; time is laid out in life.ts.
import { carriers } from './carriers.ts';
import { magicRows } from './magic.ts';
import { places, stories, zones } from './stories.ts';
import type { MagicRow } from './magic.ts';
import type { Story } from './stories.ts';
import type { LifeEvent, Script } from './life.ts';

/**
 * An event row: when, text, place, substatus, and the status word when it is not the one in the substatus.
 * When: hours after creation, or the wall clock as printed (relative to the script's `anchor`; its form decides the precision).
 */
export type EventRow = readonly [
  when: number | string,
  text: string,
  place: string,
  substatus: string,
  status?: string,
  act?: string,
];

/** The events of one leg, newest first. `zone`: offset in which the place prints its dates; default the account's. */
export interface LegRow {
  readonly carrier?: string;
  readonly zone?: string;
  readonly short?: boolean;
  readonly events: readonly EventRow[];
}

const HOUR = 3_600_000;

/** Milliseconds of an offset such as +08:00. */
export const zoneMs = (zone: string): number =>
  (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60_000;

const wallMs = (text: string): number => Date.parse(text.replace(' ', 'T') + (text.length === 16 ? ':00Z' : 'Z'));

/** A leg in milliseconds after creation. `anchor`: the creation time its wall-clock texts belong to. `scale` stretches hours. */
function buildLeg(leg: LegRow, anchor: string, scale = 1, fill = (text: string): string => text): LifeEvent[] {
  const zone = leg.zone === undefined ? null : zoneMs(leg.zone);
  const created = Date.parse(anchor);
  return leg.events.map(([when, text, place, substatus, status, act]) => ({
    at:
      typeof when === 'number'
        ? Math.round((when * HOUR * scale) / 1000) * 1000
        : wallMs(when) - (zone ?? zoneMs(anchor.slice(19))) - created,
    text: fill(text),
    place: fill(place),
    status: status ?? substatus.replace(/\d+$/, ''),
    substatus,
    short: typeof when === 'string' ? when.length === 16 : (leg.short ?? false),
    zone,
    act,
  }));
}

/** A stable hash (FNV-1a, 32 bits): the same number has the same life on every run. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The magic row of a number, if it is one (upstream.md §13.7). */
export function magicFor(carrier: string, number: string): MagicRow | undefined {
  const [code, upper] = [carrier.toLowerCase(), number.toUpperCase()];
  return magicRows.find((row) => row.match.test(upper) && (row.carrier === undefined || row.carrier === code));
}

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** English name of an ISO country code, any case; empty when there is none. */
export function countryName(code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return '';
  const upper = code.toUpperCase();
  // The captured replies write this one name in their own way (upstream.md §6).
  return upper === 'HK' ? 'Hong Kong [CN]' : upper === 'ZZ' ? '' : (countryNames.of(upper) ?? '');
}

/** The story a number without a magic row lives, by a weighted choice of its hash. */
export function storyFor(carrier: string, number: string): Story {
  const post = carriers.get(carrier.toLowerCase())?.type === 'globalpost';
  const total = stories.reduce((sum, s) => sum + (post ? s.post : s.express), 0);
  let point = hash(`${carrier}|${number}`.toUpperCase()) % total;
  for (const story of stories) {
    point -= post ? story.post : story.express;
    if (point < 0) return story;
  }
  throw new Error('the weights of the stories do not add up');
}

function storyScript(carrier: string, number: string): Script {
  const story = storyFor(carrier, number);
  const home = carriers.get(carrier.toLowerCase())?.home ?? 'CN';
  const abroad = home === 'RU' ? 'US' : 'RU';
  const seed = hash(`${number}|life|${carrier}`.toUpperCase());
  const city = (country: string, shift: number): string => {
    const list = places[country] ?? [];
    return list[((seed >>> 4) + shift) % list.length] ?? '';
  };
  // {a}: posted in, {b}: next town at home, {c} and {d}: towns abroad, {home} and {abroad}: the countries.
  const words: Readonly<Record<string, string>> = {
    a: city(home, 0),
    b: city(home, 1),
    c: city(abroad, 2),
    d: city(abroad, 3),
    home: countryName(home),
    abroad: countryName(abroad),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, key: string) => words[key] ?? '');
  const scale = 0.85 + (seed % 1000) / 3300;
  const second = story.destination && { ...story.destination, zone: zones[abroad] ?? '+00:00' };
  return {
    from: story.origin.events.length > 0 ? countryName(home) : '',
    queued: false,
    origin: buildLeg(story.origin, '', scale, fill),
    destination: second ? buildLeg(second, '', scale, fill) : [],
    destinationCarrier: second ? (abroad === 'US' ? 'usps' : 'russian-post') : null,
  };
}

/** The script of a number; the same for the same carrier and number, case ignored (upstream.md §13.7). */
export function scriptFor(carrier: string, number: string): Script {
  const row = magicFor(carrier, number);
  if (!row || (row.fault && !row.origin)) return storyScript(carrier, number);
  const anchor = row.anchor ?? '2026-01-01T00:00:00+00:00';
  return {
    from: row.from ?? '',
    queued: row.queued ?? false,
    origin: row.origin ? buildLeg(row.origin, anchor) : [],
    destination: row.destination ? buildLeg(row.destination, anchor) : [],
    destinationCarrier: row.destination?.carrier ?? null,
  };
}
