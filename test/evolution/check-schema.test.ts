// `npm run check:schema` in folders that hold a release and what came of it: the real SDL as the release, and the change
// that a developer would make to it.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../architecture/tree.ts';

const SDL = readFileSync(`${ROOT}schema.graphql`, 'utf8');
const TSX = new URL(import.meta.resolve('tsx')).href;

const SUBGRAPH = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag"])
  type Query { tracking(id: ID!): Tracking }
  type Tracking @key(fields: "id") @key(fields: "carrierCode trackingNumber") {
    id: ID!
    carrierCode: String!
    trackingNumber: String!
    customer: Customer
  }
  type Customer @shareable { name: String @tag(name: "pii") }
  extend type Order @key(fields: "id") { id: ID! trackings: [Tracking!]! }
`;

/** `sdl` with one place changed; it has to be there, so that no test passes over a schema that moved on. */
function changed(sdl: string, from: string | RegExp, to: string): string {
  const result = sdl.replace(from, to);
  expect(result).not.toBe(sdl);
  return result;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Files = Readonly<Record<string, string>>;

/** Runs the check in a folder with these files; the folder and what the check said. */
async function checked(files: Files, ...args: readonly string[]): Promise<Outcome & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'evolution-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'released'));
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
  const outcome = await new Promise<Outcome>((resolve) => {
    execFile(
      process.execPath,
      ['--import', TSX, `${ROOT}check-schema.ts`, ...args],
      { cwd: folder, timeout: 25_000 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
  return { ...outcome, folder };
}

const release = (after: string): Files => ({
  'released/version': '1.2.0\n',
  'released/schema.graphql': SDL,
  'schema.graphql': after,
});

const breaking = (...lines: readonly string[]) => ({
  'CHANGELOG.md': `# Changelog\n\n## Unreleased\n\n### Added\n\n- Things.\n\n### Breaking\n\n${lines.join('\n')}\n\n## 1.2.0\n\n- First.\n`,
});

const withoutTitle = () => changed(SDL, /(?<=^type Tracking [^]*?)\n {2}"""[^"]*"""\n {2}title: String\n/m, '\n');

