// Has an answer become dearer? `npm run bench -- --check`: the baseline commit is built beside this tree, both are asked
// in interleaved rounds of the same run, and 15 % more CPU time for an answer fails. CPU time, not answers a second: what
// else the machine does moves it less.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, WORK } from './processes.ts';
import { figure, median, table } from './report.ts';
import { compare, type Loader, type Plan, type Row, type Upstream } from './rounds.ts';
import type { Scenario } from './scenarios.ts';
import { facade } from './servers.ts';

const ALLOWED = 1.15;

const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

/** Builds the commit with the packages installed here; returns its `dist`. Kept until another commit is asked for. */
function buildBaseline(commit: string, tell: (line: string) => void): string {
  const folder = join(WORK, 'baseline', commit);
  const dist = join(folder, 'dist');
  if (existsSync(join(dist, 'cli.js'))) return dist;
  tell(`building ${commit.slice(0, 10)} once`);
  rmSync(join(WORK, 'baseline'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync(
    'git',
    ['archive', commit, 'src', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
    {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const others = join(folder, 'schema.graphql');
  if (existsSync(join(ROOT, 'schema.graphql')) && !existsSync(others)) cpSync(join(ROOT, 'schema.graphql'), others);
  return dist;
}

function readBaseline(): string {
  const { commit } = JSON.parse(readFileSync(join(import.meta.dirname, 'baseline.json'), 'utf8'));
  return git('rev-parse', `${commit}^{commit}`);
}

/** The table, and whether every scenario stays within what is allowed. */
export async function check(
  scenarios: readonly Scenario[],
  upstream: Upstream,
  loader: Loader,
  plan: Plan,
  tell: (line: string) => void,
): Promise<{ readonly text: string; readonly passed: boolean }> {
  const commit = readBaseline();
  const dist = buildBaseline(commit, tell);
  const servers = [facade('baseline', 'yes', {}, () => dist), facade('facade', 'yes', {})];
  const lines: string[][] = [];
  let passed = true;
  for (const scenario of scenarios) {
    const [before, now] = await compare(scenario, servers, upstream, loader, plan, tell);
    if (!before || !now || before.notRun !== undefined || now.notRun !== undefined) {
      throw new Error(`not run: ${before?.notRun ?? now?.notRun ?? 'nothing'}`);
    }
    const ratio = median(now.samples.map((sample, at) => cost(sample) / cost(before.samples[at] ?? sample)));
    const errors = now.samples.reduce((sum, sample) => sum + sample.errors, 0);
    const good = ratio <= ALLOWED && errors === 0;
    passed &&= good;
    lines.push([scenario.name, good ? 'ok' : 'DEARER', costOf(before), costOf(now), figure(ratio), String(errors)]);
  }
  const head = ['scenario', '', 'baseline CPU ms/answer', 'now', 'now ÷ baseline', 'errors'];
  const verdict = `${passed ? 'PASS' : 'FAIL'}: at most ${Math.round((ALLOWED - 1) * 100)} % more than ${commit.slice(0, 10)}`;
  return { text: `${table(head, lines)}\n\n${verdict}`, passed };
}

const cost = ({ cpuMs, answers }: Row['samples'][number]) => cpuMs / answers;
const costOf = ({ samples }: Row) => figure(median(samples.map(cost)));
