// Does the facade hold on to memory? `tsx bench/soak.ts [--minutes 30] [--rate 25]`: mixed operations at a low fixed
// rate over the sandbox, of whose calls one in a hundred goes wrong. Prints the slope of the memory held after a warm-up
// and the verdict: less than 1 MB an hour. Takes as long as it is told, so it is not part of any test.
// The warm-up runs faster than the rest: until every function has been run often enough to be compiled for good, V8's own
// code grows (of two heap snapshots, 6 and 14 minutes into a run at 50/s, it was all of the difference).

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { Agent, request } from 'undici';
import { WORK } from './processes.ts';
import { figure, table } from './report.ts';
import { startServer } from './rounds.ts';
import { startSandboxProcess } from './sandbox.ts';
import { builtAt, facadeEnv } from './servers.ts';
import { mixedOperation } from './soak-operations.ts';

const options = new Command('soak')
  .option('--minutes <n>', 'how long, warm-up included', Number, 30)
  .option('--warm-up <minutes>', 'left out of the slope; default: a fifth', Number)
  .option('--rate <n>', 'operations a second', Number, 25)
  .option('--warm-up-rate <n>', 'operations a second during the warm-up', Number, 300)
  .option('--dist <folder>', 'another build of the facade')
  .parse()
  .opts<{ minutes: number; warmUp?: number; rate: number; warmUpRate: number; dist?: string }>();
const minutes = Math.min(Math.max(options.minutes, 0.2), 240);
const warmUp = options.warmUp ?? minutes / 5;
const bounded = (perSecond: number) => Math.min(Math.max(perSecond, 1), 500);
const rate = bounded(options.rate);
const warmUpRate = bounded(options.warmUpRate);
if (options.dist !== undefined) builtAt.dist = resolve(options.dist);

const KEY = 'soak';
const TRACKINGS = 400;
const ALLOWED_MB_PER_HOUR = 1;
/** One of these for every hundred calls; each hits one call. */
const FAULTS = [
  { kind: 'html', times: 1 },
  { kind: 'envelope', times: 1 },
  { kind: 'close', times: 1 },
  { kind: 'empty', times: 1 },
  { kind: 'bad-json', times: 1 },
  { kind: 'cut', times: 1 },
  { kind: 'latency', ms: 1_500, times: 1 },
  { kind: 'close', afterEffect: true, times: 1 },
];

interface Reading {
  readonly at: number;
  readonly heapUsed: number;
  readonly rss: number;
}

/** Least squares: megabytes an hour, and the standard error of that. */
function slope(readings: readonly Reading[], read: (reading: Reading) => number) {
  const points = readings.map((reading) => [reading.at / 3_600_000, read(reading) / 2 ** 20] as const);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const perHour = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
  const rest = points.reduce((sum, [at, value]) => sum + (value - y - perHour * (at - x)) ** 2, 0);
  return { perHour, error: Math.sqrt(rest / Math.max(1, points.length - 2) / spread), level: y };
}

const probe = join(WORK, 'soak.jsonl');
rmSync(probe, { force: true });
const sandbox = await startSandboxProcess({ SANDBOX_LIMITS: 'off' });
await sandbox.fill(KEY, TRACKINGS);
const wrong = (status: number, text: string) => (status === 200 && text.includes('Query') ? undefined : text);
const { url, running } = await startServer(
  {
    name: 'soak',
    dialect: 'facade',
    own: 'yes',
    path: '/graphql',
    command: async (at) => ({
      file: process.execPath,
      args: [
        '--expose-gc',
        '--import',
        join(import.meta.dirname, 'heap-probe.js'),
        join(builtAt.dist, 'cli.js'),
        'serve',
      ],
      // The breaker's and the budget's rules hold as ever; only the documented rates are off on both sides.
      env: { ...facadeEnv(at), REQUEST_DEADLINE_MS: '5000', BENCH_PROBE: probe, BENCH_PROBE_MS: '15000' },
    }),
  },
  { baseUrl: sandbox.baseUrl, key: KEY },
  false,
  { body: '{"query":"{ __typename }"}', wrong },
);

