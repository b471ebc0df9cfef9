// What changed in the printed schemas since the last release, and whether clients were warned of what breaks them.
//
// The last release is what `released/` holds: its SDL files and its version. A copy, not a git tag: a shallow clone, a
// clone without tags and an unpacked archive all have it, and the same commit always gives the same answer. `--release`
// makes the copy anew, from the files of today and the version of package.json; it belongs to the commit of a release.
//
// Every breaking change has to be named in CHANGELOG.md, under "Unreleased" in its section "Breaking", by its schema
// coordinate in backticks: `Tracking.title`, `Query.trackings(after:)`. Dangerous ones are listed for the reviewer.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type DefinitionNode, type GraphQLSchema, Kind, parse } from 'graphql';

const FILES = ['schema.graphql', 'subgraph.graphql'];
const RELEASED = 'released/';

interface Finding {
  readonly level: CriticalityLevel;
  readonly coordinate: string;
  readonly message: string;
}

const ORDER = [CriticalityLevel.Breaking, CriticalityLevel.Dangerous, CriticalityLevel.NonBreaking];
const NAMES: Readonly<Record<CriticalityLevel, string>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'compatible',
};

/** graphql-js drops an `extend type` whose type is not defined beside it, which is how subgraphs write others' types. */
const DEFINED_BY_EXTENSION: Readonly<Record<string, Kind>> = {
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
};

/** Not validated: a subgraph uses directives that the federation specification defines, not the file. */
function schemaOf(sdl: string): GraphQLSchema {
  const { definitions, ...document } = parse(sdl);
  const names = definitions.map((one) =>
    'name' in one && one.kind.endsWith('Definition') ? one.name?.value : undefined,
  );
  const defined = new Set(names);
  const whole = definitions.map((one) => {
    const kind = DEFINED_BY_EXTENSION[one.kind];
    if (kind === undefined || !('name' in one) || one.name === undefined || defined.has(one.name.value)) return one;
    defined.add(one.name.value);
    // An extension has all that a definition has; only the compiler cannot know that the kinds go together.
    return { ...one, kind } as DefinitionNode;
  });
  return buildASTSchema({ ...document, definitions: whole }, { assumeValid: true, assumeValidSDL: true });
}

/**
 * Directives are only dangerous to the inspector. To graphs that are composed with this one they are the contract: they
 * resolve entities by a key, define shareable types as well, and cannot see what is inaccessible.
 */
function breaksComposition({ type, meta }: Change): boolean {
  const { removedDirectiveName, addedDirectiveName, directiveName } = meta as Readonly<Record<string, unknown>>;
  if (type.startsWith('DIRECTIVE_USAGE_ARGUMENT')) return directiveName === 'key';
  if (!type.startsWith('DIRECTIVE_USAGE')) return false;
  return (
    removedDirectiveName === 'key' || removedDirectiveName === 'shareable' || addedDirectiveName === 'inaccessible'
  );
}

/** The inspector's dotted path as a schema coordinate; a use of a directive has that of what carries it. */
function coordinateOf({ type, path = '' }: Change): string {
  const [element = '', ...rest] = path.replace(/\.@.*$/, '').split('.');
  const argument = type.includes('ARGUMENT') && !type.startsWith('DIRECTIVE_USAGE') ? rest.pop() : undefined;
  const owner = [element, ...rest].join('.');
  return argument === undefined ? owner || 'schema' : `${owner}(${argument}:)`;
}

async function findings(before: string, after: string): Promise<readonly Finding[]> {
  const changes = await diff(schemaOf(before), schemaOf(after));
  return changes
    .filter(({ type }) => !type.includes('DESCRIPTION'))
    .map((change) => ({
      level: breaksComposition(change) ? CriticalityLevel.Breaking : change.criticality.level,
      coordinate: coordinateOf(change),
      message: change.message,
    }))
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || (a.coordinate < b.coordinate ? -1 : 1));
}

/** The coordinates that "Breaking" under "Unreleased" names. */
function noted(changelog: string): ReadonlySet<string> {
  const [, unreleased = ''] = /^## \[?Unreleased\]?[ \r]*$([^]*?)(?=^## |(?![^]))/m.exec(changelog) ?? [];
  const [, breaking = ''] = /^### Breaking[ \r]*$([^]*?)(?=^### |(?![^]))/m.exec(unreleased) ?? [];
  return new Set([...breaking.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

function print(file: string, version: string, found: readonly Finding[], notes: ReadonlySet<string>): void {
  const counts = ORDER.map((level) => `${found.filter((one) => one.level === level).length} ${NAMES[level]}`);
  process.stdout.write(`${file} since ${version}: ${counts.join(', ')}\n`);
  if (found.length === 0) return;
  const rows = found.map(({ level, coordinate, message }) => {
    const note = level !== CriticalityLevel.Breaking ? '' : notes.has(coordinate) ? 'noted' : 'NO NOTE';
    return [NAMES[level], coordinate, note, message];
  });
  const table = [['change', 'coordinate', 'CHANGELOG', 'what'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
  }
}

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** How many breaking changes no note tells of. */
async function check(): Promise<number> {
  const version = read(`${RELEASED}version`)?.trim();
  if (version === undefined) throw new Error(`${RELEASED}version is missing: there is nothing to compare with`);
  const notes = noted(read('CHANGELOG.md') ?? '');
  let untold = 0;
  for (const file of FILES) {
    const before = read(RELEASED + file);
    const after = read(file);
    if (before === undefined) {
      if (after !== undefined) process.stdout.write(`${file} since ${version}: new\n`);
      continue;
    }
    const gone: Finding = { level: CriticalityLevel.Breaking, coordinate: file, message: 'The file was removed' };
    const found = after === undefined ? [gone] : await findings(before, after);
    print(file, version, found, notes);
    untold += found.filter((one) => one.level === CriticalityLevel.Breaking && !notes.has(one.coordinate)).length;
  }
  return untold;
}

function release(): void {
  // The manifest is ours, and npm refuses one whose version is no string.
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  mkdirSync(RELEASED, { recursive: true });
  for (const file of FILES) {
    const sdl = read(file);
    if (sdl === undefined) rmSync(RELEASED + file, { force: true });
    else writeFileSync(RELEASED + file, sdl);
  }
  writeFileSync(`${RELEASED}version`, `${version}\n`);
  process.stdout.write(`${RELEASED} is ${version} now\n`);
}

if (process.argv.includes('--release')) {
  release();
} else {
  const untold = await check();
  if (untold > 0) {
    process.stderr.write(
      `${untold} breaking without a note: name the coordinates in CHANGELOG.md, under "Unreleased", "### Breaking"\n`,
    );
    process.exitCode = 1;
  }
}
