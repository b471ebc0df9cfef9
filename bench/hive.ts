// Hive Gateway over an OpenAPI source: the supergraph is composed by GraphQL Mesh once, then served.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Command, WORK } from './processes.ts';
import type { Place } from './servers.ts';

const run = promisify(execFile);

export async function hiveCommand(
  peers: string,
  { port, upstream, key }: Place,
  flags: readonly string[],
): Promise<Command> {
  const bin = (name: string) => join(peers, 'node_modules', '.bin', name);
  if (!existsSync(bin('hive-gateway'))) throw new Error('the peers are not installed');
  // Its own folder: the gateway takes configuration files that it finds where it is started.
  const folder = join(WORK, 'hive');
  const supergraph = join(folder, 'supergraph.graphql');
  if (!existsSync(supergraph)) {
    mkdirSync(folder, { recursive: true });
    const fresh = `${supergraph}.new.graphql`;
    await run(process.execPath, [bin('mesh-compose'), '-c', 'mesh.config.js', '-o', fresh], {
      cwd: peers,
      timeout: 60_000,
    });
    renameSync(fresh, supergraph);
  }
  return {
    file: process.execPath,
    args: [...flags, bin('hive-gateway'), 'supergraph', supergraph, '-h', '127.0.0.1', '-p', String(port), '--jit'],
    env: { UPSTREAM: upstream, API_KEY: key, FORK: '1' },
    cwd: folder,
  };
}
