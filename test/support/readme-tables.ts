// The README's tables as they follow from the code. `npx tsx test/support/readme-tables.ts` prints them for pasting;
// test/architecture/readme.test.ts fails when the README says something else.

import { pathToFileURL } from 'node:url';
import { SETTINGS } from '../../src/config.ts';
import { magicRows } from '../../src/sandbox/magic.ts';

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Every setting of the facade: name, default, meaning. */
function settings(): readonly string[] {
  return Object.values(SETTINGS).map(({ name, fallback, about }) =>
    row(`\`${name}\``, fallback ? `\`${fallback}\`` : 'unset', about),
  );
}

/** Every magic number, without the references to the specification of the upstream. */
function magicNumbers(): readonly string[] {
  return magicRows.map(({ name, carrier, shows }) =>
    row(`\`${name}\``, carrier ? `\`${carrier}\`` : 'any', shows.replace(/ \([WQ]\d+(, [WQ]\d+)*\)/, '')),
  );
}

/** The rows of each generated table by the name in its markers: `<!-- settings -->` … `<!-- /settings -->`. */
export const README_TABLES: Readonly<Record<string, readonly string[]>> = {
  settings: [row('variable', 'default', 'meaning'), row('---', '---', '---'), ...settings()],
  'magic-numbers': [row('number', 'carrier', 'shows'), row('---', '---', '---'), ...magicNumbers()],
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [name, rows] of Object.entries(README_TABLES)) {
    process.stdout.write(`<!-- ${name} -->\n\n${rows.join('\n')}\n\n<!-- /${name} -->\n\n`);
  }
}
