// The kinds of setting the table in settings.ts is made of: how a text is read, and what is expected of it.
// Which settings there are is not known here.
import { codes } from './codes.ts';

/** The brands of upstream.md §1.1 the sandbox can play. */
export type Profile = 'trackru' | 'tracktry' | 'trackingmore';

/** A setting: its default, how that is shown, what is expected, how it is read, what it means, and defaults per profile. */
export interface Setting<T> {
  readonly fallback: T;
  readonly shown: string;
  readonly expects: string;
  /** undefined: the text is none of what is expected. Never called with blank text, which means the default. */
  readonly parse: (text: string) => T | undefined;
  readonly about: string;
  readonly profiles: Partial<Record<Profile, T>>;
}

/** One of some words; the first is the default. */
export function choice<C extends string>(
  values: readonly C[],
  about: string,
  profiles: Partial<Record<Profile, NoInfer<C>>> = {},
): Setting<C> {
  const [fallback] = values;
  if (fallback === undefined) throw new Error('a choice needs values');
  const expects = `one of ${values.join(', ')}`;
  return { fallback, shown: fallback, expects, parse: (text) => values.find((v) => v === text), about, profiles };
}

/** Anything else: default, how it is shown, what is expected, meaning, parser. */
export function parsed<T>(
  fallback: T,
  shown: string,
  expects: string,
  about: string,
  parse: (text: string) => T | undefined,
): Setting<T> {
  return { fallback, shown, expects, parse, about, profiles: {} };
}

/** A switch: on, off, true, false, 1, 0. */
export function flag(fallback: boolean, about: string): Setting<boolean> {
  const words: Readonly<Record<string, boolean>> = {
    on: true,
    true: true,
    1: true,
    off: false,
    false: false,
    0: false,
  };
  return parsed(fallback, fallback ? 'on' : 'off', 'on or off', about, (text) => words[text.toLowerCase()]);
}

/** A whole number from 0. */
export function count(fallback: number, about: string): Setting<number> {
  return parsed(fallback, String(fallback), 'a whole number from 0', about, (text) =>
    /^\d{1,9}$/.test(text) ? Number(text) : undefined,
  );
}

/** A code of upstream.md §9. */
export function code(fallback: number, about: string): Setting<number> {
  return parsed(fallback, String(fallback), 'a code of upstream.md §9', about, (text) =>
    codes[Number(text)] ? Number(text) : undefined,
  );
}

/** Two numbers above 0, for express and globalpost. */
export function pair(first: number, second: number, about: string): Setting<readonly [number, number]> {
  return parsed<readonly [number, number]>(
    [first, second],
    `${first},${second}`,
    'two numbers: express,globalpost',
    about,
    (text) => {
      const match = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(text);
      const [a, b] = [Number(match?.[1]), Number(match?.[2])];
      return a > 0 && b > 0 ? [a, b] : undefined;
    },
  );
}

const offsetMs = (text: string): number | undefined => {
  const match = /^([+-])(\d\d):([0-5]\d)$/.exec(text);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : undefined;
};

/** A UTC offset, in milliseconds, with a default of its own for the profile trackingmore. */
export function offset(fallback: string, about: string, trackingmore: string): Setting<number> {
  const base = parsed(offsetMs(fallback) ?? 0, fallback, 'an offset such as +08:00', about, offsetMs);
  return { ...base, profiles: { trackingmore: offsetMs(trackingmore) } };
}

/** A time in milliseconds, from ISO text or unix seconds. */
export const time = (text: string): number | undefined => {
  const ms = /^\d{1,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isFinite(ms) ? ms : undefined;
};

/** `key=account` pairs. */
export const keyMap = (text: string): ReadonlyMap<string, string> | undefined => {
  const pairs = text.split(',').map((part) => part.split('='));
  if (pairs.some((p) => p.length !== 2 || p[0]?.trim() === '')) return undefined;
  return new Map(pairs.map(([key = '', account = '']) => [key.trim(), account.trim()]));
};

/** An http or https URL. */
export const url = (text: string): string | undefined =>
  /^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined;
