// Child processes of the bench: started, awaited, measured through /proc, ended by id. Whatever happens, none survives.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** What to start. `env` is all the child gets, beside the way to its programs. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Running {
  readonly pid: number;
  /** File with everything it wrote. */
  readonly log: string;
  /** User and system time of the process and its children so far, in milliseconds. */
  cpuMs(): number;
  /** Memory in use now by it and its children, in bytes. */
  rss(): number;
  readonly exited: () => boolean;
  stop(): Promise<void>;
}

export const ROOT = join(import.meta.dirname, '..');
/** Logs, and what peers generate; never committed. */
export const WORK = join(ROOT, 'node_modules', '.cache', 'bench');

const alive = new Set<ChildProcess>();
process.on('exit', () => alive.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The process and its children; of threads the process itself gives the sum. */
function family(pid: number): readonly number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(family)];
}

const MS_PER_TICK = 10;

function cpuOf(pid: number): number {
  // Fields 14 and 15, counted behind the name, which may hold blanks.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK;
}

const rssOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Starts a command; its output goes to a log file named `name`. */
export function start(name: string, command: Command): Running {
  mkdirSync(WORK, { recursive: true });
  const log = join(WORK, `${name.replaceAll(/[^\w.-]+/g, '_')}.log`);
  const out = openSync(log, 'w');
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command.file, command.args, {
    cwd: command.cwd ?? ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', ...command.env },
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  alive.add(child);
  const { pid = 0 } = child;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).then(() => void alive.delete(child));
  return {
    pid,
    log,
    cpuMs: () => sum(family(pid).map(cpuOf)),
    rss: () => sum(family(pid).map(rssOf)),
    exited: () => !alive.has(child),
    async stop() {
      const members = family(pid);
      child.kill('SIGTERM');
      const late = setTimeout(() => members.forEach(kill), 3_000);
      await gone;
      clearTimeout(late);
      members.filter((member) => member !== pid && read(`/proc/${member}/cmdline`) !== '').forEach(kill);
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

/** Waits until `probe` holds; throws with the end of the log when the process ends or the time is over. */
export async function ready(running: Running, probe: () => Promise<boolean>, ms: number): Promise<void> {
  const ends = Date.now() + ms;
  for (;;) {
    if (await probe().catch(() => false)) return;
    if (running.exited() || Date.now() > ends) {
      const said = read(running.log).trim().slice(-600);
      throw new Error(`${running.exited() ? 'it ended' : `not ready after ${ms} ms`}: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
