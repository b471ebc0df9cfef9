// What an endpoint works on and gives back, and the checks and readings that several endpoints share.
// No endpoint is known here.
import { carriers } from './carriers.ts';
import type { SandboxSettings } from './settings.ts';
import type { Form } from './shape.ts';
import type { Account, Store, Tracking } from './store.ts';

/** What an endpoint answers: a code and `data` as JSON text. `type` replaces the `meta.type` of the code. */
export interface Answer {
  readonly code: number;
  readonly data: string;
  readonly type?: string;
  /** The whole envelope, where it is not the usual one. */
  readonly whole?: string;
}

/** The kinds of effect a call can have on an account. */
export type EffectKind = 'created' | 'updated' | 'deleted' | 'registered';

/** A call on its way through an endpoint. `now` is sandbox time in ms. */
export interface Call {
  readonly store: Store;
  readonly settings: SandboxSettings;
  readonly account: Account;
  readonly now: number;
  /** Decoded values of the path: carrier, number, language. */
  readonly path: readonly string[];
  readonly body: string;
  /** The fault string-batch-errors is on. */
  readonly stringErrors: boolean;
  /** A parameter of the query, or of the body of POST `/trackings/get`; empty when not given. */
  readonly param: (name: string) => string;
  readonly text: (form: Form, tracking: Tracking, lang?: string, changes?: Readonly<Record<string, unknown>>) => string;
  readonly effect: (kind: EffectKind, tracking: Tracking) => void;
}

/** A JSON object of a request. */
export type Body = Readonly<Record<string, unknown>>;
/** An error: `data` is an empty array. */
export const fail = (code: number): Answer => ({ code, data: '[]' });

/** A value as text: numbers and booleans are turned into one, anything else counts as not given (upstream.md §2.3). */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Reads JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Checks a number as written in a path: 4014 when malformed, else null. */
export const numberProblem = (number: string): number | null => (/^[0-9A-Za-z_-]{5,}$/.test(number) ? null : 4014);

/** Checks a carrier code: 4015 when malformed or unknown, else null. */
export const carrierProblem = (call: Call, carrier: string): number | null => {
  const known = call.settings.unknownCarrier === 'accept' || carriers.has(carrier.toLowerCase());
  return known && /^[0-9A-Za-z_-]+$/.test(carrier) ? null : 4015;
};
