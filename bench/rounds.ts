// One scenario for all servers: each is started, asked in interleaved rounds by the load process, measured and ended.

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Job, Outcome } from './load.ts';
import { freePort, ready, type Running, start } from './processes.ts';
import { fault, type Scenario } from './scenarios.ts';
import type { Server } from './servers.ts';

/** What one server did in one round. */
export interface Sample extends Outcome {
  readonly upstreamCalls: number;
  readonly cpuMs: number;
  readonly rss: number;
}

export interface Row {
  readonly server: Server;
  readonly samples: readonly Sample[];
  /** Why it was not run. */
  readonly notRun: string | undefined;
}

export interface Plan {
  readonly seconds: number;
  readonly warmUp: number;
  readonly rounds: number;
  readonly connections: number;
  /** Open loop at this many requests a second. */
  readonly rate?: number;
}

/** The load process. */
export interface Loader {
  run(job: Job): Promise<Outcome>;
  close(): void;
}

export function startLoader(): Loader {
  const child: ChildProcess = fork(join(import.meta.dirname, 'load.ts'), [], { execArgv: ['--import', 'tsx'] });
  process.on('exit', () => child.kill('SIGKILL'));
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        child.once('message', (said: { outcome?: Outcome; problem?: string }) => {
          if (said.outcome) resolve(said.outcome);
          else reject(new Error(said.problem));
        });
        child.send(job);
      }),
    close: () => void child.kill('SIGKILL'),
  };
}

/** The upstream as far as the rounds need it. */
export interface Upstream {
  readonly baseUrl: string;
  readonly key: string;
  calls(): Promise<number>;
  stop(): Promise<void>;
}

export async function startStub(): Promise<Upstream> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const stub = start('stub', {
    file: process.execPath,
    args: ['--import', 'tsx', join(import.meta.dirname, 'stub.ts'), String(port)],
    env: {},
  });
  const calls = async () => Number(/\d+/.exec(await (await fetch(`${origin}/bench/calls`)).text())?.[0]);
  await ready(stub, async () => (await calls()) >= 0, 20_000);
  return { baseUrl: `${origin}/v1`, key: 'bench', calls, stop: stub.stop };
}

export interface Started {
  readonly url: string;
  readonly running: Running;
}

/** Starts a server and waits until it answers. `probe` is the body of the first request and what is wrong with its answer. */
export async function startServer(
  server: Server,
  upstream: Pick<Upstream, 'baseUrl' | 'key'>,
  limited: boolean,
  probe: { readonly body: string; readonly wrong: (status: number, text: string) => string | undefined },
): Promise<Started> {
  const port = await freePort();
  const command = await server.command({ port, upstream: upstream.baseUrl, key: upstream.key, limited });
  const running = start(server.name, command);
  const url = `http://127.0.0.1:${port}${server.path}`;
  let said = '';
  try {
    await ready(
      running,
      async () => {
        const headers = { 'content-type': 'application/json', accept: 'application/json' };
        const answer = await fetch(url, { method: 'POST', headers, body: probe.body });
        const wrong = probe.wrong(answer.status, await answer.text());
        said = wrong ?? '';
        return wrong === undefined;
      },
      30_000,
    );
  } catch (error) {
    await running.stop();
    throw new Error([said, String(error)].filter(Boolean).join('; '), { cause: error });
  }
  return { url, running };
}

/** Reads memory while `work` runs. */
async function peakWhile<T>(running: Running, work: () => Promise<T>): Promise<readonly [T, number]> {
  let peak = running.rss();
  const timer = setInterval(() => (peak = Math.max(peak, running.rss())), 200);
  try {
    return [await work(), peak];
  } finally {
    clearInterval(timer);
  }
}

// Serials never come twice in a run, whoever is asked.
let serial = 1;

async function round(
  { server, started, scenario }: { readonly server: Server; readonly started: Started; readonly scenario: Scenario },
  upstream: Upstream,
  loader: Loader,
  plan: Plan,
  seconds: number,
): Promise<Sample> {
  const { url, running } = started;
  const calls = await upstream.calls();
  const cpu = running.cpuMs();
  const { connections, rate } = plan;
  const job: Job = {
    url,
    dialect: server.dialect,
    scenario: scenario.name,
    seconds,
    connections,
    from: serial,
    events: true,
    ...(rate === undefined ? {} : { rate }),
  };
  const [outcome, rss] = await peakWhile(running, () => loader.run(job));
  serial += outcome.sent;
  return { ...outcome, rss, cpuMs: running.cpuMs() - cpu, upstreamCalls: (await upstream.calls()) - calls };
}

/** All servers in turn, round after round. A server that cannot be started is a row with its reason. */
export async function compare(
  scenario: Scenario,
  servers: readonly Server[],
  upstream: Upstream,
  loader: Loader,
  plan: Plan,
  tell: (line: string) => void,
): Promise<readonly Row[]> {
  const rows = new Map<Server, { samples: Sample[]; notRun?: string; started?: Started }>();
  for (const server of servers) rows.set(server, { samples: [] });
  const probe = (server: Server) => ({
    body: scenario.written
      ? JSON.stringify({ query: scenario.written(server.dialect, 0) })
      : `{"query":${JSON.stringify(scenario.document(server.dialect, 0))},"variables":${scenario.variables(server.dialect, 0)}}`,
    wrong: (status: number, text: string) => fault(status, text, scenario.expected(0), true),
  });
  for (const [server, row] of rows) {
    try {
      row.started = await startServer(server, upstream, false, probe(server));
    } catch (error) {
      row.notRun = String(error).replaceAll(/\s+/g, ' ').slice(0, 300);
      tell(`${server.name}: not run: ${row.notRun}`);
    }
  }
  for (let at = -1; at < plan.rounds; at += 1) {
    for (const [server, { started, samples }] of rows) {
      if (!started) continue;
      const seconds = at < 0 ? plan.warmUp : plan.seconds;
      const sample = await round({ server, started, scenario }, upstream, loader, plan, seconds);
      if (at < 0) continue;
      samples.push(sample);
      const error = sample.firstError === undefined ? '' : ` ${sample.errors} errors: ${sample.firstError}`;
      tell(`${scenario.name} ${server.name}: ${Math.round((sample.answers * 1_000) / sample.elapsed)}/s${error}`);
    }
  }
  for (const { started } of rows.values()) await started?.running.stop();
  return [...rows].map(([server, { samples, notRun }]) => ({ server, samples, notRun }));
}
