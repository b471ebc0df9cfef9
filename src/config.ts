// Settings: a record of environment variables in, a frozen Config or every problem at once out. Pure; cli.ts hands in
// the environment. The README's table is printed from the entries below.

import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const rate = z.coerce.number().min(0).max(1_000);
const milliseconds = z.coerce.number().int().min(1).max(600_000);
const seconds = z.coerce
  .number()
  .min(0)
  .max(30 * 86_400);
const toggle = z.stringbool({ truthy: ['on', 'true', '1'], falsy: ['off', 'false', '0'] });
const baseUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => !new URL(url).search && !new URL(url).username, 'must hold no credentials and no query');

interface Entry<T> {
  readonly name: string;
  readonly parse: z.ZodType<T>;
  /** As one would write it in the environment; undefined: unset. */
  readonly fallback: string | undefined;
  readonly expects: string;
  readonly about: string;
}

function entry<T>(
  name: string,
  parse: z.ZodType<T>,
  fallback: string | undefined,
  expects: string,
  about: string,
): Entry<T> {
  return { name, parse, fallback, expects, about };
}

/** Every setting: how it is read, what it is when unset, what it changes (contract.md §2). */
export const SETTINGS = {
  PORT: entry('PORT', port, '4000', 'a port', 'Where GraphQL listens. 0 picks a free port and prints it.'),
  HOST: entry(
    'HOST',
    z.string().min(1),
    '127.0.0.1',
    'a host name or address',
    'The address it listens on. `0.0.0.0` for all.',
  ),
  TRACKRU_API_KEY: entry(
    'TRACKRU_API_KEY',
    z.string().trim().min(1),
    undefined,
    'the key',
    'Credential of the TrackRu account. Unset: the embedded sandbox is the upstream.',
  ),
  TRACKRU_BASE_URL: entry(
    'TRACKRU_BASE_URL',
    baseUrl,
    'https://api.trackru.ru/v1',
    'an http or https URL',
    'Base of the REST API: TrackRu, a sister brand, a proxy, or a sandbox started by itself. Needs a key.',
  ),
  TRACKRU_API_KEY_HEADER: entry(
    'TRACKRU_API_KEY_HEADER',
    z.string().regex(/^[A-Za-z0-9-]+$/),
    'Api-Key',
    'a header name',
    'Header that carries the key. Sister brands: `Tracktry-Api-Key`, `Trackingmore-Api-Key`.',
  ),
  TRACKRU_LIST_RPS: entry(
    'TRACKRU_LIST_RPS',
    rate,
    '1',
    'a number, 0 for no limit',
    'List calls a second, for the whole account.',
  ),
  TRACKRU_REALTIME_RPS: entry(
    'TRACKRU_REALTIME_RPS',
    rate,
    '3',
    'a number, 0 for no limit',
    'Realtime calls a second, for the whole account.',
  ),
  TRACKRU_DEFAULT_RPS: entry(
    'TRACKRU_DEFAULT_RPS',
    rate,
    '1',
    'a number, 0 for no limit',
    'Calls a second on each other endpoint, for the whole account.',
  ),
  TRACKRU_PENALTY_SECONDS: entry(
    'TRACKRU_PENALTY_SECONDS',
    z.coerce.number().min(0).max(86_400),
    '120',
    'seconds',
    'Silence after the upstream answered 429.',
  ),
  TRACKRU_TIMEOUT_MS: entry('TRACKRU_TIMEOUT_MS', milliseconds, '10000', 'milliseconds', 'One upstream attempt.'),
  TRACKRU_REALTIME_TIMEOUT_MS: entry(
    'TRACKRU_REALTIME_TIMEOUT_MS',
    milliseconds,
    '60000',
    'milliseconds',
    'One realtime attempt; the operation’s deadline still holds.',
  ),
  REQUEST_DEADLINE_MS: entry(
    'REQUEST_DEADLINE_MS',
    milliseconds,
    '30000',
    'milliseconds',
    'One GraphQL operation, waiting for the upstream included.',
  ),
  TRACKRU_LOOKUP_BATCHING: entry(
    'TRACKRU_LOOKUP_BATCHING',
    z.enum(['auto', 'on', 'off']),
    'auto',
    'auto, on or off',
    'May look-ups share list calls with `numbers`? `auto` stops when the upstream turns out to ignore it.',
  ),
  CACHE_TTL_SECONDS: entry(
    'CACHE_TTL_SECONDS',
    seconds,
    '60',
    'seconds',
    'How long a read is fresh: answered again without the upstream. 0 keeps nothing.',
  ),
  CACHE_STALE_SECONDS: entry(
    'CACHE_STALE_SECONDS',
    seconds,
    '86400',
    'seconds',
    'How long after that it may still serve, while it is refreshed or while the upstream is down.',
  ),
  GRAPHIQL: entry(
    'GRAPHIQL',
    toggle,
    undefined,
    'on or off',
    'GraphiQL in the browser. Unset: on with the sandbox, else off.',
  ),
  INTROSPECTION: entry(
    'INTROSPECTION',
    toggle,
    undefined,
    'on or off',
    'May clients read the schema? Unset: on with the sandbox, else off.',
  ),
  CORS_ORIGINS: entry(
    'CORS_ORIGINS',
    z.string().transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
    '',
    'origins, comma separated',
    'Browser origins that may call. Unset: none but this server’s own.',
  ),
  AUTH_MODE: entry(
    'AUTH_MODE',
    z.enum(['none']),
    undefined,
    'none',
    'How callers prove who they are. `none`: everybody may do everything. Must be given with a real key, so that nobody opens an account to the network by accident.',
  ),
  FAST_PATH: entry(
    'FAST_PATH',
    toggle,
    'on',
    'on or off',
    'Plain JSON POSTs take the short way past the web-standard layer. Answers are the same; `off` is for finding faults.',
  ),
  WORKERS: entry(
    'WORKERS',
    z.union([z.literal('auto'), z.coerce.number().int().min(1).max(64)]),
    '1',
    'auto or 1 to 64',
    'Processes that share the port and the account’s budget. `auto`: one for each core. With 2 or more, one more process holds budget and cache.',
  ),
  FEDERATION: entry('FEDERATION', toggle, 'off', 'on or off', '`on` serves the subgraph schema (`subgraph.graphql`).'),
  FEDERATION_ORDER_TYPE: entry(
    'FEDERATION_ORDER_TYPE',
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
    'Order',
    'a type name',
    'The type of your orders in the supergraph, which gets `trackings`. Given as empty: none.',
  ),
  FEDERATION_ORDER_KEY: entry(
    'FEDERATION_ORDER_KEY',
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
    'id',
    'a field name',
    'Its key field: the order id as trackings carry it.',
  ),
  LOG_LEVEL: entry(
    'LOG_LEVEL',
    z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    'info',
    'debug, info, warn, error or silent',
    'What is logged, as JSON lines on standard error.',
  ),
} as const;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** undefined: the embedded sandbox. */
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly apiKeyHeader: string;
  readonly rates: { readonly list: number; readonly realtime: number; readonly other: number };
  readonly penaltyMs: number;
  readonly timeoutMs: number;
  readonly realtimeTimeoutMs: number;
  readonly deadlineMs: number;
  readonly lookupBatching: 'auto' | 'on' | 'off';
  readonly lifetime: { readonly freshMs: number; readonly staleMs: number };
  readonly graphiql: boolean;
  readonly introspection: boolean;
  readonly corsOrigins: readonly string[];
  readonly fastPath: boolean;
  readonly workers: number | 'auto';
  /** undefined: the standalone graph is served. */
  readonly federation: { readonly order: { readonly type: string; readonly key: string } | undefined } | undefined;
  readonly logLevel: string;
}