describe('npm run check:schema', () => {
  it('passes a schema that did not change', async () => {
    const { code, stdout } = await checked(release(SDL));
    expect(stdout).toBe('schema.graphql since 1.2.0: 0 breaking, 0 dangerous, 0 compatible\n');
    expect(code).toBe(0);
  });

  it('passes new fields and other words, and lists the fields', async () => {
    const more = changed(SDL, 'type Country {', 'type Country {\n  """Of the union."""\n  inEurope: Boolean\n');
    const { code, stdout } = await checked(release(changed(more, 'In English.', 'In plain English.')));
    expect(stdout).toContain('0 breaking, 0 dangerous, 1 compatible');
    expect(stdout).toMatch(/compatible {2}Country\.inEurope/);
    expect(code).toBe(0);
  });

  it('fails a removed field that the changelog does not name', async () => {
    const { code, stdout, stderr } = await checked({ ...release(withoutTitle()), ...breaking('- Less.') });
    expect(stdout).toContain('1 breaking');
    expect(stdout).toMatch(/breaking {2,}Tracking\.title +NO NOTE/);
    expect(stderr).toContain('1 breaking without a note');
    expect(code).toBe(1);
  });

  it('passes it with a note', async () => {
    const note = breaking('- `Tracking.title` is gone: use `orderId`.');
    const { code, stdout } = await checked({ ...release(withoutTitle()), ...note });
    expect(stdout).toMatch(/breaking {2,}Tracking\.title +noted/);
    expect(code).toBe(0);
  });

  it.each([
    ['of another release', '# Changelog\n\n## Unreleased\n\n## 1.2.0\n\n### Breaking\n\n- `Tracking.title` is gone.\n'],
    ['of another section', '# Changelog\n\n## Unreleased\n\n### Added\n\n- `Tracking.title` is gone.\n'],
    ['without backticks', '# Changelog\n\n## Unreleased\n\n### Breaking\n\n- Tracking.title is gone.\n'],
    ['on something else', '# Changelog\n\n## Unreleased\n\n### Breaking\n\n- `TrackingEvent.title` is gone.\n'],
  ])('does not take a note %s for one', async (_, changelog) => {
    const { code } = await checked({ ...release(withoutTitle()), 'CHANGELOG.md': changelog });
    expect(code).toBe(1);
  });

  it('lists a new enum value as dangerous and passes it', async () => {
    const after = changed(SDL, 'enum TrackingStatus {', 'enum TrackingStatus {\n  """Lost for good."""\n  LOST\n');
    const { code, stdout } = await checked(release(after));
    expect(stdout).toContain('0 breaking, 1 dangerous, 0 compatible');
    expect(stdout).toMatch(/dangerous {2}TrackingStatus\.LOST/);
    expect(code).toBe(0);
  });

  it('fails a new required argument until its coordinate is named', async () => {
    const after = changed(SDL, /(?<= {2}carrier\(\n)/, '    """Whose list."""\n    country: String!\n\n');
    const untold = await checked(release(after));
    expect(untold.stdout).toMatch(/breaking {2,}Query\.carrier\(country:\) +NO NOTE/);
    expect(untold.code).toBe(1);
    const told = await checked({ ...release(after), ...breaking('- `Query.carrier(country:)` has to be given.') });
    expect(told.code).toBe(0);
  });

  it('fails on each of several that is not named', async () => {
    const after = changed(withoutTitle(), /(?<= {2}carrier\(\n)/, '    """Whose list."""\n    country: String!\n\n');
    const { code, stderr } = await checked({ ...release(after), ...breaking('- `Tracking.title` is gone.') });
    expect(stderr).toContain('1 breaking without a note');
    expect(code).toBe(1);
  });
});

describe('with a subgraph', () => {
  const both = (after: string): Files => ({
    ...release(SDL),
    'released/subgraph.graphql': SUBGRAPH,
    'subgraph.graphql': after,
  });

  it('passes one that is new since the release', async () => {
    const { code, stdout } = await checked({ ...release(SDL), 'subgraph.graphql': SUBGRAPH });
    expect(stdout).toContain('subgraph.graphql since 1.2.0: new\n');
    expect(code).toBe(0);
  });

  it('fails one that is gone, until that is told', async () => {
    const files = { ...release(SDL), 'released/subgraph.graphql': SUBGRAPH };
    expect((await checked(files)).code).toBe(1);
    expect((await checked({ ...files, ...breaking('- `subgraph.graphql` is gone.') })).code).toBe(0);
  });

  it('passes one that did not change', async () => {
    const { code, stdout } = await checked(both(SUBGRAPH));
    expect(stdout).toContain('subgraph.graphql since 1.2.0: 0 breaking, 0 dangerous, 0 compatible\n');
    expect(code).toBe(0);
  });

  it.each([
    ['a key less', '@key(fields: "carrierCode trackingNumber") {', '{', 'Tracking'],
    ['another key', '"carrierCode trackingNumber"', '"trackingNumber"', 'Tracking'],
    ['a type that others may not define any more', '@shareable {', '{', 'Customer'],
    ['a field hidden from the supergraph', '@tag(name: "pii")', '@inaccessible', 'Customer.name'],
    ['a field less on a type of another graph', ' trackings: [Tracking!]!', '', 'Order.trackings'],
  ])('fails %s', async (_, from, to, coordinate) => {
    const { code, stdout } = await checked(both(changed(SUBGRAPH, from, to)));
    expect(stdout).toMatch(RegExp(`breaking {2,}${coordinate.replace('.', '\\.')} +NO NOTE`));
    expect(code).toBe(1);
  });
});

it('--release makes the files of today those that are compared with', async () => {
  const files = {
    ...release(withoutTitle()),
    'released/subgraph.graphql': SUBGRAPH,
    'package.json': '{"version":"2.0.0"}',
  };
  const { code, folder } = await checked(files, '--release');
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'released/version'), 'utf8')).toBe('2.0.0\n');
  expect(readFileSync(join(folder, 'released/schema.graphql'), 'utf8')).toBe(withoutTitle());
  expect(() => readFileSync(join(folder, 'released/subgraph.graphql'))).toThrow('ENOENT');
});
