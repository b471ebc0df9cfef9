// The scenario with limits: 1,000 different look-ups from 100 clients, each server over a fresh sandbox with the
// documented limits (upstream.md §10). A call too many costs 120 s in which everything is refused.

import { startSandboxProcess } from './sandbox.ts';
import { figure } from './report.ts';
import { type Loader, startServer } from './rounds.ts';
import type { Server } from './servers.ts';

const LOOK_UPS = 1_000;
const CLIENTS = 100;
const CUT_OFF_S = 60;
const KEY = 'bench';

export const LIMITED_HEAD = [
  'scenario',
  'server',
  'seconds',
  'answers',
  'errors',
  'answers/s',
  'of 41/s',
  'p50 ms',
  'p99 ms',
  'upstream calls',
  'violations',
  'CPU ms/answer',
];

export interface LimitedResult {
  readonly lines: readonly (readonly string[])[];
  /** Why servers were not run, and the first error of those that had some. */
  readonly notes: string;
}

/** Physical limit in look-ups a second: a list call of 40 numbers, and a single read. */
const MOST_PER_SECOND = 41;

async function measure(server: Server, loader: Loader): Promise<{ line: readonly string[]; error: string }> {
  const sandbox = await startSandboxProcess();
  try {
    await sandbox.fill(KEY, LOOK_UPS);
    const upstream = { baseUrl: sandbox.baseUrl, key: KEY };
    // Asked without a field of the upstream: nothing is spent before the clock starts.
    const wrong = (status: number, text: string) => (status === 200 && text.includes('Query') ? undefined : text);
    const { url, running } = await startServer(server, upstream, true, { body: '{"query":"{ __typename }"}', wrong });
    try {
      const before = await sandbox.counts();
      const cpu = running.cpuMs();
      const done = await loader.run({
        url,
        dialect: server.dialect,
        scenario: 'a',
        seconds: CUT_OFF_S,
        connections: CLIENTS,
        from: 0,
        count: LOOK_UPS,
        events: false,
      });
      const after = await sandbox.counts();
      const speed = (done.answers * 1_000) / done.elapsed;
      const unsent = LOOK_UPS - done.sent;
      return {
        line: [
          'limited',
          server.name,
          figure(done.elapsed / 1_000),
          String(done.answers),
          String(done.errors + unsent),
          figure(speed),
          `${figure((speed / MOST_PER_SECOND) * 100)} %`,
          figure(done.p50),
          figure(done.p99),
          String(after.calls - before.calls),
          String(after.violations - before.violations),
          figure((running.cpuMs() - cpu) / done.answers),
        ],
        error: done.firstError === undefined ? '' : `- ${server.name}: first error: ${oneLine(done.firstError)}`,
      };
    } finally {
      await running.stop();
    }
  } finally {
    await sandbox.running.stop();
  }
}

const oneLine = (text: string) => `\`${text.replaceAll(/[\s`]+/g, ' ').slice(0, 240)}\``;

/** All servers, one after the other. */
export async function compareLimited(
  servers: readonly Server[],
  loader: Loader,
  tell: (line: string) => void,
): Promise<LimitedResult> {
  const lines: (readonly string[])[] = [];
  const notes: string[] = [];
  for (const server of servers) {
    try {
      const { line, error } = await measure(server, loader);
      tell(line.join('  '));
      lines.push(line);
      if (error) notes.push(error);
    } catch (error) {
      lines.push(['limited', server.name, 'not run']);
      notes.push(`- ${server.name}: not run: ${oneLine(String(error))}`);
    }
  }
  return { lines, notes: notes.join('\n') };
}
