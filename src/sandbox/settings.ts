// The settings of the sandbox: one table with name, kind, default and meaning of each, and the defaults per profile.
// What a setting changes is the business of the file that reads it.
import { parseFaults } from './faults.ts';
import { choice, code, count, flag, keyMap, offset, pair, parsed, time, url } from './setting-kinds.ts';
import type { SandboxFault } from './faults.ts';
import type { Setting } from './setting-kinds.ts';

const table = {
  profile: choice(['trackru', 'tracktry', 'trackingmore'], 'brand to play; sets key header, offset, shapes (§13.2)'),
  httpStatus: choice(['envelope', 'strict'], 'HTTP status of errors: 200 with the code inside, or a fitting one (§9)'),
  singleShape: choice(['array', 'object', 'items'], '`data` of a single read (§4.3)', { trackingmore: 'object' }),
  createShape: choice(['fourteen', 'nine'], 'members of a create reply (§4.1)'),
  createOrderTime: choice(['unix', 'zero'], '`order_create_time` of a create reply (§4.1)'),
  createDetectsCarrier: flag(true, 'a create without carrier detects it; off: 4015 (§4.1)'),
  numberCase: choice(['keep', 'upper'], 'case in which numbers are stored (§4.1)'),
  batchErrors: choice(['objects', 'strings'], 'elements of `errors` in a batch reply (§4.2)'),
  batchCreatedType: choice(['Created', 'Success'], '`meta.type` of code 201 (§4.2)'),
  batchAllFailed: code(201, 'code of a batch of which nothing was added (§4.2)'),
  batchTooMany: code(4012, 'code of a batch of more than 40 (§4.2)'),
  missingReadCode: code(4031, 'code of a single read of an unknown tracking (§4.3)'),
  missingWriteCode: code(4017, 'code of an update or delete of an unknown tracking (§4.4)'),
  badBodyCode: code(4012, 'code of a body that is not the JSON expected (§4.4)'),
  updateStatusUnsent: choice(['word', 'omit'], '`status` of an update reply when none was sent (§4.4)'),
  updateArchivedUnsent: choice(['omit', 'bool'], '`archived` of an update reply when none was sent (§4.4)'),
  updateEmpty: choice(['ok', '4012'], 'an update without values (§4.4)'),
  updateNull: choice(['ignore', 'clear'], 'what null means in an update (§4.4)'),
  updateStatusEcho: choice(['echo', 'word'], '`status` of an update reply when one was sent (§15)'),
  emailOnRead: choice(['string', 'array'], '`customer_email` of a single read (§6)', { trackingmore: 'array' }),
  titleEscape: choice(['title', 'all', 'none'], "texts in which reads write ' as \\' (Q19)"),
  destinationCountry: choice(['single', 'always', 'never'], 'reads with `destination_country` (§6)', {
    tracktry: 'never',
  }),
  listFilters: choice(['all', 'no-numbers'], 'are `numbers`, `orders`, `archived` known to the list (§4.6)'),
  listPastEnd: choice(['4031', 'empty'], 'a page beyond the end, a filter without a hit (§4.6)'),
  badPaging: choice(['clamp', '4012'], 'page, limit or time out of range (§4.6)'),
  tooManyNumbers: choice(['4012', 'truncate'], 'more than 40 in `numbers` or `orders` (§4.6)'),
  listInvalidStatus: code(4033, 'code of a list with an unknown status word (§4.6)'),
  realtimeFirst: choice(['direct', '4031'], 'first realtime call for a new number (§4.7)'),
  realtimeStores: choice(['new', 'always'], 'whose values a realtime call stores (§4.7)'),
  detectFail: choice(['4032', 'empty'], 'detection without a candidate (§5.2)'),
  unknownCarrier: choice(['reject', 'accept'], 'carrier codes outside the list (§5.1)'),
  utcOffset: offset('+00:00', 'UTC offset of every account (+08:00 in profile trackingmore)', '+08:00'),
  limits: flag(true, 'refuse a call too many with 429 and lock the key (§10.2); off: nothing is judged'),
  rateList: count(1, 'list calls a second; 0 = no limit'),
  rateRealtime: count(3, 'realtime calls a second; 0 = no limit'),
  rateOther: count(1, 'calls a second of each other endpoint; 0 = no limit'),
  rateLock: count(120, 'seconds of lock after a call too many'),
  rateClock: choice(['real', 'sandbox'], 'clock of the rate windows and the lock'),
  quota: parsed<number | null>(
    null,
    'unlimited',
    'a whole number from 0',
    'new numbers an account may register (§10.3)',
    (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  ),
  quotaMode: choice(['refuse', 'warn'], 'beyond the quota: 4019, or 202 and created'),
  firstLookup: count(10, 'seconds from creation to the first carrier lookup (§10.4)'),
  refresh: pair(3, 6, 'hours between carrier lookups, express and globalpost'),
  expireDays: pair(30, 60, 'days until an undelivered tracking expires, express and globalpost'),
  keys: parsed<ReadonlyMap<string, string> | null>(
    null,
    'any key',
    'key=account,key=account',
    'allowed keys and their accounts; an empty account means a deleted key (4002)',
    keyMap,
  ),
  anyKeyHeader: flag(false, 'accept the key headers of every brand (§13.2)'),
  clockStart: parsed<number | null>(
    null,
    'now',
    'an ISO time or unix seconds',
    'time at which the sandbox clock starts; read at start only',
    time,
  ),
  clockSpeed: parsed(1, '1', 'a number above 0', 'sandbox seconds in a real second', (text) =>
    Number(text) > 0 ? Number(text) : undefined,
  ),
  clockManual: flag(false, 'the clock stands still and is moved by POST /sandbox/clock'),
  seed: flag(true, 'fill the account `demo` with parcels at its first call; off: it starts empty'),
  webhookUrl: parsed<string | null>(null, 'none', 'an http or https URL', 'where status changes are posted (§11)', url),
  webhookStatuses: parsed<readonly string[]>(
    [],
    'all',
    'status words, comma separated',
    'changes into these words are posted',
    (text) => text.split(',').map((word) => word.trim().toLowerCase()),
  ),
  webhookCallback: flag(true, 'wait for the answer body `200` and repeat without it; off: one try'),
  webhookTime: choice(['unix', 'iso'], 'form of `timeStr`'),
  webhookRetries: count(3, 'repeats of a failed webhook, after 30, 60, 120 s'),
  accountEmail: parsed(
    'owner@example.test',
    'owner@example.test',
    'an e-mail address',
    'key of the webhook signature (§11.3)',
    (text) => text,
  ),
  faults: parsed<readonly SandboxFault[]>(
    [],
    'none',
    'a JSON fault or array of faults',
    'faults active from the start (§13.8)',
    (text) => {
      const faults = parseFaults(text);
      return typeof faults === 'string' ? undefined : faults;
    },
  ),
};

/** Every setting of the sandbox by its camel-case name (`httpStatus` = `http-status` = `SANDBOX_HTTP_STATUS`). */
export type SandboxSettings = { -readonly [K in keyof typeof table]: (typeof table)[K]['fallback'] };

const rows: readonly (readonly [string, Setting<unknown>])[] = Object.entries(table);
const envName = (key: string): string => 'SANDBOX_' + key.replace(/[A-Z]/g, (c) => '_' + c).toUpperCase();

/** The settings as a reader sees them: variable, default, meaning. Printed into documentation. */
export const sandboxSettingsTable: readonly { name: string; defaultText: string; description: string }[] = [
  { name: 'SANDBOX_PORT', defaultText: '4010', description: 'port of the stand-alone sandbox; 0 picks a free one' },
  ...rows.map(([key, s]) => ({ name: envName(key), defaultText: s.shown, description: `${s.about}; ${s.expects}` })),
];

/** Complete settings: what is given, else the default of the profile, else the default of the table (§13.2). */
export function resolveSettings(given: Partial<SandboxSettings>): SandboxSettings {
  const profile = given.profile ?? table.profile.fallback;
  const entries: unknown[][] = rows.map(([key, s]) => [key, s.profiles[profile] ?? s.fallback]);
  for (const [key, value] of Object.entries(given)) if (value !== undefined) entries.push([key, value]);
  return Object.fromEntries(entries);
}

/** Reads `{name: text}` into settings; names may be camel-case, `plain-words` or `SANDBOX_*`. Null means the default. */
export function parseSettings(texts: Readonly<Record<string, unknown>>): {
  settings: Partial<SandboxSettings>;
  problems: string[];
  unknown: string[];
} {
  const problems: string[] = [];
  const unknown: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(texts)) {
    const wanted = name.startsWith('SANDBOX_')
      ? name
      : envName(name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase()));
    const found = rows.find(([key]) => envName(key) === wanted);
    if (!found) unknown.push(name);
    else {
      const [key, setting] = found;
      const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '').trim();
      const result = text === '' ? undefined : setting.parse(text);
      if (text !== '' && result === undefined) problems.push(`${name} must be ${setting.expects}, not "${text}"`);
      else settings[key] = result;
    }
  }
  return { settings, problems, unknown };
}

/** Reads the `SANDBOX_*` variables. Problems name the variable; names nobody knows are listed apart (a typing error?). */
export function readSandboxSettings(env: Readonly<Record<string, string | undefined>>): {
  settings: Partial<SandboxSettings>;
  port: number;
  problems: readonly string[];
  unknown: readonly string[];
} {
  const { SANDBOX_PORT: portText = '', ...rest } = env;
  const mine = Object.entries(rest).filter(([name, text]) => name.startsWith('SANDBOX_') && text?.trim());
  const { settings, problems, unknown } = parseSettings(Object.fromEntries(mine));
  const port = portText.trim() === '' ? 4010 : Number(portText);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return { settings, port, problems, unknown };
  return {
    settings,
    port: 4010,
    problems: [...problems, `SANDBOX_PORT must be a port from 0 to 65535, not "${portText}"`],
    unknown,
  };
}
