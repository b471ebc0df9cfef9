// The fault switches (upstream.md §13.8): what can go wrong with a call, as a table, and the box that holds the active ones.
// When a call is judged, and sending the reply, is left to the server.
import { codeRow, envelope } from './codes.ts';

/** What leaves for the caller. `delayMs` waits before it, `dripMs` sends it a byte at a time, `close` sends nothing. */
export interface Reply {
  readonly status: number;
  /** `meta.code` sent, null when there is none to read. */
  readonly code: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delayMs: number;
  readonly dripMs: number;
  readonly close: boolean;
}

/** The kinds of fault; `faultTable` says what each does. */
export type FaultKind =
  | 'latency'
  | 'close'
  | 'html'
  | 'envelope'
  | 'empty'
  | 'bad-json'
  | 'redirect'
  | 'retry-after'
  | 'cut'
  | 'content-type'
  | 'null-strings'
  | 'updated-before-created'
  | 'string-batch-errors'
  | 'drip';

/**
 * One fault. `route` (`GET /trackings/get`, or only the path) and `number` narrow it, `times` limits it (default: for ever).
 * A fault that replaces the reply keeps the request from being carried out unless `afterEffect` is set; `latency` with
 * `afterEffect` carries it out first and delays the reply. Not carried out at all: calls refused for key, lock or limit.
 */
export interface SandboxFault {
  readonly kind: FaultKind;
  readonly route?: string | undefined;
  readonly number?: string | undefined;
  readonly times?: number | undefined;
  readonly afterEffect?: boolean | undefined;
  readonly ms?: number | undefined;
  readonly status?: number | undefined;
  readonly code?: number | undefined;
  readonly bytes?: number | undefined;
  readonly seconds?: number | undefined;
  readonly type?: string | undefined;
  readonly location?: string | undefined;
}

interface FaultRow {
  readonly about: string;
  readonly replaces: boolean;
  readonly apply: (reply: Reply, fault: SandboxFault, strict: boolean) => Reply;
}

