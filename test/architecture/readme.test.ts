// What the README and docs/dependencies.md say is so: tables follow the code, examples give the answers shown, every
// direct dependency is accounted for, links lead somewhere.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sandboxFor, startApp } from '../support/app.ts';
import { README_TABLES } from '../support/readme-tables.ts';
import { ROOT } from './tree.ts';

const readme = readFileSync(`${ROOT}README.md`, 'utf8');
const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
};

/** Table rows without the padding that the formatter puts into cells. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---'));

describe('README.md', () => {
  it.each(Object.keys(README_TABLES))('its table of %s is what the code says', (name) => {
    const [, section] = RegExp(`<!-- ${name} -->([^]*)<!-- /${name} -->`).exec(readme) ?? [];
    expect(rowsOf(section ?? ''), 'run `npx tsx test/support/readme-tables.ts` and paste').toEqual(README_TABLES[name]);
  });

  it('names only npm scripts that exist, and all that people use', () => {
    const builtIn = new Set(['ci', 'start', 'test']);
    const named = [...readme.matchAll(/\bnpm (?:run )?([a-z:]+)\b/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !builtIn.has(script) && !(script in manifest.scripts))).toEqual([]);
    expect(Object.keys(manifest.scripts).filter((script) => !named.includes(script))).toEqual([]);
  });

  it('shows the answers its examples give', async () => {
    const examples = [...readme.matchAll(/-d '([^']+)'\n```\n+```json\n([^`]+)```/g)];
    expect(examples.length).toBeGreaterThanOrEqual(3);
    // Sandbox dates follow the day; everything else is the same on every run.
    const timeless = (value: unknown) => JSON.stringify(value).replace(/\d{4}-\d\d-\d\dT[\d:]{8}/g, 'some time');
    const app = startApp({ baseUrl: (await sandboxFor()).baseUrl });
    for (const [, body = '', answer = ''] of examples) {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
      const { status, ...given } = await app.run(query, variables);
      expect(status).toBe(200);
      expect(timeless(given)).toBe(timeless(JSON.parse(answer)));
    }
  });
});

it.each(['README.md', 'docs/dependencies.md'])('the links of %s lead to files that exist', (page) => {
  const text = readFileSync(`${ROOT}${page}`, 'utf8');
  const folder = page.includes('/') ? `${page.slice(0, page.lastIndexOf('/'))}/` : '';
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => !existsSync(`${ROOT}${folder}${target}`))).toEqual([]);
});

it('docs/dependencies.md has a row for every direct dependency and override, and for nothing else', () => {
  const text = readFileSync(`${ROOT}docs/dependencies.md`, 'utf8');
  const named = rowsOf(text)
    .map((line) => /^\| `([^`]+)` \|/.exec(line)?.[1])
    .filter((name) => name !== undefined);
  const direct = [manifest.dependencies, manifest.devDependencies, manifest.overrides].flatMap(Object.keys);
  expect([...new Set(named)].sort()).toEqual([...new Set(direct)].sort());
});
