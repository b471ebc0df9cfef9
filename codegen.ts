// Prints what is generated from the code: schema.graphql, and typed documents for the tests' operations.
// `--check` writes nothing and fails where a file is not what the code says.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSchema, printedSchema } from './src/schema/index.ts';

const files: Record<string, string> = { 'schema.graphql': printedSchema(createSchema()) };
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
