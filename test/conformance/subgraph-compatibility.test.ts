// Apollo's federation subgraph compatibility suite against a products subgraph on our versions and plugins. Its tests are
// run as they are published, by the Jest they are written for. Only its runner is replaced, since that starts rover and
// with it downloads a router: here Apollo's gateway routes, from a composition made on the spot (subgraph-suite/).

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { installed } from '../support/installed.ts';
import { startProductsSubgraph } from './products-subgraph.ts';

const SUITE = fileURLToPath(new URL('./subgraph-suite/', import.meta.url));
const ENV = { PATH: process.env.PATH };

beforeAll(() => installed(SUITE), 600_000);

interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** The router over a products subgraph; it and its subgraphs end with the test. */
async function startRouter(products: string): Promise<string> {
  const child = spawn(process.execPath, [`${SUITE}router.js`, products], { env: ENV });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  onTestFinished(() => {
    child.stdin.end();
    return ended;
  });
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const url = /^http\S+$/m.exec(said)?.[0];
        if (url !== undefined && said.endsWith('\n')) resolve(url);
      });
    }
    child.once('close', (code) => reject(new Error(`the router ended with ${String(code)}:\n${said}`)));
  });
}

/** What the suite says of a subgraph; `only` are words of the names of its tests. */
async function suiteOver(products: string, only = ''): Promise<readonly Assertion[]> {
  const router = await startRouter(products);
  const jest = createRequire(SUITE).resolve('jest/bin/jest');
  const args = [jest, '--ci', '--json', '--config', `${SUITE}jest.config.cjs`, '--testNamePattern', only];
  const child = spawn(process.execPath, args, {
    env: { ...ENV, PRODUCTS_URL: products, ROUTER_URL: router },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
  }
  await new Promise((resolve) => child.once('close', resolve));
  if (!said.stdout.startsWith('{')) throw new Error(`Jest did not report:\n${said.stdout}${said.stderr}`);
  const { testResults } = JSON.parse(said.stdout) as {
    readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[];
  };
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}

async function products(traced: boolean): Promise<string> {
  const { url, close } = await startProductsSubgraph(traced);
  onTestFinished(close);
  return url;
}

it('passes all 23 tests of the suite', { timeout: 120_000 }, async () => {
  const assertions = await suiteOver(await products(true));
  const passed = assertions.filter(({ status }) => status === 'passed');
  process.stdout.write(`Apollo subgraph compatibility: ${passed.length} of ${assertions.length} tests passed\n`);
  const failed = assertions.filter(({ status }) => status !== 'passed');
  expect(failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('\n')}`)).toEqual([]);
  expect(passed).toHaveLength(23);
});

it(
  'notices what a subgraph lacks: without the trace plugin, the test of traces fails',
  { timeout: 120_000 },
  async () => {
    const assertions = await suiteOver(await products(false), 'ftv1');
    const run = assertions.filter(({ status }) => status !== 'pending');
    expect(run.map(({ fullName, status }) => [fullName, status])).toEqual([['ftv1', 'failed']]);
  },
);
