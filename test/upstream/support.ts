// What the tests of the client room share: an app over a scripted upstream, the objects of the wire, and ways to break an
// answer. Every answer that `open` hands out has been searched for what must never reach a client.

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { expect, onTestFinished } from 'vitest';
import { type GraphQLAnswer, startApp, type TestApp, type TestAppOptions } from '../support/app.ts';
import { type Answer, type Arrival, type ScriptedUpstream, scriptedUpstream } from '../support/upstream.ts';

/** The account's key in these tests: found nowhere but in the requests. */
export const KEY = 'c0ffee00-canary-key-7777-0123456789ab';
/** Stands in upstream bodies, which are nobody's business either. */
export const BODY_CANARY = 'upstream-body-canary-51';

const FORBIDDEN = [KEY, BODY_CANARY, '127.0.0.1', 'localhost', '<html', 'ECONN', 'UND_ERR', 'HPE_', 'node_modules'];

/** Nothing of the upstream's address, key or bodies, and nothing of our stack, is in `shown`. */
export function expectClean(shown: unknown, baseUrl: string): void {
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown);
  for (const secret of [...FORBIDDEN, baseUrl, `:${new URL(baseUrl).port}`]) expect(text).not.toContain(secret);
}

export interface World {
  readonly upstream: ScriptedUpstream;
  readonly app: TestApp;
  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<GraphQLAnswer<Data>>;
  /** What arrived at the upstream, as `METHOD path`. */
  readonly calls: () => readonly string[];
  readonly arrivals: readonly Arrival[];
}

/** Every read of these tests is to reach the upstream. */
export const NOTHING_KEPT = { CACHE_TTL_SECONDS: '0', CACHE_STALE_SECONDS: '0' };

export type Script = (arrival: Arrival, index: number) => Answer;

/** An app over an upstream that answers `script`; both closed after the test. Retries wait as short as they ever do. */
export async function open(script: Script, options: Partial<TestAppOptions> = {}): Promise<World> {
  const upstream = await scriptedUpstream(script);
  onTestFinished(() => upstream.close());
  const env = { ...NOTHING_KEPT, ...options.env };
  const app = startApp({ baseUrl: upstream.baseUrl, apiKey: KEY, random: () => 0, ...options, env });
  onTestFinished(() => app.close());
  return {
    upstream,
    app,
    async run(document, variables) {
      const answer = await app.run(document, variables);
      expectClean(answer, options.baseUrl ?? upstream.baseUrl);
      return answer;
    },
    calls: () => upstream.arrivals.map(({ method, path }) => `${method} ${path}`),
    arrivals: upstream.arrivals,
  };
}

/** The codes of an answer's top-level errors. */
export const codesOf = (answer: GraphQLAnswer<unknown>) => answer.errors?.map(({ extensions }) => extensions?.code);

/** Answers by `METHOD path` without the query, a list of them in turn, the last for ever; anything else is not there. */
export function routes(table: Readonly<Record<string, Answer | readonly Answer[]>>): Script {
  const turns = new Map<string, number>();
  return (arrival) => {
    const route = `${arrival.method} ${arrival.path.replace(/\?.*/, '')}`;
    const turn = turns.get(route) ?? 0;
    turns.set(route, turn + 1);
    const answers = [table[route] ?? { code: 4031 }].flat();
    return answers[Math.min(turn, answers.length - 1)] ?? { code: 4031 };
  };
}

const NO_LEG = {
  ItemReceived: null,
  ItemDispatched: null,
  DepartfromAirport: null,
  ArrivalfromAbroad: null,
  CustomsClearance: null,
  DestinationArrived: null,
  weblink: null,
  phone: null,
  carrier_code: null,
  trackinfo: null,
};

/** An event list as it comes; `trackinfo` is null without events. */
export const leg = (carrier: string, events: readonly object[], over: object = {}) => ({
  ...NO_LEG,
  carrier_code: carrier,
  trackinfo: events.length > 0 ? events : null,
  ...over,
});

export const event = (Date: string, over: object = {}) => ({
  Date,
  StatusDescription: 'Accepted',
  Details: '',
  checkpoint_status: 'transit',
  substatus: 'transit001',
  ...over,
});

