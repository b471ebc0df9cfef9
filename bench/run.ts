// The bench: `npm run bench -- [options]`. Starts everything, prints one table, writes it where `--out` says.
// bench/README.md tells what the columns mean and what is unfair to whom.

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { check } from './check.ts';
import { compareLimited, LIMITED_HEAD } from './limited.ts';
import { writeSection } from './out.ts';
import { circumstances, comparison, notRunLines, type Result, table } from './report.ts';
import { compare, startLoader, startStub } from './rounds.ts';
import { SCENARIOS } from './scenarios.ts';
import { builtAt, SERVERS } from './servers.ts';

const tell = (line: string) => void process.stderr.write(`${line}\n`);

const between = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!(value >= least && value <= most)) throw new InvalidArgumentError(`expected ${least} to ${most}`);
  return value;
};
const names = (known: readonly string[]) => (text: string) => {
  const chosen = text.split(',').map((name) => name.trim());
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`no ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return chosen;
};

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  readonly warmUp: number;
  readonly connections: number;
  readonly rate?: number;
  readonly only?: readonly string[];
  readonly scenarios: readonly string[];
  readonly limited?: true;
  readonly check?: true;
  readonly out?: string;
  readonly dist?: string;
}

const scenarioNames = SCENARIOS.map(({ name }) => name);
const options = new Command('bench')
  .description('The facade and its peers over the same upstream.')
  .option('--seconds <n>', 'length of a round', between(0.5, 60), 5)
  .option('--rounds <n>', 'interleaved rounds', between(1, 20), 3)
  .option('--warm-up <n>', 'seconds before the first round', between(0.5, 60), 3)
  .option('--connections <n>', 'connections of the load generator', between(1, 256), 64)
  .option('--rate <n>', 'open loop: requests a second, latency from when each was due', between(1, 50_000))
  .option('--only <names>', 'servers, comma separated', names(SERVERS.map(({ name }) => name)))
  .option('--scenarios <names>', 'scenarios, comma separated', names(scenarioNames), scenarioNames)
  .option('--limited', 'instead: 1,000 look-ups over the sandbox with its documented limits')
  .option('--check', 'instead: has an answer become dearer than at the commit in baseline.json? Fails on 15 % more')
  .option('--out <file>', 'also write the result there, as Markdown')
  .option('--dist <folder>', 'another build of the facade')
  .parse()
  .opts<Options>();

if (options.dist !== undefined) builtAt.dist = resolve(options.dist);

/** Installs the peers where they are missing or their lock file is newer. */
function installPeers(): void {
  const peers = join(import.meta.dirname, 'peers');
  const installed = join(peers, 'node_modules', '.package-lock.json');
  const lock = join(peers, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  tell('installing the peers, once (npm ci in bench/peers)');
  try {
    execFileSync('npm', ['ci'], { cwd: peers, stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 });
  } catch (error) {
    tell(`the peers cannot be installed: ${String(error)}`);
  }
}

const servers = SERVERS.filter(({ name }) => options.only?.includes(name) ?? true);
if (!options.check && servers.some(({ own }) => own === 'no')) installPeers();
if (!existsSync(join(builtAt.dist, 'cli.js'))) throw new Error(`no build in ${builtAt.dist}: npm run build`);

const loader = startLoader();
const shown = `npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`;
let text: string;
let passed = true;

if (options.limited) {
  const { lines, notes } = await compareLimited(
    servers.filter(({ scenarios }) => scenarios === undefined),
    loader,
    tell,
  );
  const about =
    'Look-ups over the sandbox with its documented limits: 1,000 different ones from 100 clients, a fresh sandbox for each.';
  text = [
    '## Limited upstream',
    circumstances(shown, about),
    table(LIMITED_HEAD, lines),
    notes,
    'The physical limit is 41 look-ups a second: one list call of 40 numbers and one single read.',
  ]
    .filter(Boolean)
    .join('\n\n');
} else if (options.check) {
  const stub = await startStub();
  const chosen = SCENARIOS.filter(({ name }) => options.scenarios.includes(name));
  ({ text, passed } = await check(chosen, stub, loader, options, tell));
  await stub.stop();
} else {
  const { rounds, seconds, connections, rate } = options;
  const stub = await startStub();
  const results: Result[] = [];
  for (const scenario of SCENARIOS.filter(({ name }) => options.scenarios.includes(name))) {
    const able = servers.filter(({ scenarios }) => scenarios?.includes(scenario.name) ?? true);
    results.push({ scenario, rows: await compare(scenario, able, stub, loader, options, tell) });
  }
  await stub.stop();
  const loop = rate === undefined ? 'closed loop' : `open loop, ${rate} requests/s`;
  text = [
    '## CPU-bound',
    circumstances(
      shown,
      `${rounds} interleaved rounds of ${seconds} s, medians; ${connections} connections, ${loop}; upstream: a stub without delay or limits`,
    ),
    results.map(({ scenario: { name, about } }) => `- **${name}**: ${about}`).join('\n'),
    comparison(results),
    notRunLines(results.flatMap(({ rows }) => rows)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

loader.close();
process.stdout.write(`${text}\n`);
if (options.out !== undefined) await writeSection(options.out, text);
process.exit(passed ? 0 : 1);
