// docs/bench.md: a section for each kind of run, of which the last run's is written anew and the other kept.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const HEAD = `# Bench

The facade beside its peers. What is measured and how, what the columns mean and what is unfair to whom:
[bench/README.md](../bench/README.md). Written by \`npm run bench -- --out docs/bench.md\`, with and without \`--limited\`.`;

/** Writes `section`, which begins with `## Title`, to `file` in the place of the section of that title. */
export async function writeSection(file: string, section: string): Promise<void> {
  const title = /^## .*$/m.exec(section)?.[0];
  const before = existsSync(file) ? readFileSync(file, 'utf8') : HEAD;
  const parts = before.split(/^(?=## )/m).map((part) => part.trim());
  const at = parts.findIndex((part) => part.split('\n')[0] === title);
  if (at < 0) parts.push(section);
  else parts[at] = section;
  const text = parts.join('\n\n');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
