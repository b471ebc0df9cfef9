// Reads requests: which route a URL is, which account a key belongs to, which parameters and numbers a request names.
// It answers nothing; the order of the checks is in exchange.ts.
import { parseJson, textOf } from './call.ts';
import { isRecord } from './faults.ts';
import type { Profile } from './setting-kinds.ts';
import type { SandboxSettings } from './settings.ts';

/** A request as it came from the socket. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

const keyHeaders: Readonly<Record<Profile, string>> = {
  trackru: 'api-key',
  tracktry: 'tracktry-api-key',
  trackingmore: 'trackingmore-api-key',
};
const allKeyHeaders = [...Object.values(keyHeaders), 'tracking-api-key'];
/** A URL under `/v1` or `/v2`: its pattern in the table of endpoints, the decoded values of the pattern, the query. */
export interface Route {
  readonly pattern: string;
  readonly path: readonly string[];
  readonly query: string;
}

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Splits a URL under `/v1` or `/v2`; a trailing slash changes nothing (upstream.md §2.3). */
export function routeOf(url: string): Route {
  const mark = url.indexOf('?');
  const segments = (mark < 0 ? url : url.slice(0, mark)).slice(3).replace(/\/$/, '').split('/').slice(1);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const names = ['', '', '', '/:carrier/:number', '/:carrier/:number/:lang'][segments.length];
  if (segments[0] !== 'trackings' || !names) return { pattern: `/${segments.join('/')}`, path: [], query };
  return { pattern: `/trackings${names}`, path: segments.slice(1).map(decode), query };
}

/** The key of a request, or the code of its refusal; the account is null then. */
export function keyOf(
  headers: RawRequest['headers'],
  settings: SandboxSettings,
): { key: string; account: string | null; code: number } {
  const names = settings.anyKeyHeader ? allKeyHeaders : [keyHeaders[settings.profile]];
  const key = names.map((name) => textOf(headers[name]).trim()).find((text) => text !== '') ?? '';
  const account = key === '' ? undefined : settings.keys === null ? key : settings.keys.get(key);
  if (account === undefined) return { key, account: null, code: 4001 };
  return account === '' ? { key, account: null, code: 4002 } : { key, account, code: 200 };
}

/** Parameters of the list: of the query, or of the body of a POST (upstream.md §2.3). Undefined: the body is no JSON object. */
export function paramsOf(request: RawRequest, route: Route): ((name: string) => string) | undefined {
  const query = new URLSearchParams(route.query);
  if (request.method !== 'POST' || request.body.trim() === '') return (name) => query.get(name)?.trim() ?? '';
  const body = parseJson(request.body);
  return isRecord(body) ? (name) => textOf(body[name] ?? query.get(name)).trim() : undefined;
}

/** Every number a request names: in its path, its body or the list filter. */
export function numbersIn(request: RawRequest, route: Route): readonly string[] {
  const body = parseJson(request.body);
  const list: readonly unknown[] = Array.isArray(body) ? body : [body];
  const named = list.flatMap((item) =>
    isRecord(item) ? [textOf(item['tracking_number']), textOf(item['numbers'])] : [],
  );
  const asked = [...named, new URLSearchParams(route.query).get('numbers') ?? '', route.path[1] ?? ''];
  return asked
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
