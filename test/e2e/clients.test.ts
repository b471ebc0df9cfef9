// The five clients of examples/clients against the built program over its sandbox, and what their compilers say of the schema.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { installed } from '../support/installed.ts';
import { serve } from '../support/program.ts';

const FOLDER = 'examples/clients';
const run = promisify(execFile);
const bin = (name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [join('node_modules', name), ...args], {
    cwd: FOLDER,
    env: { ...process.env, NO_COLOR: '1', ...env },
    timeout: 80_000,
  });

beforeAll(() => installed(FOLDER), 300_000);

describe('clients', () => {
  it.each([
    ['apollo', true],
    ['urql', true],
    ['relay', true],
    ['tada', false],
    ['graphql-request', false],
  ])('%s reads, pages, creates, meets a typed failure and shows an update', async (client, caches) => {
    const { url } = await serve({ SANDBOX_LIMITS: 'off', TRACKRU_LIST_RPS: '0', TRACKRU_DEFAULT_RPS: '0' });
    const env = { GRAPHQL_URL: `${url}/graphql`, TRACKING_NUMBER: 'CLIENT000001' };
    const { stdout } = await bin('tsx/dist/cli.mjs', [`src/${client}.ts`], env);
    const told: { readonly pages: readonly string[][] } = JSON.parse(stdout);
    expect(told).toEqual({
      read: 'IN_TRANSIT',
      pages: [expect.any(Array), expect.any(Array)],
      created: Buffer.from('Tracking:cdek|CLIENT000001').toString('base64url'),
      failure: ['TrackingAlreadyExistsError', 'Shoes'],
      titles: ['Shoes', 'Boots'],
      fromCache: caches,
    });
    expect(told.pages.map((page) => page.length)).toEqual([5, 5]);
    expect(new Set(told.pages.flat()).size).toBe(10);
  });
});

describe('the schema is accepted', () => {
  it('by relay-compiler, whose artifacts are current', async () => {
    await bin('relay-compiler/cli.js', ['--validate']);
  });

  it('by gql.tada, whose picture of it is current', async () => {
    await bin('gql.tada/bin/cli.js', ['check']);
    const fresh = join(mkdtempSync(join(tmpdir(), 'tada-')), 'graphql-env.ts');
    await bin('gql.tada/bin/cli.js', ['generate-output', '--output', fresh]);
    expect(readFileSync(fresh, 'utf8')).toBe(readFileSync(join(FOLDER, 'src/graphql-env.ts'), 'utf8'));
  });

  it('by TypeScript in every example', async () => {
    await bin('typescript/bin/tsc', []);
  });
});

it('docs/clients.md shows lines that are there', () => {
  const blocks = readFileSync('docs/clients.md', 'utf8').matchAll(/```ts (\S+)\n(.*?)```/gs);
  let seen = 0;
  for (const [, file = '', text = ''] of blocks) {
    const lines = new Set(readFileSync(join(FOLDER, file), 'utf8').split('\n'));
    for (const line of text.split('\n').filter(Boolean)) expect([...lines], `${file}: ${line}`).toContain(line);
    seen += 1;
  }
  expect(seen).toBeGreaterThanOrEqual(6);
});