const html = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status} upstream error</h1></center></body>\r\n</html>\r\n`;

const coded = (reply: Reply, code: number, strict: boolean): Reply => {
  const row = codeRow(code);
  return { ...reply, status: strict ? row.strict : row.http, code, body: envelope(code, '[]') };
};

// 123 s: the distance in the documented sample of an update reply.
const beforeCreated = (body: string): string =>
  body.replace(
    /("created_at":"([^"]+?)([+-]\d\d:\d\d)"),"updated_at":(?:null|"[^"]*")/g,
    (_, kept: string, at: string, zone: string) => {
      const moved = new Date(Date.parse(at + 'Z') - 123_000).toISOString().slice(0, 19);
      return `${kept},"updated_at":"${moved}${zone}"`;
    },
  );

const nullTexts = (body: string): string =>
  body.replace(/"(customer_(?:name|email|phone))":(?:null|"")/g, '"$1":"null"');

/** Every fault: what it does, whether it stands in the place of the reply, and how. */
export const faultTable: Readonly<Record<FaultKind, FaultRow>> = {
  latency: {
    about: 'answer `ms` later (1000)',
    replaces: false,
    apply: (r, f) => (f.afterEffect ? { ...r, delayMs: r.delayMs + (f.ms ?? 1000) } : r),
  },
  close: {
    about: 'the connection is closed without a reply',
    replaces: true,
    apply: (r) => ({ ...r, code: null, close: true }),
  },
  html: {
    about: 'an HTML page under HTTP `status` (503)',
    replaces: true,
    apply: (r, f) => ({
      ...r,
      status: f.status ?? 503,
      code: null,
      body: html(f.status ?? 503),
      headers: { ...r.headers, 'Content-Type': 'text/html' },
    }),
  },
  envelope: {
    about: 'an envelope with `code` (503)',
    replaces: true,
    apply: (r, f, strict) => coded(r, f.code ?? 503, strict),
  },
  empty: { about: 'an empty body', replaces: true, apply: (r) => ({ ...r, code: null, body: '' }) },
  'bad-json': {
    about: 'a body that is not JSON',
    replaces: true,
    apply: (r) => ({ ...r, code: null, body: "{'meta':{code:200}" }),
  },
  redirect: {
    about: 'HTTP 302 to `location`',
    replaces: true,
    apply: (r, f) => ({
      ...r,
      status: 302,
      code: null,
      body: '',
      headers: { ...r.headers, Location: f.location ?? '/' },
    }),
  },
  'retry-after': {
    about: '429 with the header Retry-After: `seconds` (30)',
    replaces: true,
    apply: (r, f, strict) =>
      coded({ ...r, headers: { ...r.headers, 'Retry-After': String(f.seconds ?? 30) } }, 429, strict),
  },
  cut: {
    about: 'the body ends after `bytes` (half of it)',
    replaces: false,
    apply: (r, f) => ({ ...r, code: null, body: r.body.slice(0, f.bytes ?? Math.floor(r.body.length / 2)) }),
  },
  'content-type': {
    about: 'Content-Type is `type` (text/html)',
    replaces: false,
    apply: (r, f) => ({ ...r, headers: { ...r.headers, 'Content-Type': f.type ?? 'text/html' } }),
  },
  'null-strings': {
    about: 'unset customer values are the text "null"',
    replaces: false,
    apply: (r) => ({ ...r, body: nullTexts(r.body) }),
  },
  'updated-before-created': {
    about: '`updated_at` lies before `created_at`',
    replaces: false,
    apply: (r) => ({ ...r, body: beforeCreated(r.body) }),
  },
  // Done by the batch endpoint itself, which asks for this fault; nothing is left to change in the reply.
  'string-batch-errors': { about: '`errors` of a batch reply are JSON texts', replaces: false, apply: (r) => r },
  drip: {
    about: 'the body comes a byte every `ms` (20)',
    replaces: false,
    apply: (r, f) => ({ ...r, dripMs: f.ms ?? 20 }),
  },
};

/** A plain object, the only shape the sandbox reads members from. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isKind = (value: unknown): value is FaultKind => typeof value === 'string' && Object.hasOwn(faultTable, value);
const numberNames = ['times', 'ms', 'status', 'code', 'bytes', 'seconds'];
const textNames = ['route', 'number', 'type', 'location'];

function checkFault(value: unknown): SandboxFault | string {
  if (!isRecord(value)) return 'a fault must be an object';
  const { kind, afterEffect, ...rest } = value;
  if (!isKind(kind)) return `"kind" must be one of ${Object.keys(faultTable).join(', ')}`;
  if (afterEffect !== undefined && typeof afterEffect !== 'boolean') return '"afterEffect" must be true or false';
  for (const [name, given] of Object.entries(rest)) {
    if (numberNames.includes(name)) {
      if (!Number.isInteger(given) || Number(given) < 0) return `"${name}" must be a whole number from 0`;
    } else if (!textNames.includes(name)) return `"${name}" is not a member of a fault`;
    else if (typeof given !== 'string' || given === '') return `"${name}" must be a text`;
  }
  if (kind === 'html' && rest['status'] !== undefined && ![500, 502, 503].includes(Number(rest['status'])))
    return '"status" must be 500, 502 or 503';
  return { kind, afterEffect, ...rest };
}

/** Reads one fault or an array of faults from JSON text; a string is the sentence that says what is wrong. */
export function parseFaults(text: string): readonly SandboxFault[] | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  const faults: SandboxFault[] = [];
  for (const item of list) {
    const fault = checkFault(item);
    if (typeof fault === 'string') return fault;
    faults.push(fault);
  }
  return faults;
}

/** What a fault is matched against. `numbers` is called only when a fault asks for a number. */
export interface FaultTarget {
  readonly route: string;
  readonly numbers: () => readonly string[];
}

/** The active faults of a sandbox. */
export interface FaultBox {
  add(fault: SandboxFault): void;
  clear(): void;
  list(): readonly (SandboxFault & { readonly left: number | null })[];
  /** The faults that befall a call; each use counts against `times`. */
  take(target: FaultTarget): readonly SandboxFault[];
}

/** An empty box of faults. */
export function createFaultBox(): FaultBox {
  let active: { fault: SandboxFault; left: number }[] = [];
  const fits = (fault: SandboxFault, target: FaultTarget): boolean =>
    (fault.route === undefined || fault.route === target.route || target.route.endsWith(` ${fault.route}`)) &&
    (fault.number === undefined || target.numbers().some((n) => n.toUpperCase() === fault.number?.toUpperCase()));
  return {
    add: (fault) => void active.push({ fault, left: fault.times ?? Infinity }),
    clear() {
      active = [];
    },
    list: () => active.map(({ fault, left }) => ({ ...fault, left: left === Infinity ? null : left })),
    take(target) {
      if (active.length === 0) return [];
      const hit = active.filter(({ fault, left }) => left > 0 && fits(fault, target));
      for (const entry of hit) entry.left -= 1;
      active = active.filter(({ left }) => left > 0);
      return hit.map(({ fault }) => fault);
    },
  };
}
