// What holds in every row of faults.md's table A, whatever the fault: watched while a row runs, checked when it ends, and
// summed up in one table. Knows answers, log lines and ledgers; which fault was injected is the test's business.
//
//   I1 no call over the limits              I4 no data of another key than was asked for
//   I2 nothing is created twice             I5 no canary in an answer or a log line
//   I3 every answer is well formed and      I6 nothing is thrown into the void
//      comes by its deadline + 100 ms       I7 is a row's own: when it works again

import { appendFileSync, readFileSync } from 'node:fs';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { createTelemetry, type Telemetry } from '../../src/telemetry.ts';

/** Texts that belong to us or to the upstream and never to an answer or a log line. */
export const CANARY = {
  apiKey: 'canary-key-5f1c9e2a',
  email: 'canary@private.example.test',
  html: 'CANARY-PAGE-BODY',
  message: 'CANARY-UPSTREAM-MESSAGE',
} as const;

/** An answer may be this late (I3): timers fire in turns, and JSON is written after the last of them. */
const GRACE_MS = 100;

/** `extensions.code` of contract.md §5. */
const CODES = new Set(
  (
    'BAD_USER_INPUT GRAPHQL_PARSE_FAILED GRAPHQL_VALIDATION_FAILED OPERATION_TOO_COMPLEX PERSISTED_DOCUMENT_REQUIRED ' +
    'UNAUTHENTICATED FORBIDDEN RATE_LIMITED UPSTREAM_REJECTED_KEY UPSTREAM_QUOTA_EXCEEDED UPSTREAM_UNAVAILABLE ' +
    'UPSTREAM_TIMEOUT UPSTREAM_INVALID_RESPONSE OUTCOME_UNKNOWN INTERNAL_SERVER_ERROR'
  ).split(' '),
);

/** Real time in which this process was not let run: a machine that is busy elsewhere makes no answer late. */
export interface StallMeter {
  /** Milliseconds since then, a time of `Date.now()`. */
  stalledSince(at: number): number;
  close(): void;
}

const BEAT_MS = 20;

/**
 * Counts, beat by beat, the time for which this process was ready to run and had no processor: as Linux tells it, and
 * at least what a late beat was later than the process was busy. Where it was busy itself, nothing is excused.
 */
export function createStallMeter(): StallMeter {
  const beats: { readonly at: number; readonly stalled: number }[] = [];
  let at = performance.now();
  let cpu = process.cpuUsage();
  let queued = queuedMs();
  const beat = () => {
    const late = performance.now() - at - BEAT_MS;
    const { user, system } = process.cpuUsage(cpu);
    const seen = late > 50 ? late - (user + system) / 1_000 : 0;
    const now = queuedMs();
    beats.push({ at: Date.now(), stalled: Math.max(0, seen, now - queued) });
    if (beats.length > 60_000 / BEAT_MS) beats.shift();
    at = performance.now();
    cpu = process.cpuUsage();
    queued = now;
  };
  const timer = setInterval(beat, BEAT_MS);
  timer.unref();
  return {
    stalledSince(since) {
      // The beat that a stall has held back comes after the answer that it made late.
      if (performance.now() - at > BEAT_MS) beat();
      return beats.filter((one) => one.at > since).reduce((sum, one) => sum + one.stalled, 0);
    },
    close: () => clearInterval(timer),
  };
}

/** Milliseconds the main thread has waited for a processor so far; 0 where the system does not tell. */
function queuedMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6 || 0;
  } catch {
    return 0;
  }
}

/** Every parcel of a test is titled after its number, so that foreign data shows (I4). */
export const titleOf = (trackingNumber: string) => `T-${trackingNumber}`;

/** One answer as a client got it. */
export interface WatchedAnswer {
  readonly text: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly deadlineMs: number;
  /** Numbers whose data it may hold; undefined: any, as of a list. */
  readonly asked: ReadonlySet<string> | undefined;
}

