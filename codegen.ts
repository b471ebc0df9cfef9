// Prints what is generated from the code: schema.graphql, subgraph.graphql with the default settings, and typed documents for the tests' operations.
// `--check` writes nothing and fails where a file is not what the code says.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { parse } from 'graphql';
import { createSchema, createSubgraph, printedSchema, printedSubgraph } from './src/schema/index.ts';

const sdl = printedSchema(createSchema());
const subgraph = printedSubgraph(createSubgraph({ order: { type: 'Order', key: 'id' } }));

/** `test/gql/graphql.ts` and its companions: every operation of the tests as a TypedDocumentNode. */
async function typedDocuments(): Promise<Record<string, string>> {
  const options = {
    baseOutputDir: 'test/gql/',
    schema: parse(sdl),
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      importExtension: '.ts',
      defaultScalarType: 'string',
    },
    documents: readdirSync('test/operations')
      .sort()
      .map((name) => `test/operations/${name}`)
      .map((location) => {
        const rawSDL = readFileSync(location, 'utf8');
        return { location, rawSDL, document: parse(rawSDL) };
      }),
    pluginMap: {},
    plugins: [],
    presetConfig: { fragmentMasking: false },
  };
  const sections = await preset.buildGeneratesSection(options);
  const files = await Promise.all(sections.map(async (section) => [section.filename, await codegen(section)] as const));
  return Object.fromEntries(files);
}

const files: Record<string, string> = {
  'schema.graphql': sdl,
  'subgraph.graphql': subgraph,
  ...(await typedDocuments()),
};
const checking = process.argv.includes('--check');
let stale = 0;
for (const [path, content] of Object.entries(files)) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
  if (checking) {
    process.stderr.write(`${path} is not what the code says: run \`npm run codegen\` and commit it\n`);
    stale += 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
