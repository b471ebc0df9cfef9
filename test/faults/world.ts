// What every row of the fault matrix starts from: a sandbox with some parcels, a toxic proxy in front of it, the facade
// over the proxy, a clock, and the invariants watching all of it.

import { afterAll, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import type { SandboxSettings } from '../../src/sandbox/settings.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { realClock, testClock, type TestClock } from '../support/clock.ts';
import {
  CANARY,
  createFigureTable,
  createStallMeter,
  createWatch,
  expectUnbroken,
  titleOf,
  type Watch,
} from '../support/invariants.ts';
import { toxicProxy, type ToxicProxy } from '../support/toxic-proxy.ts';

export interface WorldOptions {
  /** Trackings in the account before the row begins; default 3. */
  readonly parcels?: number;
  /** Settings of the facade. Its own limits are off, and batching of look-ups too unless asked for here. */
  readonly env?: Readonly<Record<string, string>>;
  /** Settings of the sandbox from the row's beginning on. */
  readonly sandbox?: Partial<SandboxSettings>;
  /** Between the world's clock and the facade's. */
  readonly appClock?: (clock: Clock) => Clock;
  /** The upstream's address as the facade is told, made from the proxy's. */
  readonly baseUrl?: (baseUrl: string) => string;
  readonly random?: () => number;
}

/** An answer as a client reads it. */
export interface Answer {
  readonly status: number;
  // The rows look into many shapes of data; what they read they compare.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly retryAfterMs?: number; readonly retryable?: boolean };
  }[];
  readonly extensions: { readonly stale?: { readonly because: readonly string[] } };
  readonly tookMs: number;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface World<C extends Clock = Clock> {
  readonly clock: C;
  readonly sandbox: Sandbox;
  readonly proxy: ToxicProxy;
  readonly facade: TestApp;
  readonly watch: Watch;
  readonly numbers: readonly string[];
  ask(query: string, variables?: object, options?: AskOptions): Promise<Answer>;
  look(number: string, options?: AskOptions): Promise<Answer>;
  create(number: string, more?: object, options?: AskOptions): Promise<Answer>;
  update(number: string, input: object, options?: AskOptions): Promise<Answer>;
  remove(number: string, options?: AskOptions): Promise<Answer>;
  ready(): Promise<{ readonly http: number; readonly status: string; readonly reasons: readonly string[] }>;
  /** Creations, updates and deletions of a number so far. */
  effects(kind: string, number?: string): number;
}

export const CARRIER = 'cdek';

const LOOK = `query Look($carrierCode: String!, $trackingNumber: String!) {
  tracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) { trackingNumber title status fetchedAt }
}`;
const CREATE = `mutation Create($input: CreateTrackingInput!) {
  createTracking(input: $input) {
    __typename
    ... on CreateTrackingPayload { tracking { trackingNumber title } }
    ... on TrackingError { code message }
  }
}`;
const UPDATE = `mutation Update($carrierCode: String!, $trackingNumber: String!, $input: UpdateTrackingInput!) {
  updateTracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber, input: $input) {
    __typename
    ... on UpdateTrackingPayload { tracking { trackingNumber title } }
    ... on TrackingError { code message }
  }
}`;
const REMOVE = `mutation Remove($carrierCode: String!, $trackingNumber: String!) {
  deleteTracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) {
    __typename
    ... on DeleteTrackingPayload { trackingNumber }
    ... on TrackingError { code message }
  }
}`;

/** Creates trackings past the facade, titled after their numbers (I4), with a customer nobody asks for (I5). */
async function fill(sandbox: Sandbox, numbers: readonly string[]): Promise<void> {
  for (let at = 0; at < numbers.length; at += 40) {
    const body = numbers.slice(at, at + 40).map((number) => ({
      carrier_code: CARRIER,
      tracking_number: number,
      title: titleOf(number),
      customer_email: CANARY.email,
    }));
    await fetch(`${sandbox.baseUrl}/trackings/batch`, {
      method: 'POST',
      headers: { 'Api-Key': CANARY.apiKey },
      body: JSON.stringify(body),
    });
  }
  sandbox.clearCalls();
}

async function openWorld<C extends Clock>(
  clock: C,
  options: WorldOptions,
): Promise<World<C> & { readonly close: () => Promise<void> }> {
  // Without an account named demo the sandbox seeds nothing.
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    settings: { limits: false },
    realNow: () => clock.now(),
  });
  const numbers = Array.from({ length: options.parcels ?? 3 }, (_, index) => String(7_000_000_000 + index));
  await fill(sandbox, numbers);
  sandbox.configure(options.sandbox ?? {});
  const proxy = await toxicProxy(sandbox.baseUrl, clock, options.random);
  const watch = createWatch(sandbox);
  watch.forbid(proxy.host);
  watch.forbid(`:${new URL(proxy.baseUrl).port}`);
  watch.forbid(`:${new URL(sandbox.baseUrl).port}`);
  const facade = startApp({
    baseUrl: options.baseUrl?.(proxy.baseUrl) ?? proxy.baseUrl,
    apiKey: CANARY.apiKey,
    clock: options.appClock?.(clock) ?? clock,
    telemetry: watch.telemetry,
    ...(options.random ? { random: options.random } : {}),
    env: { PORT: '0', TRACKRU_LOOKUP_BATCHING: 'off', ...options.env },
  });
  const meter = (clock as Clock) === realClock ? createStallMeter() : undefined;
  let open = true;
  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    meter?.close();
    watch.close();
    await facade.close();
    await proxy.close();
    await sandbox.close();
  }
  // A row that runs into its time limit closes its world here.
  onTestFinished(close);
  const deadlineMs = Number(options.env?.['REQUEST_DEADLINE_MS'] ?? 30_000);

  async function ask(query: string, variables: object = {}, { headers, signal }: AskOptions = {}): Promise<Answer> {
    const startedAt = clock.now();
    const response = await facade.app.fetch(
      new Request('http://facade.test/graphql', {
        method: 'POST',
        body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json', ...headers },
        ...(signal ? { signal } : {}),
      }),
    );
    const text = await response.text();
    // Only stalls at the deadline or after it can make an answer late.
    const from = Math.max(startedAt, Math.min(clock.now(), startedAt + deadlineMs) - 100);
    const endedAt = Math.max(startedAt, clock.now() - (meter?.stalledSince(from) ?? 0));
    watch.answered({ text, startedAt, endedAt, deadlineMs, asked: numbersIn(variables) });
    const answer = { data: null, errors: [], extensions: {}, ...(JSON.parse(text) as object) };
    return { ...answer, status: response.status, tookMs: endedAt - startedAt };
  }

  return {
    close,
    clock,
    sandbox,
    proxy,
    facade,
    watch,
    numbers,
    ask,
    look: (trackingNumber, more) => ask(LOOK, { carrierCode: CARRIER, trackingNumber }, more),
    create: (trackingNumber, more, rest) =>
      ask(CREATE, { input: { carrierCode: CARRIER, trackingNumber, title: titleOf(trackingNumber), ...more } }, rest),
    update: (trackingNumber, input, more) => ask(UPDATE, { carrierCode: CARRIER, trackingNumber, input }, more),
    remove(trackingNumber, more) {
      watch.mayCreateAgain(trackingNumber);
      return ask(REMOVE, { carrierCode: CARRIER, trackingNumber }, more);
    },
    async ready() {
      const response = await facade.app.fetch(new Request('http://facade.test/ready'));
      return { http: response.status, ...((await response.json()) as { status: string; reasons: string[] }) };
    },
    effects: (kind, number) =>
      sandbox.effects().filter((one) => one.kind === kind && (number ?? one.trackingNumber) === one.trackingNumber)
        .length - (kind === 'created' ? numbers.filter((each) => each === (number ?? each)).length : 0),
  };
}

