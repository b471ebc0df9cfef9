// Tailcall is a binary that wants glibc 2.39. Where the machine's own is older (Debian 12), the loader and libc of Debian
// 13 are fetched with the machine's apt into a private folder, and the binary is started through that loader; nothing of
// the system changes. Where that fails, the reason is reported and Tailcall is not run.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Command, WORK } from './processes.ts';
import type { Place } from './servers.ts';

const run = promisify(execFile);
const SOURCES = '/etc/apt/sources.list.d/debian.sources';
const MULTIARCH = 'usr/lib/x86_64-linux-gnu';

/** Newer loader and libc, fetched once. Gives the start of the command line that uses them. */
async function newerLibc(): Promise<readonly string[]> {
  const folder = join(WORK, 'libc');
  const lib = join(folder, 'root', MULTIARCH);
  const loader = join(lib, 'ld-linux-x86-64.so.2');
  if (!existsSync(loader)) {
    for (const each of ['lists/partial', 'cache/archives/partial', 'root'])
      mkdirSync(join(folder, each), { recursive: true });
    const sources = join(folder, 'trixie.sources');
    // The first stanza of the machine's own sources, with the next release for a name.
    const own = readFileSync(SOURCES, 'utf8').trim().split(/\n\n/)[0] ?? '';
    writeFileSync(sources, `${own.replace(/^Suites:.*$/m, 'Suites: trixie')}\n`);
    const settings = {
      'Dir::Etc::sourcelist': sources,
      'Dir::Etc::sourceparts': '-',
      'Dir::State::lists': join(folder, 'lists'),
      'Dir::State::status': '/dev/null',
      'Dir::Cache': join(folder, 'cache'),
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    await run('apt-get', [...options, 'update'], { cwd: folder, timeout: 120_000 });
    await run('apt-get', [...options, 'download', 'libc6'], { cwd: folder, timeout: 120_000 });
    const packed = readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '';
    await run('dpkg-deb', ['-x', join(folder, packed), join(folder, 'root')]);
  }
  return [loader, '--library-path', `${lib}:/lib/x86_64-linux-gnu`];
}

async function startOf(binary: string): Promise<readonly string[]> {
  const own = await run(binary, ['--version']).then(
    () => [],
    () => undefined,
  );
  return own ?? newerLibc();
}

export async function tailcallCommand(
  peers: string,
  { port, upstream, key }: Place,
  validates: boolean,
): Promise<Command> {
  const binary = join(peers, 'node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall');
  if (!existsSync(binary)) throw new Error('its binary package is not installed');
  const [file = binary, ...args] = [...(await startOf(binary)), binary];
  // The port is part of its configuration file.
  const config = join(WORK, `tailcall-${port}.graphql`);
  const settings = `port: ${port}, queryValidation: ${validates}`;
  writeFileSync(config, readFileSync(join(peers, 'tailcall.graphql'), 'utf8').replace(/port: \d+/, settings));
  return {
    file,
    args: [...args, 'start', config],
    env: { UPSTREAM: upstream, API_KEY: key, TAILCALL_LOG_LEVEL: 'error', TAILCALL_TRACKER: 'false' },
  };
}
