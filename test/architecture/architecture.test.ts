// The import graph of src/ and the rules of architecture.md §1 and §4 that a machine can check.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { violations } from './rules.ts';
import { ROOT, sourceTree } from './tree.ts';

const tree = sourceTree();
const run = promisify(execFile);

it('src/ keeps every rule of the house', () => {
  expect(violations(tree)).toEqual([]);
});

describe('the check itself', () => {
  /** What is reported when `line` is added to the end of a file of the real tree, or makes a new one. */
  const before = new Set(violations(tree));
  const added = (path: string, line: string) => {
    const source = tree[path] === undefined ? `// New.\n${line}\n` : `${tree[path]}\n${line}\n`;
    return violations({ ...tree, [path]: source }).filter((breach) => !before.has(breach));
  };

  it.each([
    ['domain/key.ts', '../upstream/client.ts', 'domain may not see upstream'],
    ['domain/key.ts', '../telemetry.ts', 'domain may not see telemetry'],
    ['upstream/client.ts', '../schema/index.ts', 'upstream may not see schema'],
    ['upstream/client.ts', '../config.ts', 'upstream may not see config'],
    ['upstream/client.ts', '../sandbox/codes.ts', 'upstream may not see sandbox'],
    ['loaders.ts', './context.ts', 'loaders may not see context'],
    ['context.ts', './schema/index.ts', 'context may not see schema'],
    ['schema/tracking.ts', '../server/yoga.ts', 'schema may not see server'],
    ['schema/tracking.ts', '../config.ts', 'schema may not see config'],
    ['server/yoga.ts', '../app.ts', 'server may not see app'],
    ['server/yoga.ts', '../sandbox/server.ts', 'server may not see sandbox'],
    ['app.ts', './sandbox/server.ts', 'app may not see sandbox'],
    ['app.ts', './commands.ts', 'app may not see commands'],
    ['app.ts', './cli.ts', 'app may not see cli'],
    ['commands.ts', './schema/index.ts', 'commands may not see schema'],
    ['sandbox/server.ts', '../domain/clock.ts', 'sandbox may not see domain'],
    ['sandbox/server.ts', '../telemetry.ts', 'sandbox may not see telemetry'],
    ['telemetry.ts', './domain/clock.ts', 'telemetry may not see domain'],
    ['config.ts', './domain/clock.ts', 'config may not see domain'],
  ])('reports an arrow from %s to %s', (from, to, breach) => {
    const forms = [`import '${to}';`, `import type { X } from '${to}';`, `void import('${to}');`];
    for (const form of [...forms, `type Y = import('${to}').X;`]) {
      expect(added(from, form).join('\n')).toContain(breach);
    }
  });

  it.each([
    ['upstream/client.ts', "import { Pool } from 'undici';", 'only upstream/transport.ts'],
    ['server/yoga.ts', "import type { SchemaBuilder } from '@pothos/core';", 'only schema/'],
    ['schema/tracking.ts', "import type { Plugin } from 'graphql-yoga';", 'only server/'],
    ['upstream/client.ts', "import { GraphQLError } from 'graphql';", 'not domain, upstream or sandbox'],
    ['domain/key.ts', "import { z } from 'zod';", 'imports no package'],
    ['app.ts', 'const f = () => process.env.HOME;', 'only cli.ts'],
    ['app.ts', "import { env } from 'node:process';", 'only cli.ts'],
    ['app.ts', 'const f = () => globalThis.process.exit(1);', 'only cli.ts'],
    ['app.ts', 'const f = (env: { NODE_ENV: string }) => env.NODE_ENV;', 'NODE_ENV'],
    ['domain/key.ts', "export * from './page.ts';", 'no barrels'],
    ['domain/key.ts', 'export default 1;', 'default export'],
    ['domain/key.ts', 'let seen = 0;', 'state in the module'],
    ['domain/key.ts', 'setTimeout(() => {}, 1);', 'work at import'],
    ['domain/key.ts', "const f = (name: string) => import('./' + name);", 'computed'],
    ['domain/errors.ts', "import { trackingKey } from './key.ts';", 'a circle'],
    ['domain/deep/file.ts', '', 'deeper than'],
    ['domain/SomeName.ts', '', 'kebab-case'],
    ['helpers/file.ts', '', 'known room'],
  ])('reports %s with `%s`', (path, line, breach) => {
    expect(added(path, line).join('\n')).toContain(breach);
  });

  it('reports a file of more than 300 lines', () => {
    const lines = Array.from({ length: 301 }, (_, n) => `export const a${n} = ${n};`);
    expect(added('domain/long.ts', lines.join('\n'))).toEqual(['domain/long.ts: has 301 lines of code, more than 300']);
  });

  it('reports a file that does not say what it is for', () => {
    expect(violations({ 'domain/bare.ts': 'export const a = 1;\n' })).toEqual([
      'domain/bare.ts: does not begin with a comment that says what it knows',
    ]);
  });

  it('lets a property be called process', () => {
    expect(added('app.ts', 'const f = (job: { process: number }) => ({ process: job.process });')).toEqual([]);
  });
});

/** Runs `import-probe.ts` in a process of its own over the files of a folder; gives what it saw them do. */
async function worksAtImport(folder: string, files: readonly string[], packages: readonly string[]): Promise<unknown> {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', `${ROOT}test/architecture/import-probe.ts`, JSON.stringify({ folder, files, packages })],
    { cwd: ROOT, timeout: 60_000 },
  );
  return JSON.parse(stdout);
}

describe('importing', () => {
  it('does no work: no environment, network, timer or file is touched by any module', async () => {
    const files = Object.keys(tree).filter((path) => path !== 'cli.ts');
    const packages = Object.entries(tree).flatMap(([, source]) =>
      [...source.matchAll(/from '([^.'][^']*)'/g)].map(([, name = '']) => name),
    );
    expect(await worksAtImport(`${ROOT}src`, files, [...new Set(packages)])).toEqual([]);
  });

  it('is watched: a module that works is reported', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'busy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(
      join(folder, 'busy.mjs'),
      `import { writeFileSync } from 'node:fs';
       import { connect } from 'node:net';
       export const home = process.env.HOME;
       setTimeout(() => {}, 60_000);
       try { writeFileSync(${JSON.stringify(join(folder, 'out'))}, 'x'); } catch {}
       try { connect(1, '127.0.0.1').on('error', () => {}); } catch {}
       try { await fetch('http://127.0.0.1:1/'); } catch {}`,
    );
    const seen = await worksAtImport(folder, ['busy.mjs'], []);
    expect(seen).toEqual(
      ['process.env', 'setTimeout', 'fs.writeFileSync', 'net.connect', 'fetch'].map((what) => `busy.mjs: ${what}`),
    );
  });
});
