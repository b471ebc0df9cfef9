// The servers that are compared: how each is started over an upstream, and in which words it is asked. Versions and
// settings of the peers: bench/README.md.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hiveCommand } from './hive.ts';
import { type Command, ROOT } from './processes.ts';
import type { Dialect } from './scenarios.ts';
import { tailcallCommand } from './tailcall.ts';

/** Where a server is to listen, and what it is to ask. `limited`: the upstream has the documented limits. */
export interface Place {
  readonly port: number;
  /** Base URL of the upstream, with /v1. */
  readonly upstream: string;
  readonly key: string;
  readonly limited: boolean;
}

export interface Server {
  readonly name: string;
  readonly dialect: Dialect;
  /** Ours? `compared`: with a column of its own, in which it is compared with each peer. */
  readonly own: 'no' | 'yes' | 'compared';
  readonly path: string;
  /** The only scenarios it can answer; undefined: all. */
  readonly scenarios?: readonly string[];
  /** Rejects with the reason where it cannot be run on this machine. */
  readonly command: (place: Place) => Promise<Command>;
}

/** As `npm start` has it. */
export const YOUNG = '--max-semi-space-size=16';
/** For the peers on Node: the young generation that is best for them, and what the facade sets itself (src/cli.ts). */
const PEERS_FLAGS = ['--max-semi-space-size=32', '--no-allocation-site-pretenuring'];
const PEERS = join(import.meta.dirname, 'peers');

/** The built program; `--dist` points to another build of it. */
export const builtAt = { dist: join(ROOT, 'dist') };

export function facadeEnv({ port, upstream, key, limited }: Place): Record<string, string> {
  return {
    PORT: String(port),
    TRACKRU_BASE_URL: upstream,
    TRACKRU_API_KEY: key,
    AUTH_MODE: 'none',
    GRAPHIQL: 'off',
    LOG_LEVEL: 'silent',
    ...(limited ? {} : { TRACKRU_LIST_RPS: '0', TRACKRU_REALTIME_RPS: '0', TRACKRU_DEFAULT_RPS: '0' }),
  };
}

export const facade = (
  name: string,
  own: 'yes' | 'compared',
  extra: Record<string, string>,
  dist = () => builtAt.dist,
): Server => ({
  name,
  dialect: 'facade',
  own,
  path: '/graphql',
  command: async (place) => ({
    file: process.execPath,
    args: [YOUNG, join(dist(), 'cli.js'), 'serve'],
    env: { ...facadeEnv(place), ...extra },
  }),
});

const peer = (name: string, file: string, extra: Record<string, string> = {}): Server => ({
  name,
  dialect: 'peer',
  own: 'no',
  path: '/graphql',
  async command({ port, upstream, key }) {
    if (!existsSync(join(PEERS, 'node_modules'))) throw new Error('the peers are not installed');
    return {
      file: process.execPath,
      args: [...PEERS_FLAGS, join(PEERS, file)],
      env: { PORT: String(port), UPSTREAM: upstream, API_KEY: key, ...extra },
      cwd: PEERS,
    };
  },
});

/** Switches the facade's own cache off; equal reads in flight are shared all the same. */
const NO_CACHE = { CACHE_TTL_SECONDS: '0', CACHE_STALE_SECONDS: '0' };

/** In the order in which they take turns. The first peer is the baseline. */
export const SERVERS: readonly Server[] = [
  peer('yoga+pothos', 'yoga.js'),
  peer('apollo', 'apollo.js'),
  peer('mercurius', 'mercurius.js'),
  peer('mercurius+jit+pool', 'mercurius.js', { JIT: '1', POOL: '1' }),
  {
    name: 'hive',
    dialect: 'raw',
    own: 'no',
    path: '/graphql',
    command: (place) => hiveCommand(PEERS, place, PEERS_FLAGS),
  },
  {
    name: 'tailcall',
    dialect: 'lifted',
    own: 'no',
    path: '/graphql',
    command: (place) => tailcallCommand(PEERS, place, false),
  },
  {
    name: 'tailcall (validating)',
    dialect: 'lifted',
    own: 'no',
    path: '/graphql',
    command: (place) => tailcallCommand(PEERS, place, true),
  },
  { ...peer('plain Node', 'hop.js'), scenarios: ['a', 'b', 'c', 'd', 'd2'] },
  facade('facade', 'compared', {}),
  facade('facade (no cache)', 'compared', NO_CACHE),
  facade('facade (logging)', 'yes', { LOG_LEVEL: 'info' }),
  facade('facade (2 workers)', 'yes', { WORKERS: '2' }),
];

/** What all others are compared with. */
export const BASELINE = 'yoga+pothos';