export type ConfigResult =
  | { readonly kind: 'ok'; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly string[]; readonly warnings: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks all settings together. `warnings` are worth saying and stop nothing. */
export function readConfig(env: Environment): ConfigResult {
  const problems: string[] = [];
  function read<T>({ name, parse, fallback, expects }: Entry<T>): T | undefined {
    // An empty variable is how compose files and shells write "unset".
    const text = env[name]?.trim() || fallback;
    if (text === undefined) return undefined;
    const result = parse.safeParse(text);
    if (result.success) return result.data;
    problems.push(`${name} must be ${expects}, not "${text}"`);
    return undefined;
  }
  function needed<T>(entry: Entry<T>, otherwise: T): T {
    return read(entry) ?? otherwise;
  }
  /** Unset is the default here, and empty is none. */
  function orderType() {
    if (env.FEDERATION_ORDER_TYPE?.trim() === '') return undefined;
    return { type: needed(SETTINGS.FEDERATION_ORDER_TYPE, ''), key: needed(SETTINGS.FEDERATION_ORDER_KEY, '') };
  }
  const apiKey = read(SETTINGS.TRACKRU_API_KEY);
  const sandboxed = apiKey === undefined;
  const config: Config = {
    port: needed(SETTINGS.PORT, 0),
    host: needed(SETTINGS.HOST, ''),
    apiKey,
    baseUrl: needed(SETTINGS.TRACKRU_BASE_URL, ''),
    apiKeyHeader: needed(SETTINGS.TRACKRU_API_KEY_HEADER, ''),
    rates: {
      list: needed(SETTINGS.TRACKRU_LIST_RPS, 0),
      realtime: needed(SETTINGS.TRACKRU_REALTIME_RPS, 0),
      other: needed(SETTINGS.TRACKRU_DEFAULT_RPS, 0),
    },
    penaltyMs: needed(SETTINGS.TRACKRU_PENALTY_SECONDS, 0) * 1_000,
    timeoutMs: needed(SETTINGS.TRACKRU_TIMEOUT_MS, 0),
    realtimeTimeoutMs: needed(SETTINGS.TRACKRU_REALTIME_TIMEOUT_MS, 0),
    deadlineMs: needed(SETTINGS.REQUEST_DEADLINE_MS, 0),
    lifetime: {
      freshMs: needed(SETTINGS.CACHE_TTL_SECONDS, 0) * 1_000,
      staleMs: needed(SETTINGS.CACHE_STALE_SECONDS, 0) * 1_000,
    },
    lookupBatching: needed(SETTINGS.TRACKRU_LOOKUP_BATCHING, 'auto'),
    graphiql: needed(SETTINGS.GRAPHIQL, sandboxed),
    introspection: needed(SETTINGS.INTROSPECTION, sandboxed),
    corsOrigins: needed(SETTINGS.CORS_ORIGINS, []),
    fastPath: needed(SETTINGS.FAST_PATH, true),
    workers: needed(SETTINGS.WORKERS, 1),
    federation: needed(SETTINGS.FEDERATION, false) ? { order: orderType() } : undefined,
    logLevel: needed(SETTINGS.LOG_LEVEL, 'info'),
  };
  const authMode = read(SETTINGS.AUTH_MODE);
  if (sandboxed && env.TRACKRU_BASE_URL?.trim()) {
    problems.push('TRACKRU_BASE_URL needs TRACKRU_API_KEY: without a key the embedded sandbox is the upstream');
  }
  if (!sandboxed && authMode === undefined && !env.AUTH_MODE?.trim()) {
    problems.push(
      'AUTH_MODE must be given with a real key: AUTH_MODE=none lets everybody who reaches this server use the account',
    );
  }
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('TRACKRU_') && !(name in SETTINGS))
    .map((name) => `${name} is not a setting of this program: a typing error?`);
  return problems.length > 0
    ? { kind: 'problems', problems, warnings }
    : { kind: 'ok', config: Object.freeze(config), warnings };
}
