// The load generator: a process of its own, told by run.ts over IPC what to send. Closed loop: each connection sends the
// next request when it has its answer. Open loop (`rate`): requests are due at fixed times, and latency counts from when
// a request was due, so that a server that stalls is not spared. Checks every answer.

import { Client } from 'undici';
import { type Dialect, fault, type Scenario, SCENARIOS } from './scenarios.ts';

/** What one round sends. */
export interface Job {
  readonly url: string;
  readonly dialect: Dialect;
  readonly scenario: string;
  readonly seconds: number;
  readonly connections: number;
  /** Serials go on from here: nobody is asked for what it has seen. */
  readonly from: number;
  /** Requests a second; undefined: closed loop. */
  readonly rate?: number;
  /** Ends earlier, after so many requests. */
  readonly count?: number;
  /** false: trackings without events are right answers too. */
  readonly events: boolean;
}

/** What came of it. Times in milliseconds. */
export interface Outcome {
  readonly answers: number;
  readonly errors: number;
  readonly firstError: string | undefined;
  readonly elapsed: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly sent: number;
}

const TIMEOUT_MS = 60_000;

interface Round {
  readonly job: Job;
  readonly scenario: Scenario;
  readonly path: string;
  readonly latencies: number[];
  readonly ends: number;
  sent: number;
  errors: number;
  firstError: string | undefined;
}

const heads = new Map<string, string>();

/** A body up to its variables: encoded once for each document. */
function head(document: string): string {
  const made = heads.get(document) ?? `{"query":${JSON.stringify(document)},"variables":`;
  heads.set(document, made);
  return made;
}

/** Sends one request and settles when its answer is read; never rejects. */
function ask(client: Client, round: Round, due: number): Promise<void> {
  const { job, scenario } = round;
  const serial = job.from + round.sent;
  round.sent += 1;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let status = 0;
    const settle = (wrong: string | undefined) => {
      if (wrong === undefined) round.latencies.push(performance.now() - due);
      else {
        round.errors += 1;
        round.firstError ??= wrong;
      }
      resolve();
    };
    const body =
      scenario.written === undefined
        ? `${head(scenario.document(job.dialect, serial))}${scenario.variables(job.dialect, serial)}}`
        : JSON.stringify({ query: scenario.written(job.dialect, serial) });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    client.dispatch(
      { path: round.path, method: 'POST', headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          const [only] = chunks;
          const text = (chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString('latin1');
          settle(fault(status, text, scenario.expected(serial), job.events));
        },
        onResponseError(_controller, error) {
          settle(String(error));
        },
      },
    );
  });
}

const over = (round: Round) =>
  performance.now() >= round.ends || (round.job.count !== undefined && round.sent >= round.job.count);

async function closedLoop(clients: readonly Client[], round: Round): Promise<void> {
  await Promise.all(
    clients.map(async (client) => {
      while (!over(round)) await ask(client, round, performance.now());
    }),
  );
}

async function openLoop(clients: readonly Client[], round: Round, rate: number): Promise<void> {
  const free = [...clients];
  const waiting: number[] = [];
  const running = new Set<Promise<void>>();
  const serve = () => {
    for (let due = waiting[0]; due !== undefined; due = waiting[0]) {
      const client = free.pop();
      if (!client) return;
      waiting.shift();
      const asked: Promise<void> = ask(client, round, due).then(() => {
        running.delete(asked);
        free.push(client);
        serve();
      });
      running.add(asked);
    }
  };
  const started = performance.now();
  for (let arrived = 0; !over(round);) {
    for (const due = Math.floor(((performance.now() - started) * rate) / 1_000); arrived < due; arrived += 1)
      waiting.push(started + (arrived * 1_000) / rate);
    serve();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  // What was due and got no connection in time was not answered.
  round.errors += waiting.splice(0).length;
  await Promise.all(running);
}

async function run(job: Job): Promise<Outcome> {
  const scenario = SCENARIOS.find(({ name }) => name === job.scenario);
  if (!scenario) throw new Error(`no scenario ${job.scenario}`);
  const { origin, pathname } = new URL(job.url);
  const started = performance.now();
  const round: Round = {
    job,
    scenario,
    path: pathname,
    latencies: [],
    ends: started + job.seconds * 1_000,
    sent: 0,
    errors: 0,
    firstError: undefined,
  };
  const limits = { bodyTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, pipelining: 1 };
  const clients = Array.from({ length: job.connections }, () => new Client(origin, limits));
  if (job.rate === undefined) await closedLoop(clients, round);
  else await openLoop(clients, round, job.rate);
  const elapsed = performance.now() - started;
  await Promise.all(clients.map((client) => client.destroy()));
  const sorted = Float64Array.from(round.latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const { errors, firstError, sent } = round;
  return { answers: sorted.length, errors, firstError, elapsed, p50: at(0.5), p99: at(0.99), worst: at(1), sent };
}

process.on('message', (job: Job) => {
  run(job).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ problem: String(error) }),
  );
});
