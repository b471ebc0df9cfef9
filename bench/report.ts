// Rows as tables of Markdown, which reads as well on a terminal. Figures are medians over rounds; a ratio is the median
// of the ratios of each round, so that what slows a whole round down does not count.

import { cpus } from 'node:os';
import type { Row, Sample } from './rounds.ts';
import type { Scenario } from './scenarios.ts';
import { BASELINE } from './servers.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** Three digits that say something. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100 || value === 0) return String(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}

const perSecond = (sample: Sample) => (sample.answers * 1_000) / sample.elapsed;

/** How many times as many answers `one` gave as `other`. */
function ratio(one: Row | undefined, other: Row | undefined): string {
  if (!one || !other) return '–';
  const ratios = one.samples.flatMap((sample, index) => {
    const against = other.samples[index];
    return against ? perSecond(sample) / perSecond(against) : [];
  });
  return figure(median(ratios));
}

/** A Markdown table with aligned columns. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) => Math.max(3, name.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const row = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (at < 2 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [row(head), rule, ...lines.map(row)].join('\n');
}

export interface Result {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

/** Every server in every scenario. */
export function comparison(results: readonly Result[]): string {
  const all = results.flatMap(({ rows }) => rows.map(({ server }) => server));
  const own = [...new Set(all.filter((server) => server.own === 'compared').map(({ name }) => name))];
  const head = [
    'scenario',
    'server',
    'answers/s',
    'p50 ms',
    'p99 ms',
    'up/answer',
    'violations',
    'errors',
    'CPU ms/answer',
    'RSS MB',
    `÷ ${BASELINE}`,
    ...own.map((name) => `${name} ÷ it`),
  ];
  const lines = results.flatMap(({ scenario, rows }) =>
    rows.map((row) => {
      const { server, samples, notRun } = row;
      if (notRun !== undefined) return [scenario.name, server.name, 'not run'];
      const mid = (read: (sample: Sample) => number) => figure(median(samples.map(read)));
      const named = (name: string) => rows.find((other) => other.server.name === name);
      return [
        scenario.name,
        server.name,
        mid(perSecond),
        mid((sample) => sample.p50),
        mid((sample) => sample.p99),
        mid((sample) => sample.upstreamCalls / sample.answers),
        // The stub has no limits to violate.
        '0',
        String(samples.reduce((total, { errors }) => total + errors, 0)),
        mid((sample) => sample.cpuMs / sample.answers),
        figure(Math.max(0, ...samples.map(({ rss }) => rss)) / 2 ** 20),
        ratio(row, named(BASELINE)),
        ...own.map((name) => (server.own !== 'no' ? '' : ratio(named(name), row))),
      ];
    }),
  );
  return table(head, lines);
}

/** Why servers were not run, a line each. */
export function notRunLines(rows: readonly Row[]): string {
  const reasons = new Map(rows.flatMap(({ server, notRun }) => (notRun === undefined ? [] : [[server.name, notRun]])));
  return [...reasons].map(([name, reason]) => `- ${name}: not run: ${reason}`).join('\n');
}

/** Under what the figures were taken. */
export function circumstances(command: string, detail: string): string {
  const cores = cpus();
  return [
    `- ${new Date().toISOString().slice(0, 16)}Z, Node ${process.version}, ${cores.length} cores (${cores[0]?.model ?? 'unknown'})`,
    `- \`${command}\``,
    `- ${detail}`,
    '- The load generator, the upstream and the server measured share these cores: ratios carry over to other machines,',
    '  absolute figures do not.',
  ].join('\n');
}