/** Every tracking number among the variables; undefined where there is none, as with a list. */
function numbersIn(variables: object): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  JSON.stringify(variables, (name, value: unknown) => {
    if (name === 'trackingNumber' && typeof value === 'string') found.add(value);
    return value;
  });
  return found.size > 0 ? found : undefined;
}

const table = createFigureTable((text) => process.stdout.write(`\n${text}`));
afterAll(() => table.print());

async function run<C extends Clock>(
  name: string,
  clock: C,
  options: WorldOptions,
  body: (world: World<C>) => Promise<void>,
): Promise<void> {
  const [, id = name, fault = ''] = /^(\S+) (.*)$/.exec(name) ?? [];
  const world = await openWorld(clock, options);
  let failed = true;
  try {
    await body(world);
    failed = false;
    // What is thrown late is thrown by now.
    await calm();
  } finally {
    table.add(world.watch.figures(id, fault, world.proxy.requests.length, failed));
    await world.close();
  }
  expectUnbroken(world.watch);
}

/** A row in standing time: nothing takes longer than the row says. */
export function stillRow(
  name: string,
  options: WorldOptions,
  body: (world: World<TestClock>) => Promise<void>,
  timeoutMs?: number,
): void {
  it(name, () => run(name, testClock(), options, body), timeoutMs);
}

/** A row in real time, for what happens between the kernel and undici. */
export function realRow(
  name: string,
  options: WorldOptions,
  body: (world: World) => Promise<void>,
  timeoutMs?: number,
): void {
  it(name, () => run(name, realClock, options, body), timeoutMs);
}

/** A further world inside a row, checked like the row's own and summed under its name. */
export function within(name: string, options: WorldOptions, body: (world: World<TestClock>) => Promise<void>) {
  return run(name, testClock(), options, body);
}

/**
 * Lets everything happen that needs no time: all parties live in this process, and what one writes the other reads a few
 * turns of the event loop later. A call through proxy and sandbox takes about fifteen.
 */
export async function calm(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Moves time in steps, with calm between them. */
export async function pass(world: World<TestClock>, ms: number, step = 100): Promise<void> {
  await calm();
  for (let moved = 0; moved < ms; moved += step) {
    await world.clock.advance(Math.min(step, ms - moved));
    await calm();
  }
}

/** Moves time until the promise is settled; fails when a minute and a half has not been enough. */
export async function finish<T>(world: World<TestClock>, promise: Promise<T>, step = 25): Promise<T> {
  let settled = false;
  const settle = () => void (settled = true);
  promise.then(settle, settle);
  await calm();
  for (let moved = 0; !settled; moved += step) {
    if (moved > 90_000) throw new Error('nothing has come of it in 90 s');
    await world.clock.advance(step);
    await calm();
  }
  return promise;
}

/** The code of an answer's first error; undefined: it has none. */
export const codeOf = (answer: Answer) => answer.errors[0]?.extensions.code;

/** A good single read's bytes, with any title. */
export function readBody(trackingNumber: string, title: string): string {
  const item = { tracking_number: trackingNumber, carrier_code: CARRIER, status: 'transit', title };
  return JSON.stringify({ meta: { code: 200, type: 'Success', message: 'Success' }, data: [item] });
}

/** An HTTP answer of a length. */
export function httpAnswer(body: string, status = 200, type = 'application/json', more = ''): string {
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status} X\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n${more}\r\n${body}`;
}