/** What a row adds to the table. */
export interface RowFigures {
  readonly id: string;
  readonly fault: string;
  readonly answers: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly longestMs: number;
  readonly deadlineMs: number;
  readonly upstreamCalls: number;
  /** Of I1 to I6, and of the row's own assertions. */
  readonly violations: number;
}

export interface Watch {
  /** Give this to the app; what it writes is searched for canaries. */
  readonly telemetry: Telemetry;
  /** Log lines so far. */
  readonly lines: readonly string[];
  answered(answer: WatchedAnswer): void;
  /** A further text that must not leak: a host and port. */
  forbid(text: string): void;
  /** Deletes of a number that the test asks for: so often may it be created anew. */
  mayCreateAgain(trackingNumber: string): void;
  /** What is broken so far, in words. */
  broken(): readonly string[];
  figures(id: string, fault: string, upstreamCalls: number, failed: boolean): RowFigures;
  /** Forgets the log lines so far; what is broken stays. */
  forget(): void;
  close(): void;
}

/** Watches one world; the sandbox is the judge of I1 and I2. */
export function createWatch(sandbox: Sandbox): Watch {
  const lines: string[] = [];
  const problems: string[] = [];
  const forbidden: string[] = Object.values(CANARY);
  const again = new Map<string, number>();
  const codes: Record<string, number> = {};
  let answers = 0;
  let longestMs = 0;
  let deadlineMs = 0;
  const violationsBefore = sandbox.violations();
  const leak = (text: string, place: string) => {
    for (const canary of forbidden) if (text.includes(canary)) problems.push(`I5: "${canary}" in ${place}: ${text}`);
  };
  const thrown = (error: unknown) => void problems.push(`I6: thrown into the void: ${String(error)}`);
  process.on('unhandledRejection', thrown);
  process.on('uncaughtException', thrown);

  return {
    telemetry: createTelemetry({
      level: 'debug',
      destination: {
        write(line) {
          lines.push(line);
          leak(line, 'a log line');
        },
      },
    }),
    lines,
    answered({ text, startedAt, endedAt, deadlineMs: allowed, asked }) {
      answers += 1;
      const took = endedAt - startedAt;
      longestMs = Math.max(longestMs, took);
      deadlineMs = Math.max(deadlineMs, allowed);
      if (took > allowed + GRACE_MS) problems.push(`I3: an answer took ${took} ms of ${allowed}: ${text}`);
      leak(text, 'an answer');
      const code = checkAnswer(text, asked, problems);
      codes[code] = (codes[code] ?? 0) + 1;
    },
    forbid: (text) => void forbidden.push(text),
    mayCreateAgain: (number) => void again.set(number, (again.get(number) ?? 0) + 1),
    broken() {
      const over = sandbox.violations() - violationsBefore;
      const ledger = over > 0 ? [`I1: ${over} calls over the limit`] : [];
      for (const kind of ['created', 'deleted'] as const) {
        const counts = new Map<string, number>();
        for (const effect of sandbox.effects()) {
          if (effect.kind !== kind) continue;
          counts.set(effect.trackingNumber, (counts.get(effect.trackingNumber) ?? 0) + 1);
        }
        for (const [number, count] of counts) {
          const most = (kind === 'created' ? 1 : 0) + (again.get(number) ?? 0);
          if (count > most) ledger.push(`I2: ${number} is ${kind} ${count} times, asked for ${most}`);
        }
      }
      return [...problems, ...ledger];
    },
    figures(id, fault, upstreamCalls, failed) {
      const violations = this.broken().length + (failed ? 1 : 0);
      return { id, fault, answers, codes, longestMs, deadlineMs, upstreamCalls, violations };
    },
    forget: () => void lines.splice(0),
    close() {
      process.off('unhandledRejection', thrown);
      process.off('uncaughtException', thrown);
    },
  };
}

