// One call from arrival to reply, in the order of checks of upstream.md §13.4, and the ledgers of calls and effects.
// Sockets belong to server.ts, what an endpoint does to endpoints.ts, how a fault bends a reply to faults.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { codeRow, envelope } from './codes.ts';
import { endpoints } from './endpoints.ts';
import { faultTable } from './faults.ts';
import { keyOf, numbersIn, paramsOf, routeOf } from './routes.ts';
import { magicFor } from './scripts.ts';
import { trackingText } from './shape.ts';
import type { Clock } from './clock.ts';
import type { Answer, Call, EffectKind } from './call.ts';
import type { Endpoint } from './endpoints.ts';
import type { FaultBox, Reply, SandboxFault } from './faults.ts';
import type { Judge } from './limits.ts';
import type { RawRequest, Route } from './routes.ts';
import type { SandboxSettings } from './settings.ts';
import type { Account, Store } from './store.ts';

/** A request under `/v1` or `/v2`, as it was judged and answered. */
export interface SandboxCall {
  /** Real milliseconds of arrival. */
  readonly at: number;
  /** Null when the key was refused, or the route before it. */
  readonly account: string | null;
  readonly method: string;
  /** `GET /trackings/get`, `PUT /trackings/:carrier/:number`; method and `(unknown)` for no route. */
  readonly route: string;
  /** With query, as received. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** HTTP status sent; 0 while the reply is held back by a fault, and when none was sent. */
  readonly status: number;
  /** `meta.code` sent; null when a fault sent none, or nothing yet. */
  readonly code: number | null;
  /** Judged over the limit, or sent inside the lock. */
  readonly violation: boolean;
}

/** Something a call has done to an account; `at` in real milliseconds. */
export interface SandboxEffect {
  readonly at: number;
  readonly account: string;
  readonly kind: EffectKind;
  readonly carrierCode: string;
  readonly trackingNumber: string;
}

interface Entry extends Omit<SandboxCall, 'headers'> {
  account: string | null;
  headers: RawRequest['headers'];
  status: number;
  code: number | null;
  violation: boolean;
}

/** The path of one request through the sandbox, with its ledgers. */
export interface Exchange {
  answer(request: RawRequest): Promise<Reply>;
  calls(): readonly SandboxCall[];
  clearCalls(): void;
  effects(): readonly SandboxEffect[];
}

interface Parts {
  readonly clock: Clock;
  readonly realNow: () => number;
  readonly settings: () => SandboxSettings;
  readonly store: Store;
  readonly judge: Judge;
  readonly faults: FaultBox;
  /** Called after a call that has changed something. */
  readonly changed: () => void;
}

// A benchmark sends millions of calls; the oldest half goes when the ledger is full.
const LEDGER_MAX = 100_000;
const json = { 'Content-Type': 'application/json' };

const knownPatterns = new Set([...endpoints.keys()].map((route) => route.slice(route.indexOf(' ') + 1)));

function reply(answer: Answer, settings: SandboxSettings): Reply {
  const row = codeRow(answer.code);
  const body = answer.whole ?? envelope(answer.code, answer.data, answer.type);
  const status = settings.httpStatus === 'strict' ? row.strict : row.http;
  return { status, code: answer.code, headers: json, body, delayMs: 0, dripMs: 0, close: false };
}

/** The fault of a magic number: on its single read, and on a list of it alone, so that no other parcel suffers. */
function magicFault(endpoint: Endpoint, request: RawRequest, route: Route): SandboxFault | undefined {
  if (request.method === 'GET' && route.path.length > 1)
    return magicFor(route.path[0] ?? '', route.path[1] ?? '')?.fault;
  if (endpoint.limitClass !== 'list' || !/numbers/.test(route.query + request.body)) return undefined;
  const [only, ...others] = numbersIn(request, route);
  return only !== undefined && others.length === 0 ? magicFor('', only)?.fault : undefined;
}

