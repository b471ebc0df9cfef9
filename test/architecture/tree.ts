// The files of src/ as the architecture tests read them.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sources } from './rules.ts';

/** The project's folder, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every file below src/ with its text. */
export function sourceTree(): Sources {
  const files = readdirSync(`${ROOT}src`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => `${entry.parentPath}/${entry.name}`.slice(`${ROOT}src/`.length)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(`${ROOT}src/${path}`, 'utf8')]));
}
