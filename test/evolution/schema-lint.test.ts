// That the lint of the printed schemas is bound to both files, and reads the second as the subgraph it is. ESLint runs in
// a folder of the test's own, with the configuration of this repository.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../architecture/tree.ts';

const SDL = readFileSync(`${ROOT}schema.graphql`, 'utf8');

const SUBGRAPH = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@extends", "@key", "@shareable", "@tag"])

"""Owned by another graph."""
type Order @extends @key(fields: "id") {
  """Its id there."""
  id: ID!

  """Who ordered."""
  customerName: String @tag(name: "pii")
}

"""Where a page lies."""
type PageInfo @shareable {
  """null on an empty page."""
  endCursor: String

  """Is there more?"""
  hasNextPage: Boolean!

  """Is there anything before?"""
  hasPreviousPage: Boolean!

  """null on an empty page."""
  startCursor: String
}

"""Reads."""
type Query {
  """Of the orders."""
  page: PageInfo @cost(weight: 10)
}
`;

/** What the lint says of a folder with these files: a line `file: rule` for each problem. */
async function problems(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const args = ['-c', `${ROOT}eslint.config.js`, '--format', 'json', ...Object.keys(files)];
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [`${ROOT}node_modules/eslint/bin/eslint.js`, ...args],
      { cwd: folder, timeout: 25_000, maxBuffer: 2 ** 24 },
      (_, out, err) => (out === '' ? reject(new Error(err)) : resolve(out)),
    );
  });
  const results = JSON.parse(stdout) as readonly {
    readonly filePath: string;
    readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
  }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message }) => `${filePath.split('/').at(-1)}: ${ruleId ?? message}`),
  );
}

it('finds nothing in the schema as it is, and in a proper subgraph', async () => {
  expect(await problems({ 'schema.graphql': SDL, 'subgraph.graphql': SUBGRAPH })).toEqual([]);
});

it('finds in the schema what has no description, a wrong name, and a page that Relay cannot read', async () => {
  const broken = SDL.replace('"""In English."""\n  name: String!', 'full_name: String!').replace(
    'hasNextPage: Boolean!',
    'hasNextPage: String',
  );
  expect(await problems({ 'schema.graphql': broken, 'subgraph.graphql': SUBGRAPH })).toEqual(
    ['naming-convention', 'require-description', 'relay-page-info'].map(
      (rule) => `schema.graphql: @graphql-eslint/${rule}`,
    ),
  );
});

it('finds the same in the subgraph, and a directive that federation does not have', async () => {
  const broken = SUBGRAPH.replace('"""Who ordered."""\n', '');
  expect(await problems({ 'schema.graphql': SDL, 'subgraph.graphql': broken })).toEqual([
    'subgraph.graphql: @graphql-eslint/require-description',
  ]);
  const unknown = SUBGRAPH.replace('@cost(weight: 10)', '@price(weight: 10)');
  const [problem = ''] = await problems({ 'schema.graphql': SDL, 'subgraph.graphql': unknown });
  expect(problem).toContain(`Unknown directive "@price"`);
});