/** Wires the checks together; see `Parts` for what it works on. */
export function createExchange(parts: Parts): Exchange {
  const { clock, realNow, settings: current, store, judge, faults } = parts;
  let entries: Entry[] = [];
  let effects: SandboxEffect[] = [];

  function carryOut(
    endpoint: Endpoint,
    request: RawRequest,
    route: Route,
    account: Account,
    stringErrors: boolean,
  ): Reply {
    const settings = current();
    const now = clock.now();
    const param = paramsOf(request, route);
    if (endpoint.limitClass === 'list' && !param) return reply({ code: settings.badBodyCode, data: '[]' }, settings);
    let touched = false;
    const text: Call['text'] = (form, tracking, lang, changes) => {
      const { sight, texts } = store.look(tracking, now);
      const cacheable = lang === undefined && (form === 'single' || form === 'list');
      const cached = cacheable ? texts.get(form) : undefined;
      if (cached !== undefined) return cached;
      const written = trackingText(form, tracking, sight, settings, lang, changes);
      if (cacheable) texts.set(form, written);
      return written;
    };
    const effect: Call['effect'] = (kind, tracking) => {
      touched = true;
      if (effects.length >= LEDGER_MAX) effects = effects.slice(LEDGER_MAX / 2);
      effects.push({
        at: realNow(),
        account: account.name,
        kind,
        carrierCode: tracking.carrier,
        trackingNumber: tracking.number,
      });
    };
    const call: Call = {
      store,
      settings,
      account,
      now,
      path: route.path,
      body: request.body,
      stringErrors,
      param: param ?? (() => ''),
      text,
      effect,
    };
    const answer = endpoint.handle(call);
    // A realtime lookup can change a status without an effect on the account.
    if (touched || endpoint.limitClass === 'realtime') parts.changed();
    return reply(answer, settings);
  }

  async function judged(request: RawRequest, route: Route, entry: Entry): Promise<Reply> {
    const settings = current();
    const refuse = (code: number): Reply => reply({ code, data: '[]' }, settings);
    const endpoint = endpoints.get(entry.route);
    if (!endpoint) return refuse(knownPatterns.has(route.pattern) ? 405 : 404);
    const { key, account, code } = keyOf(request.headers, settings);
    entry.account = account;
    if (account === null) return refuse(code);
    entry.violation = judge.refuses(
      key,
      endpoint.limitClass ?? entry.route,
      settings.rateClock === 'real' ? entry.at : clock.now(),
    );
    if (entry.violation) return refuse(429);
    const magic = magicFault(endpoint, request, route);
    const active = faults.take({ route: entry.route, numbers: () => numbersIn(request, route) });
    return bent(magic ? [...active, magic] : active, settings, (strings) =>
      carryOut(endpoint, request, route, store.account(account), strings),
    );
  }

  async function bent(
    active: readonly SandboxFault[],
    settings: SandboxSettings,
    run: (strings: boolean) => Reply,
  ): Promise<Reply> {
    if (active.length === 0) return run(false);
    const late = active
      .filter((f) => f.kind === 'latency' && !f.afterEffect)
      .reduce((sum, f) => sum + (f.ms ?? 1000), 0);
    if (late > 0) await wait(late, undefined, { ref: false });
    const instead = active.some((f) => faultTable[f.kind].replaces && !f.afterEffect);
    const start = instead
      ? reply({ code: 200, data: '[]' }, settings)
      : run(active.some((f) => f.kind === 'string-batch-errors'));
    return active.reduce((r, f) => faultTable[f.kind].apply(r, f, settings.httpStatus === 'strict'), start);
  }

  return {
    async answer(request) {
      const route = routeOf(request.url);
      const name = `${request.method} ${knownPatterns.has(route.pattern) ? route.pattern : '(unknown)'}`;
      const entry: Entry = {
        at: realNow(),
        account: null,
        method: request.method,
        route: name,
        path: request.url,
        headers: request.headers,
        body: request.body,
        status: 0,
        code: null,
        violation: false,
      };
      if (entries.length >= LEDGER_MAX) entries = entries.slice(LEDGER_MAX / 2);
      entries.push(entry);
      const sent = await judged(request, route, entry);
      entry.status = sent.close ? 0 : sent.status;
      entry.code = sent.close ? null : sent.code;
      return sent;
    },
    calls: () =>
      entries.map((e) => ({
        ...e,
        headers: Object.fromEntries(Object.entries(e.headers).map(([k, v]) => [k, String(v)])),
      })),
    clearCalls() {
      entries = [];
    },
    effects: () => [...effects],
  };
}
