// docs/sandbox.md says what the tables of the code say.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faultTable } from '../../src/sandbox/faults.ts';
import { magicRows } from '../../src/sandbox/magic.ts';
import { sandboxSettingsTable } from '../../src/sandbox/settings.ts';

const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
/** The tables of the page, without the padding of their cells. */
const lines = page.split('\n').map((line) => line.replace(/\s+\|/g, ' |').trim());

it('the page has every setting with its default and meaning', () => {
  for (const { name, defaultText, description } of sandboxSettingsTable) {
    expect(lines).toContain(`| \`${name}\` | ${defaultText} | ${description} |`);
  }
});

it('the page has every magic number with what it shows', () => {
  for (const { name, carrier, shows } of magicRows) {
    expect(lines).toContain(`| \`${name}\` | ${carrier ? `\`${carrier}\`` : 'any'} | ${shows} |`);
  }
});

it('the page has every fault', () => {
  for (const [kind, { about, replaces }] of Object.entries(faultTable)) {
    expect(lines).toContain(`| \`${kind}\` | ${about} | ${replaces ? 'only with `afterEffect`' : 'yes'} |`);
  }
});