/** I3 and I4 over one answer's text; gives the code it counts under in the table. */
function checkAnswer(text: string, asked: ReadonlySet<string> | undefined, problems: string[]): string {
  let answer: { data?: unknown; errors?: readonly { message?: unknown; extensions?: { code?: unknown } }[] };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    problems.push(`I3: an answer is no JSON: ${text}`);
    return 'no JSON';
  }
  if (answer === null || typeof answer !== 'object' || !('data' in answer || 'errors' in answer)) {
    problems.push(`I3: an answer has neither data nor errors: ${text}`);
    return 'malformed';
  }
  for (const error of answer.errors ?? []) {
    if (typeof error.message !== 'string' || !CODES.has(String(error.extensions?.code))) {
      problems.push(`I3: an error without message or code: ${text}`);
    }
  }
  checkOwner(answer.data, asked, problems);
  return answer.errors ? String(answer.errors[0]?.extensions?.code) : 'ok';
}

function checkOwner(value: unknown, asked: ReadonlySet<string> | undefined, problems: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const { trackingNumber, title } = value as { trackingNumber?: unknown; title?: unknown };
  if (typeof trackingNumber === 'string') {
    if (asked && !asked.has(trackingNumber)) problems.push(`I4: ${trackingNumber} was not asked for`);
    if (typeof title === 'string' && title.startsWith('T-') && title !== titleOf(trackingNumber)) {
      problems.push(`I4: ${trackingNumber} has the title ${title}`);
    }
  }
  for (const inner of Object.values(value)) checkOwner(inner, asked, problems);
}

/** Fails with everything that is broken, or passes. */
export function expectUnbroken(watch: Watch): void {
  const broken = watch.broken();
  if (broken.length > 0) throw new Error(`${broken.length} broken invariants:\n${broken.slice(0, 10).join('\n')}`);
}

/** Gathers rows of one run or one file. */
export interface FigureTable {
  add(row: RowFigures): void;
  print(): void;
}

/**
 * Rows of the same id are summed. With `FAULT_TABLE` in the environment, which table.ts sets for a whole run, they go to
 * that file and are printed once; without it each test file prints its own.
 */
export function createFigureTable(write: (text: string) => void): FigureTable {
  const rows: RowFigures[] = [];
  return {
    add(row) {
      const file = process.env.FAULT_TABLE;
      if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
      else rows.push(row);
    },
    print() {
      if (rows.length > 0) write(tableText(rows));
    },
  };
}

const numberOf = (id: string) => Number(/\d+/.exec(id)?.[0] ?? Infinity);

/** fault → answers, errors by code, longest answer against its deadline, upstream calls for an answer, violations. */
export function tableText(rows: readonly RowFigures[]): string {
  const sums = new Map<string, RowFigures>();
  for (const row of rows) {
    const before = sums.get(row.id);
    sums.set(row.id, before ? sum(before, row) : row);
  }
  const cells = [...sums.values()]
    .toSorted((a, b) => numberOf(a.id) - numberOf(b.id))
    .map((row) => [
      row.id,
      row.fault,
      String(row.answers),
      Object.entries(row.codes)
        .map(([code, count]) => `${code} ${count}`)
        .join(', '),
      `${Math.round(row.longestMs)} of ${row.deadlineMs}`,
      row.answers === 0 ? '-' : (row.upstreamCalls / row.answers).toFixed(2),
      String(row.violations),
    ]);
  const head = ['row', 'fault', 'answers', 'outcomes', 'longest ms', 'calls/answer', 'violations'];
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[head, widths.map((width) => '-'.repeat(width)), ...cells].map(line).join('\n')}\n`;
}

function sum(a: RowFigures, b: RowFigures): RowFigures {
  const codes: Record<string, number> = { ...a.codes };
  for (const [code, count] of Object.entries(b.codes)) codes[code] = (codes[code] ?? 0) + count;
  return {
    ...a,
    codes,
    answers: a.answers + b.answers,
    longestMs: Math.max(a.longestMs, b.longestMs),
    deadlineMs: Math.max(a.deadlineMs, b.deadlineMs),
    upstreamCalls: a.upstreamCalls + b.upstreamCalls,
    violations: a.violations + b.violations,
  };
}
