// What the end-to-end tests need and a fresh machine may lack: the built program, and Chromium. On Debian as root
// Chromium is installed; where it cannot be had the browser's tests are skipped loudly, in CI they fail.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser; null: there is none, and why was printed. */
    chromium: string | null;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

export default function setup(project: TestProject): void {
  build();
  const chromium = findChromium() ?? installChromium();
  if (chromium === undefined) {
    const missing = 'Chromium is missing: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH';
    if (/^(1|true)$/i.test(process.env.CI ?? '')) throw new Error(missing);
    say(`\n  ${missing}\n  Until then the tests of GraphiQL in a browser are SKIPPED.\n`);
  }
  project.provide('chromium', chromium ?? null);
}

/** `npm test` has built already; this is for who runs vitest alone after an edit. */
function build(): void {
  const built = `${root}dist/cli.js`;
  const since = existsSync(built) ? statSync(built).mtimeMs : 0;
  const files = readdirSync(`${root}src`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (files.every((entry) => statSync(`${entry.parentPath}/${entry.name}`).mtimeMs <= since)) return;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the program does not build:\n${stdout}`);
}

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH?.trim();
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`);
    return given;
  }
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
}

/** Debian's package, where this user may install one; undefined where not. */
function installChromium(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say('Chromium is missing: installing the Debian package, once for this machine …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']]) {
    const { status, stderr } = spawnSync('apt-get', ['-q', ...args], { encoding: 'utf8', timeout: 600_000, env });
    if (status !== 0) {
      say(`apt-get ${args.join(' ')} failed:\n${stderr}`);
      return undefined;
    }
  }
  return findChromium();
}