const agent = new Agent({ connections: 32 });
const counts = { sent: 0, clean: 0, withErrors: 0, broken: 0 };
const asking = new Set<Promise<void>>();

async function ask(serial: number): Promise<void> {
  try {
    const body = mixedOperation(serial, TRACKINGS);
    const headers = { 'content-type': 'application/json' };
    const answer = await request(url, { method: 'POST', headers, body, dispatcher: agent });
    const text = await answer.body.text();
    // Faults are to show as errors of one field, in time; anything but GraphQL's answer is broken.
    if (answer.statusCode !== 200 || !text.startsWith('{')) counts.broken += 1;
    else if (text.includes('"errors":[')) counts.withErrors += 1;
    else counts.clean += 1;
  } catch {
    counts.broken += 1;
  }
}

const startedAt = Date.now();
const warmAt = startedAt + warmUp * 60_000;
/** How many operations are to have been sent by then. */
const dueBy = (at: number) =>
  Math.floor(((Math.min(at, warmAt) - startedAt) * warmUpRate + Math.max(0, at - warmAt) * rate) / 1_000);
const ends = startedAt + minutes * 60_000;
let told = startedAt;
let callsAtFault = 0;
let faults = 0;
while (Date.now() < ends && !running.exited()) {
  for (const due = dueBy(Date.now()); counts.sent < due; counts.sent += 1) {
    const asked: Promise<void> = ask(counts.sent).finally(() => asking.delete(asked));
    asking.add(asked);
  }
  await new Promise((done) => setTimeout(done, 20));
  if (Date.now() - told < 1_000) continue;
  told = Date.now();
  // The sandbox keeps only the newer calls: its count is a count until then, so it is cleared at each fault.
  const { calls } = await sandbox.counts();
  callsAtFault += calls;
  await sandbox.control('DELETE', '/calls');
  for (; callsAtFault >= 100; callsAtFault -= 100) {
    await sandbox.control('POST', '/faults', FAULTS[faults % FAULTS.length]);
    faults += 1;
  }
}
await Promise.all(asking);
const died = running.exited();
await running.stop();
await sandbox.running.stop();
await agent.close();

const readings: readonly Reading[] = existsSync(probe)
  ? readFileSync(probe, 'utf8')
      .trim()
      .split('\n')
      .map((line): Reading => JSON.parse(line))
      .filter(({ at }) => at >= warmAt)
  : [];
if (died || readings.length < 10) throw new Error(`no verdict: ${died ? 'the facade ended' : 'too few readings'}`);
const heap = slope(readings, ({ heapUsed }) => heapUsed);
const rss = slope(readings, (reading) => reading.rss);
// What is held decides. Resident memory must not grow for certain either: it moves by itself, so twice its error is left to it.
const steady = heap.perHour < ALLOWED_MB_PER_HOUR && rss.perHour - 2 * rss.error < ALLOWED_MB_PER_HOUR;
const line = (name: string, { level, perHour, error }: ReturnType<typeof slope>) => [
  name,
  '',
  figure(level),
  perHour.toFixed(2),
  error.toFixed(2),
];
process.stdout.write(
  [
    `${minutes} minutes, ${warmUp} of them warm-up at ${warmUpRate} operations/s; then ${rate} operations/s; ${faults} faults; ${readings.length} readings`,
    `${counts.sent} operations: ${counts.clean} clean, ${counts.withErrors} with errors, ${counts.broken} broken`,
    table(['memory', '', 'mean MB', 'MB/h', '± MB/h'], [line('held (heap after GC)', heap), line('resident', rss)]),
    `${steady && counts.broken === 0 ? 'PASS' : 'FAIL'}: less than ${ALLOWED_MB_PER_HOUR} MB an hour`,
    '',
  ].join('\n\n'),
);
process.exit(steady && counts.broken === 0 ? 0 : 1);
