// Where the facade's time goes in one scenario: `tsx bench/profile.ts [--scenario a] [--seconds 5] [--no-cache]`.
// Runs it over the stub under `node --cpu-prof`, and prints what was on the processor (self) and whose callees were
// (total), with places in the sources. `--flame FILE` draws it; the profile itself stays in the cache folder.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { type Frame, flameGraph } from './flame.ts';
import { ROOT, WORK } from './processes.ts';
import { figure, table } from './report.ts';
import { startLoader, startServer, startStub } from './rounds.ts';
import { fault, SCENARIOS } from './scenarios.ts';
import { builtAt, facadeEnv, YOUNG } from './servers.ts';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const options = new Command('profile')
  .option('--scenario <name>', SCENARIOS.map(({ name }) => name).join(', '), 'a')
  .option('--seconds <n>', 'how long', Number, 5)
  .option('--no-cache', 'with the cache switched off')
  .option('--lines <n>', 'lines of each table', Number, 30)
  .option('--flame <file>', 'write a flame graph (SVG) there')
  .option('--dist <folder>', 'another build of the facade')
  .parse()
  .opts<{ scenario: string; seconds: number; cache: boolean; lines: number; flame?: string; dist?: string }>();
if (options.dist !== undefined) builtAt.dist = resolve(options.dist);

const maps = new Map<string, SourceMap | undefined>();

/** `name file:line` in the sources where there is a source map beside the file. */
function place({ callFrame }: ProfileNode): string {
  const { functionName, url, lineNumber, columnNumber } = callFrame;
  const name = functionName || '(anonymous)';
  if (!url.startsWith('file:')) return url === '' ? name : `${name} ${url}`;
  const file = fileURLToPath(url);
  if (!maps.has(file)) {
    const map = `${file}.map`;
    maps.set(file, existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : undefined);
  }
  const entry = maps.get(file)?.findEntry(lineNumber, columnNumber);
  if (entry && 'originalLine' in entry)
    return `${name} src/${entry.originalSource.replace(/^.*src\//, '')}:${entry.originalLine + 1}`;
  return `${name} ${relative(ROOT, file).replace(/^.*node_modules\//, '')}:${lineNumber + 1}`;
}

/** Microseconds by node after the first `skip`. */
function ownTimes({ samples, timeDeltas }: Profile, skip: number): ReadonlyMap<number, number> {
  const own = new Map<number, number>();
  let at = 0;
  samples.forEach((id, index) => {
    const delta = timeDeltas[index] ?? 0;
    at += delta;
    if (at > skip) own.set(id, (own.get(id) ?? 0) + delta);
  });
  return own;
}

/** The stacks, idle time left out; equal functions on equal stacks are one. */
function stacks({ nodes }: Profile, own: ReadonlyMap<number, number>): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const merge = (name: string, members: readonly ProfileNode[]): Frame => {
    const below = new Map<string, ProfileNode[]>();
    for (const id of members.flatMap(({ children }) => children ?? [])) {
      const child = byId.get(id);
      if (!child || /^\((idle|program)\)$/.test(child.callFrame.functionName)) continue;
      const where = place(child);
      below.set(where, [...(below.get(where) ?? []), child]);
    }
    const children = [...below].map(([where, same]) => merge(where, same));
    const mine = members.reduce((sum, { id }) => sum + (own.get(id) ?? 0), 0);
    return { name, children, value: children.reduce((sum, { value }) => sum + value, mine) };
  };
  return merge('busy', nodes.slice(0, 1));
}

/** Microseconds by place: on the processor, and with everything called from there (counted once in a recursion). */
function times({ nodes }: Profile, own: ReadonlyMap<number, number>) {
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const add = (to: Map<string, number>, where: string, value: number) => to.set(where, (to.get(where) ?? 0) + value);
  function walk(node: ProfileNode, above: ReadonlySet<string>): number {
    const where = place(node);
    const mine = own.get(node.id) ?? 0;
    add(self, where, mine);
    const within = new Set(above).add(where);
    let all = mine;
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) all += walk(child, within);
    }
    if (!above.has(where)) add(total, where, all);
    return all;
  }
  const [root] = nodes;
  if (root) walk(root, new Set());
  return { self, total };
}

function top(figures: ReadonlyMap<string, number>, busy: number, what: string): string {
  const lines = [...figures]
    .filter(([where]) => !/^\((root|program|idle)\)/.test(where))
    .sort(([, a], [, b]) => b - a)
    .slice(0, options.lines)
    .map(([where, value]) => ['', where, `${figure((value / busy) * 100)} %`]);
  return table(['', what, 'of busy time'], lines);
}

const scenario = SCENARIOS.find(({ name }) => name === options.scenario);
if (!scenario) throw new Error(`no scenario ${options.scenario}`);
const folder = join(WORK, 'profile');
rmSync(folder, { recursive: true, force: true });
const stub = await startStub();
const loader = startLoader();
const startedAt = performance.now();
const { running, url } = await startServer(
  {
    name: 'profile',
    dialect: 'facade',
    own: 'yes',
    path: '/graphql',
    command: async (at) => ({
      file: process.execPath,
      args: [YOUNG, '--cpu-prof', `--cpu-prof-dir=${folder}`, join(builtAt.dist, 'cli.js'), 'serve'],
      env: { ...facadeEnv(at), ...(options.cache ? {} : { CACHE_TTL_SECONDS: '0', CACHE_STALE_SECONDS: '0' }) },
    }),
  },
  stub,
  false,
  {
    body: scenario.written
      ? JSON.stringify({ query: scenario.written('facade', 0) })
      : `{"query":${JSON.stringify(scenario.document('facade', 0))},"variables":${scenario.variables('facade', 0)}}`,
    wrong: (status, text) => fault(status, text, scenario.expected(0), true),
  },
);
// Starting and the first second, in which everything is compiled, are left out.
const skip = (performance.now() - startedAt + 1_000) * 1_000;
const outcome = await loader.run({
  url,
  dialect: 'facade',
  scenario: scenario.name,
  seconds: options.seconds,
  connections: Number(process.env.PROFILE_CONNECTIONS ?? 64),
  from: 1,
  events: true,
});
await running.stop();
await stub.stop();
loader.close();
const [file = ''] = readdirSync(folder);
const profile: Profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
const own = ownTimes(profile, skip);
const { self, total } = times(profile, own);
const busy = [...self].reduce((sum, [where, value]) => (/^\((idle|program)\)/.test(where) ? sum : sum + value), 0);
const { answers, errors, elapsed } = outcome;
if (options.flame !== undefined) {
  const title = `(${scenario.name}): ${scenario.about}. Yellow and orange: this project; blue: undici; green: Node; violet: garbage collection`;
  writeFileSync(options.flame, flameGraph(stacks(profile, own), title));
}
process.stdout.write(
  [
    `${scenario.name}: ${Math.round((answers * 1_000) / elapsed)} answers/s under the profiler, ${errors} errors`,
    top(self, busy, 'self'),
    top(total, busy, 'total'),
    join(folder, file),
    '',
  ].join('\n\n'),
);
process.exit(0);
