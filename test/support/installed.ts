// Packages of the folders that have their own package.json (suites, examples): installed when a test first needs them,
// so that nobody installs them with the program. Several test files, in several processes, may ask at once.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** No install takes longer: who waits for one gives up then. */
const LIMIT_MS = 10 * 60_000;

/** npm writes this file last, so that an install that was cut off does not count. */
function upToDate(folder: string): boolean {
  const done = join(folder, 'node_modules/.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Takes the folder for this process. False: another process that still lives has it. */
function taken(claim: string): boolean {
  try {
    writeFileSync(claim, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = existsSync(claim) ? Number(readFileSync(claim, 'utf8')) : 0;
    // An owner that is not written yet (0) gets the time until the next look; one that died leaves its claim behind.
    if (owner > 0 && owner !== process.pid && !alive(owner)) rmSync(claim, { force: true });
    return false;
  }
}

async function install(folder: string): Promise<void> {
  const child = spawn('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const code = await new Promise((done, failed) => child.once('close', done).once('error', failed));
  if (code !== 0) throw new Error(`npm ci in ${folder} ended with ${String(code)}:\n${said}`);
}

/**
 * Resolves when `folder` has the packages its lock file names, after `npm ci` where they are missing or older than the
 * lock. Rejects with npm's own words; a test that needs the packages fails then, in CI as anywhere.
 */
export async function installed(folder: string): Promise<void> {
  const path = resolve(folder);
  const claim = join(path, 'node_modules.claim');
  const until = Date.now() + LIMIT_MS;
  while (!upToDate(path)) {
    if (Date.now() > until) throw new Error(`${path} was not installed within ${LIMIT_MS / 60_000} minutes`);
    if (!taken(claim)) {
      await pause(100);
      continue;
    }
    try {
      // Another process may have finished between the look and the claim.
      if (!upToDate(path)) await install(path);
    } finally {
      rmSync(claim, { force: true });
    }
  }
}