export const PARCEL = { carrierCode: 'russian-post', trackingNumber: 'RA123456785RU' };
export const PATH = '/trackings/russian-post/RA123456785RU';

/** An item of a list (upstream.md §6, L). */
export const item = (over: object = {}) => ({
  id: '94d967438b490b20fa61aebfce893a84',
  tracking_number: PARCEL.trackingNumber,
  carrier_code: PARCEL.carrierCode,
  status: 'transit',
  created_at: '2026-03-01T10:00:00+00:00',
  updated_at: '2026-03-02T09:00:00+00:00',
  order_create_time: null,
  customer_email: '',
  title: '',
  order_id: null,
  comment: null,
  customer_name: null,
  archived: false,
  original_country: '',
  itemTimeLength: null,
  stayTimeLength: null,
  service_code: null,
  status_info: null,
  origin_info: leg(PARCEL.carrierCode, []),
  destination_info: NO_LEG,
  lastEvent: '',
  lastUpdateTime: '',
  ...over,
});

/** A single read's object (S): an item and its destination. */
export const single = (over: object = {}) => item({ destination_country: '', ...over });

export const page = (items: readonly object[], over: object = {}) => ({
  page: 1,
  limit: 100,
  total: String(items.length),
  count: items.length,
  items,
  ...over,
});

/** A create reply's object (C). */
export const created = (over: object = {}) => ({
  id: '94d967438b490b20fa61aebfce893a84',
  tracking_number: PARCEL.trackingNumber,
  carrier_code: PARCEL.carrierCode,
  order_create_time: 0,
  status: 'pending',
  created_at: '2026-03-02T10:15:00+00:00',
  customer_email: null,
  customer_name: null,
  customer_phone: null,
  order_id: null,
  comment: null,
  title: null,
  logistics_channel: null,
  destination: '',
  ...over,
});

export const batch = (trackings: readonly object[], errors: readonly unknown[] = [], submitted = trackings.length) => ({
  submitted: Math.max(submitted, trackings.length + errors.length),
  added: trackings.length,
  trackings,
  errors,
});

/** An update reply's object (U). */
export const updated = (over: object = {}) => ({
  id: '94d967438b490b20fa61aebfce893a84',
  tracking_number: PARCEL.trackingNumber,
  carrier_code: PARCEL.carrierCode,
  created_at: '2026-03-01T10:00:00+00:00',
  updated_at: '2026-03-02T09:00:00+00:00',
  customer_email: null,
  customer_name: null,
  order_id: null,
  title: null,
  destination_code: null,
  customer_phone: null,
  status: 'transit',
  logistics_channel: null,
  ...over,
});

/** A realtime item (R). */
export const realtimeItem = (over: object = {}) => ({
  id: '94d967438b490b20fa61aebfce893a84',
  tracking_number: PARCEL.trackingNumber,
  carrier_code: PARCEL.carrierCode,
  order_create_time: '',
  destination_code: '',
  status: 'transit',
  track_update: true,
  original_country: '',
  destination_country: '',
  itemTimeLength: null,
  stayTimeLength: null,
  service_code: null,
  packageStatus: null,
  substatus: null,
  last_mile_tracking_supported: null,
  origin_info: leg(PARCEL.carrierCode, []),
  destination_info: NO_LEG,
  lastEvent: '',
  lastUpdateTime: '',
  ...over,
});

/** Any text under any status and headers. */
export const text =
  (body: string, status = 200, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(body);

export const html = (status: number) =>
  text(`<html><body>${BODY_CANARY} http://10.0.0.1/admin</body></html>`, status, { 'content-type': 'text/html' });

/** The connection's socket, to do with it what no HTTP server does. */
export const onSocket =
  (act: (socket: Socket) => void) =>
  (response: ServerResponse): void => {
    if (response.socket) act(response.socket);
  };

/** The connection ends without an answer. */
export const hangUp = onSocket((socket) => socket.destroy());

/** Waits for what real sockets bring about, turn by turn of the event loop; no time is waited for. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
}
