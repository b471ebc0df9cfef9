// The client column of upstream.md §12: one test for each quirk of the wire, asked through GraphQL and answered by an
// upstream that sends exactly that.

import { expect, it } from 'vitest';
import {
  BatchCreateTrackingsDocument,
  CardDocument,
  CarrierListDocument,
  CreateBrieflyDocument,
  CreateTrackingDocument,
  DeleteTrackingDocument,
  DestinationDocument,
  DetectDocument,
  PageCardsDocument,
  PageDestinationsDocument,
  PageDocument,
  RealtimeQuestionDocument,
  TrackingDocument,
  TwoCardsDocument,
  UpdateTrackingDocument,
} from '../gql/graphql.ts';
import { sandboxFor, startApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import type { Answer } from '../support/upstream.ts';
import {
  batch,
  codesOf,
  created,
  event,
  hangUp,
  item,
  leg,
  NOTHING_KEPT,
  open,
  page,
  PARCEL,
  PATH,
  realtimeItem,
  routes,
  single,
  text,
  until,
  updated,
} from './support.ts';

const CREATE = 'POST /trackings/post';
const READ = `GET ${PATH}`;
const UPDATE = `PUT ${PATH}`;
const DELETE = `DELETE ${PATH}`;
const LIST = 'GET /trackings/get';
const REALTIME = 'POST /trackings/realtime';

/** What a single read of `over` looks like in the graph. */
async function cardOf(over: object) {
  const world = await open(routes({ [READ]: { data: [single(over)] } }));
  const { data, errors } = await world.run(CardDocument, PARCEL);
  expect(errors).toBeUndefined();
  return data?.tracking;
}

it('Q1 an error under HTTP 200 is a failure, and so is the same error under HTTP 400', async () => {
  for (const status of [200, 400]) {
    const world = await open(
      routes({ [CREATE]: { code: 4016, status }, [READ]: { data: [single({ title: 'Boots' })] } }),
    );
    const { data } = await world.run(CreateTrackingDocument, { input: PARCEL });
    expect(data?.createTracking).toMatchObject({
      __typename: 'TrackingAlreadyExistsError',
      code: 'ALREADY_EXISTS',
      existing: { title: 'Boots' },
    });
    expect(world.calls()).toEqual([CREATE, READ]);
  }
});

it('Q2 the data of an error is not looked at, be it empty or not', async () => {
  for (const data of [[], [single()], { items: [single()], total: '1' }, null, 'text']) {
    const world = await open(() => ({ code: 4017, data }));
    expect(await world.run(CardDocument, PARCEL)).toEqual({ status: 200, data: { tracking: null } });
    const changed = await world.run(UpdateTrackingDocument, { ...PARCEL, input: { title: 'x' } });
    expect(changed.data?.updateTracking.__typename).toBe('TrackingNotFoundError');
    const refused = await open(() => ({ code: 4012, data }));
    expect(codesOf(await refused.run(PageDocument, {}))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await refused.run(RealtimeQuestionDocument, PARCEL))).toEqual(['BAD_USER_INPUT']);
    const lot = await refused.run(BatchCreateTrackingsDocument, { input: [PARCEL] });
    expect(lot.data?.batchCreateTrackings.results).toMatchObject([{ code: 'INVALID_INPUT' }]);
  }
});

it('Q3 an empty list is an empty page without an error, whichever way it comes', async () => {
  const empty: Answer[] = [{ code: 4031 }, { data: [] }, { data: page([], { total: '0' }) }];
  for (const answer of empty) {
    const world = await open(routes({ [LIST]: answer }));
    const { data, errors } = await world.run(PageDocument, {});
    expect(errors).toBeUndefined();
    expect(data?.trackings).toEqual({
      totalCount: 0,
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    expect(world.calls()).toHaveLength(1);
  }
});

it('Q4 a single read as array, object or items gives the same tracking', async () => {
  const parcel = single({ title: 'Boots', destination_country: 'Russia' });
  const shown = [];
  for (const data of [[parcel], parcel, { items: [parcel] }]) {
    const world = await open(routes({ [READ]: { data } }));
    shown.push(await world.run(CardDocument, PARCEL));
  }
  expect(shown[0]?.data?.tracking).toMatchObject({
    title: 'Boots',
    status: 'IN_TRANSIT',
    trackingNumber: 'RA123456785RU',
  });
  expect(shown[1]).toEqual(shown[0]);
  expect(shown[2]).toEqual(shown[0]);
});

it('Q5 200, 201 and 202 are all good for a batch, and 202 warns of the quota', async () => {
  for (const code of [200, 201, 202]) {
    const data = batch([created(), created({ tracking_number: 'RB123456785RU' })]);
    const world = await open(routes({ 'POST /trackings/batch': { code, data } }));
    const answer = await world.run(BatchCreateTrackingsDocument, {
      input: [PARCEL, { ...PARCEL, trackingNumber: 'RB123456785RU' }],
    });
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.batchCreateTrackings).toMatchObject({ submittedCount: 2, createdCount: 2, failedCount: 0 });
    expect(answer.extensions?.warnings).toEqual(
      code === 202 ? [expect.objectContaining({ code: 'UPSTREAM_QUOTA_EXCEEDED' })] : undefined,
    );
    expect(world.calls()).toEqual(['POST /trackings/batch']);
  }
});

it('Q6 the total is 4 as text and as a number', async () => {
  for (const total of ['4', 4]) {
    const world = await open(routes({ [LIST]: { data: page([item()], { total }) } }));
    const { data } = await world.run(PageDocument, { first: 1 });
    expect(data?.trackings).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
  }
});

it('Q7 archived is a boolean, from the boolean of a read and from the text of an update', async () => {
  expect(await cardOf({ archived: true })).toMatchObject({ archived: true });
  for (const archived of ['true', true]) {
    const world = await open(routes({ [UPDATE]: { data: updated({ archived }) } }));
    const { data } = await world.run(UpdateTrackingDocument, { ...PARCEL, input: { archived: true } });
    expect(data?.updateTracking).toMatchObject({ tracking: { archived: true } });
    expect(JSON.parse(world.arrivals[0]?.body ?? '')).toEqual({ archived: 'true' });
    expect(world.calls()).toEqual([UPDATE]);
  }
  // Not sent, not echoed: read when it is asked for.
  const silent = await open(routes({ [UPDATE]: { data: updated() }, [READ]: { data: [single({ archived: true })] } }));
  const { data } = await silent.run(UpdateTrackingDocument, { ...PARCEL, input: { title: 'x' } });
  expect(data?.updateTracking).toMatchObject({ tracking: { archived: true } });
  expect(silent.calls()).toEqual([UPDATE, READ]);
});

it('Q8 an update answers 4 and 7 with what they mean, and 8 makes the status be read again', async () => {
  const forced = [
    { status: 'DELIVERED', sent: 4, echo: '4', text: 'delivered' },
    { status: 'EXCEPTION', sent: 7, echo: '7', text: 'exception' },
    { status: 'EXCEPTION', sent: 7, echo: 7, text: 'exception' },
  ] as const;
  for (const { status, sent, echo, text: word } of forced) {
    const world = await open(routes({ [UPDATE]: { data: updated({ status: echo, archived: 'false' }) } }));
    const { data } = await world.run(UpdateTrackingDocument, { ...PARCEL, input: { status } });
    expect(data?.updateTracking).toMatchObject({ tracking: { status, statusText: word } });
    expect(JSON.parse(world.arrivals[0]?.body ?? '')).toEqual({ status: sent });
    expect(world.calls()).toEqual([UPDATE]);
  }
  const world = await open(
    routes({
      [UPDATE]: { data: updated({ status: '8', archived: 'false' }) },
      [READ]: { data: [single({ status: 'pickup' })] },
    }),
  );
  const { data } = await world.run(UpdateTrackingDocument, { ...PARCEL, input: { status: 'ORIGINAL' } });
  expect(data?.updateTracking).toMatchObject({ tracking: { status: 'PICKUP', statusText: 'pickup' } });
  expect(world.calls()).toEqual([UPDATE, READ]);
});

it('Q9 the destination is one country with code and name, whichever member and form it comes in', async () => {
  const russia = { code: 'RU', name: 'Russia' };
  const read = await open(routes({ [READ]: { data: [single({ destination_country: 'Russia' })] } }));
  expect((await read.run(DestinationDocument, PARCEL)).data?.tracking?.destinationCountry).toEqual(russia);
  const create = await open(routes({ [CREATE]: { data: created({ destination: 'ru' }) } }));
  const made = await create.run(CreateTrackingDocument, { input: { ...PARCEL, destinationCountryCode: 'RU' } });
  expect(made.data?.createTracking).toMatchObject({ tracking: { destinationCountry: russia } });
  const update = await open(routes({ [UPDATE]: { data: updated({ destination_code: 'RU', archived: 'false' }) } }));
  const changed = await update.run(UpdateTrackingDocument, { ...PARCEL, input: { destinationCountryCode: 'RU' } });
  expect(changed.data?.updateTracking).toMatchObject({ tracking: { destinationCountry: russia } });
  // The origin is another value, and a name that cannot be placed is kept without a code.
  expect(await cardOf({ original_country: 'Hong Kong [CN]', destination_country: 'Russia' })).toMatchObject({
    originCountry: { code: 'HK' },
  });
  expect(await cardOf({ original_country: 'Atlantis' })).toMatchObject({
    originCountry: { code: null, name: 'Atlantis' },
  });
});

it('Q10 the time of an order is unset as 0, null and empty text, and read from both formats and from seconds', async () => {
  for (const [wire, shown] of [
    [null, null],
    ['', null],
    [0, null],
    ['2018-05-11 12:00', '2018-05-11T12:00:00'],
    ['2017/8/27 16:51', '2017-08-27T16:51:00'],
    ['tomorrow', null],
  ] as const) {
    expect(await cardOf({ order_create_time: wire }), String(wire)).toMatchObject({ orderCreatedAt: shown });
  }
  for (const [seconds, createdAt, shown] of [
    [0, '2026-03-02T10:15:00+00:00', null],
    [1772357400, '2026-03-02T10:15:00+00:00', '2026-03-01T09:30:00'],
    // Back on the account's clock, where it was written.
    [1772357400, '2026-03-02T18:15:00+08:00', '2026-03-01T17:30:00'],
  ] as const) {
    const world = await open(
      routes({ [CREATE]: { data: created({ order_create_time: seconds, created_at: createdAt }) } }),
    );
    const { data } = await world.run(CreateTrackingDocument, { input: PARCEL });
    expect(data?.createTracking).toMatchObject({ tracking: { orderCreatedAt: shown } });
  }
});

it('Q11 e-mail addresses are always a list', async () => {
  for (const [wire, shown] of [
    [null, []],
    ['', []],
    ['null', []],
    ['anna@example.test', ['anna@example.test']],
    [
      ['anna@example.test', 'b@example.test'],
      ['anna@example.test', 'b@example.test'],
    ],
    [[], []],
    [[null, '', 'a@example.test'], ['a@example.test']],
  ] as const) {
    expect(await cardOf({ customer_email: wire }), String(wire)).toMatchObject({ customer: { emails: shown } });
  }
});

it('Q12 a destination that is absent, null or all null is no second leg', async () => {
  const { destination_info: allNull, ...absent } = single();
  for (const parcel of [absent, { ...absent, destination_info: null }, { ...absent, destination_info: allNull }]) {
    const world = await open(routes({ [READ]: { data: [parcel] } }));
    expect((await world.run(CardDocument, PARCEL)).data?.tracking).toMatchObject({
      origin: { kind: 'ORIGIN' },
      destination: null,
    });
  }
  const second = leg('usps', [event('2026-03-01 10:00')], { weblink: 'https://www.usps.com/' });
  expect(await cardOf({ destination_info: second })).toMatchObject({
    destination: { kind: 'DESTINATION', carrierCode: 'usps', website: 'https://www.usps.com/' },
  });
});

it('Q13 a log that is null, empty or absent is an empty list', async () => {
  const { trackinfo: none, ...without } = leg('cdek', []);
  for (const origin of [{ ...without, trackinfo: none }, { ...without, trackinfo: [] }, without]) {
    expect(await cardOf({ origin_info: origin })).toMatchObject({
      origin: { carrierCode: 'cdek', events: [] },
      events: [],
      latestEvent: null,
    });
  }
});

it('Q14 the time of the last look-up may be null or before the creation, and keeps its offset', async () => {
  expect(await cardOf({ updated_at: null })).toMatchObject({ updatedAt: null });
  expect(
    await cardOf({ created_at: '2018-04-18T14:34:30+08:00', updated_at: '2018-04-18T14:32:27+08:00' }),
  ).toMatchObject({
    createdAt: '2018-04-18T14:34:30+08:00',
    updatedAt: '2018-04-18T14:32:27+08:00',
  });
});

it('Q15 event times get no zone and come in both precisions; texts are trimmed', async () => {
  const log = [
    event('2026-03-01 22:30:05', { StatusDescription: ' Arrived at delivery office ', Details: ' MOSCOW 101000' }),
    event('2026-03-01 22:30', { StatusDescription: '\tAccepted\n', Details: ' ' }),
  ];
  expect(await cardOf({ origin_info: leg('cdek', log, { ItemReceived: '2026-03-01 22:30' }) })).toMatchObject({
    origin: { receivedAt: '2026-03-01T22:30:00' },
    events: [
      { occurredAt: '2026-03-01T22:30:05', description: 'Arrived at delivery office', location: 'MOSCOW 101000' },
      { occurredAt: '2026-03-01T22:30:00', description: 'Accepted', location: null },
    ],
  });
});

it('Q16 the latest event is found in both logs, not taken from what follows the origin', async () => {
  expect(
    await cardOf({
      origin_info: leg('china-post', [event('2026-02-24 10:17', { StatusDescription: 'Left' })]),
      destination_info: leg('russian-post', [event('2026-03-03 07:11:58', { StatusDescription: 'Arrived' })]),
      lastEvent: 'Left,2026-02-24 10:17',
      stayTimeLength: 7,
    }),
  ).toMatchObject({
    latestEvent: { occurredAt: '2026-03-03T07:11:58', description: 'Arrived', leg: 'DESTINATION' },
    idleDays: 7,
  });
});

it('Q17 a status word in any case is known, and an unknown one is UNKNOWN beside its text', async () => {
  for (const [word, status] of [
    ['InfoReceived', 'INFO_RECEIVED'],
    ['INFORECEIVED', 'INFO_RECEIVED'],
    ['Delivered', 'DELIVERED'],
    ['OnHold', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
    ['__proto__', 'UNKNOWN'],
    ['', 'UNKNOWN'],
  ]) {
    const log = [event('2026-03-01 10:00', { checkpoint_status: word, substatus: word })];
    const card = await cardOf({ status: word, origin_info: leg('cdek', log) });
    expect(card, word).toMatchObject({ status, statusText: word });
    expect(card?.events[0]).toMatchObject({ status: word ? status : null, statusText: word || null, substatus: null });
  }
  // In the place of a number, too.
  const world = await open(routes({ [UPDATE]: { data: updated({ status: 'constructor', archived: 'false' }) } }));
  const { data } = await world.run(UpdateTrackingDocument, { ...PARCEL, input: { title: 'x' } });
  expect(data?.updateTracking).toMatchObject({ tracking: { status: 'UNKNOWN', statusText: 'constructor' } });
});

it('Q18 a status and a sub-status that disagree are both reported', async () => {
  const log = [event('2026-03-01 10:00', { checkpoint_status: 'pickup', substatus: 'not found001' })];
  expect((await cardOf({ origin_info: leg('cdek', log) }))?.events).toMatchObject([
    { status: 'PICKUP', statusText: 'pickup', substatus: 'AWAITING_PICKUP', substatusCode: 'notfound001' },
  ]);
});

it("Q19 \\' becomes an apostrophe in title, order id, comment and name", async () => {
  const escaped = "Anna\\'s";
  expect(await cardOf({ title: escaped, order_id: escaped, comment: escaped, customer_name: escaped })).toMatchObject({
    title: "Anna's",
    orderId: "Anna's",
    comment: "Anna's",
    customer: { name: "Anna's" },
  });
});

it('Q20 a realtime call that says nothing is repeated once, then the tracking is pending', async () => {
  const second = await open(routes({ [REALTIME]: [{ code: 4031 }, { data: { items: [realtimeItem()] } }] }));
  expect((await second.run(RealtimeQuestionDocument, PARCEL)).data?.realtime).toMatchObject({ status: 'IN_TRANSIT' });
  expect(second.calls()).toEqual([REALTIME, REALTIME]);
  const never = await open(routes({ [REALTIME]: { code: 4031 } }));
  expect(await never.run(RealtimeQuestionDocument, PARCEL)).toEqual({ status: 200, data: { realtime: null } });
  expect(never.calls()).toEqual([REALTIME, REALTIME]);
});

it('Q21 a meta with a code and nothing else is accepted', async () => {
  const body =
    '{"meta":{"code":200},"data":[{"name":"CDEK Express","code":"cdek","phone":"","type":"express","name_cn":"x"}]}';
  const world = await open(routes({ 'GET /carriers': text(body) }));
  expect((await world.run(CarrierListDocument, {})).data?.carriers).toEqual([
    { code: 'cdek', name: 'CDEK Express', phone: null, website: null, logo: null, kind: 'EXPRESS' },
  ]);
});

it('Q22 each endpoint gets the names it knows', async () => {
  const world = await open(
    routes({ [CREATE]: { data: created() }, [REALTIME]: { data: { items: [realtimeItem()] } } }),
  );
  const words = { orderId: '#1', specialDestination: 'Land', orderCreatedAt: '2026-03-01T09:30:00' };
  await world.run(CreateTrackingDocument, { input: { ...PARCEL, ...words, destinationCountryCode: 'RU' } });
  await world.run(RealtimeQuestionDocument, { ...PARCEL, ...words });
  const key = { tracking_number: PARCEL.trackingNumber, carrier_code: PARCEL.carrierCode };
  expect(world.arrivals.map(({ body }) => JSON.parse(body))).toEqual([
    {
      ...key,
      order_id: '#1',
      order_create_time: '2026-03-01 09:30',
      destination_code: 'RU',
      tracking_destination_country: 'Land',
    },
    { ...key, order: '#1', order_create_time: '2026-03-01 09:30', specialNumberDestination: 'Land' },
  ]);
});

it('Q23 what was known of a tracking is forgotten when it is deleted, though its id returns', async () => {
  const world = await open(
    routes({
      [UPDATE]: { data: updated({ customer_phone: '+70000000001', destination_code: 'RU', archived: 'false' }) },
      [READ]: { data: [single()] },
      [DELETE]: { data: [] },
      [CREATE]: { data: created({ created_at: '2026-03-05T10:00:00+00:00' }) },
    }),
  );
  await world.run(UpdateTrackingDocument, { ...PARCEL, input: { customerPhone: '+70000000001' } });
  const before = await world.run(TrackingDocument, PARCEL);
  expect(before.data?.tracking?.customer).toMatchObject({ phone: '+70000000001' });
  await world.run(DeleteTrackingDocument, PARCEL);
  const again = await world.run(CreateTrackingDocument, { input: PARCEL });
  expect(again.data?.createTracking).toMatchObject({
    tracking: { id: before.data?.tracking?.id, createdAt: '2026-03-05T10:00:00+00:00', customer: { phone: null } },
  });
  expect((await world.run(TrackingDocument, PARCEL)).data?.tracking?.customer).toMatchObject({ phone: null });
});

it('Q24 compact PHP JSON with escapes is read', async () => {
  const escaped = JSON.stringify({
    meta: { code: 200, type: 'Success', message: 'Success' },
    data: [single({ title: 'Зимние 👢/сапоги' })],
  })
    .replace(/[\u0080-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
    .replace(/\//g, '\\/');
  expect(escaped).toContain('\\u0417');
  const world = await open(routes({ [READ]: text(escaped) }));
  expect((await world.run(CardDocument, PARCEL)).data?.tracking).toMatchObject({ title: 'Зимние 👢/сапоги' });
});

it('Q25 the errors of a batch are read as objects, as nested objects and as JSON text', async () => {
  const numbers = ['RA123456785RU', 'RB123456785RU', 'RC123456785RU', 'RD123456785RU'];
  const input = numbers.map((trackingNumber) => ({ ...PARCEL, trackingNumber }));
  const [exists, , invalid, quota] = numbers;
  const failures = [
    { tracking_number: exists, code: 4016, message: 'Tracking already exists.' },
    { tracking_number: invalid, code: 4014, message: 'x' },
    { tracking_number: quota, code: 4019, message: 'x' },
  ];
  const forms: ((failure: object) => unknown)[] = [
    (failure) => ({ carrier_code: PARCEL.carrierCode, ...failure }),
    // The sister brand's own forms name the number only.
    (failure) => ({ meta: failure }),
    (failure) => JSON.stringify({ meta: failure }),
  ];
  for (const form of forms) {
    const data = batch([created({ tracking_number: 'RB123456785RU' })], failures.map(form));
    const world = await open(routes({ 'POST /trackings/batch': { code: 201, data } }));
    const answer = await world.run(BatchCreateTrackingsDocument, { input });
    expect(answer.data?.batchCreateTrackings.results).toMatchObject([
      { code: 'ALREADY_EXISTS', trackingNumber: exists },
      { __typename: 'CreateTrackingPayload', tracking: { trackingNumber: 'RB123456785RU' } },
      { code: 'INVALID_TRACKING_NUMBER', path: ['input', '2', 'trackingNumber'] },
      { code: 'QUOTA_EXCEEDED' },
    ]);
    expect(world.calls()).toEqual(['POST /trackings/batch']);
  }
});

it('Q26 after a 429 no call leaves for 120 seconds', async () => {
  const clock = testClock();
  const limits = { TRACKRU_LIST_RPS: '1', TRACKRU_DEFAULT_RPS: '1', TRACKRU_REALTIME_RPS: '3' };
  const env = { ...limits, REQUEST_DEADLINE_MS: '600000' };
  const script = routes({ [LIST]: { code: 429 }, [READ]: { data: [single()] } });
  const world = await open(script, { clock, env });
  const limited = await world.run(PageDocument, {});
  expect(limited.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 120_000 });
  // Patient callers wait.
  const waiting = [
    world.run(CardDocument, PARCEL),
    world.run(RealtimeQuestionDocument, PARCEL),
    world.run(DeleteTrackingDocument, PARCEL),
  ];
  await until(() => clock.pending() >= 6);
  await clock.advance(119_999);
  expect(world.calls()).toEqual([`${LIST}?page=1&limit=20`]);
  await clock.advance(1);
  await until(() => world.calls().length === 4);
  await clock.advance(5_000);
  await until(() => world.calls().length === 5);
  await Promise.all(waiting);

  // Impatient callers are told when to come back.
  const hasty = await open(script, { clock, env: limits });
  await hasty.run(PageDocument, {});
  await clock.advance(20_000);
  for (const operation of [
    hasty.run(CardDocument, PARCEL),
    hasty.run(PageDocument, {}),
    hasty.run(DeleteTrackingDocument, PARCEL),
  ]) {
    expect((await operation).errors?.[0]?.extensions).toEqual({
      code: 'RATE_LIMITED',
      retryable: true,
      retryAfterMs: 100_000,
    });
  }
  expect(hasty.calls()).toEqual([`${LIST}?page=1&limit=20`]);
});

/** All that is sent when every operation of the graph is asked for. */
async function everythingSent() {
  const world = await open(
    routes({
      [READ]: { data: [single()] },
      [LIST]: { data: page([item()]) },
      [DELETE]: { data: [] },
      [UPDATE]: { data: updated({ archived: 'true' }) },
      'GET /carriers': { data: [{ name: 'CDEK', code: 'cdek' }] },
      'POST /carriers/detect': { data: [] },
      [CREATE]: { data: created() },
      [REALTIME]: { data: { items: [realtimeItem()] } },
    }),
  );
  await world.run(CardDocument, PARCEL);
  await world.run(PageDocument, { filter: { trackingNumbers: ['RA123456785RU'], status: 'DELIVERED' } });
  await world.run(TwoCardsDocument, {
    carrierA: 'cdek',
    numberA: '1234567890',
    carrierB: 'cdek',
    numberB: '1234567891',
  });
  await world.run(CarrierListDocument, {});
  await world.run(DetectDocument, { trackingNumber: 'RA123456785RU' });
  await world.run(CreateTrackingDocument, { input: PARCEL });
  await world.run(RealtimeQuestionDocument, PARCEL);
  await world.run(UpdateTrackingDocument, { ...PARCEL, input: { archived: true } });
  await world.run(DeleteTrackingDocument, PARCEL);
  expect(new Set(world.arrivals.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'PUT', 'DELETE']));
  return world.arrivals;
}

it('Q27 GET and DELETE go without a body, and everything else with JSON', async () => {
  for (const { method, body, headers } of await everythingSent()) {
    expect(headers['content-type']).toBe('application/json');
    if (method === 'GET' || method === 'DELETE') {
      expect([body, headers['content-length'], headers['transfer-encoding']]).toEqual(['', undefined, undefined]);
    } else {
      expect(JSON.parse(body)).toBeInstanceOf(Object);
    }
  }
});

it('Q28 the list is asked for by GET, never by POST', async () => {
  const asked = (await everythingSent()).filter(({ path }) => path.startsWith('/trackings/get'));
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

it('Q29 no path ends with a slash', async () => {
  const paths = (await everythingSent()).map(({ path }) => path.replace(/\?.*/, ''));
  expect(paths).toContain('/carriers');
  for (const path of paths) expect(path).not.toMatch(/\/$/);
});

it('Q30 JSON under another content type is accepted', async () => {
  for (const type of ['text/html; charset=UTF-8', 'text/plain', 'application/octet-stream', undefined]) {
    const envelope = JSON.stringify({ meta: { code: 200 }, data: [single({ title: 'Boots' })] });
    const world = await open(
      routes({ [READ]: text(envelope, 200, type === undefined ? {} : { 'content-type': type }) }),
    );
    expect((await world.run(CardDocument, PARCEL)).data?.tracking).toMatchObject({ title: 'Boots' });
  }
});

it('Q31 realtime and list say another last event, and the graph the same latest one', async () => {
  const legs = {
    origin_info: leg('china-ems', [event('2026-02-27 17:07', { StatusDescription: 'Origin' })]),
    destination_info: leg('usps', [event('2026-03-01 22:30', { StatusDescription: 'Destination' })]),
  };
  const world = await open(
    routes({
      [REALTIME]: { data: { items: [realtimeItem({ ...legs, lastEvent: 'Destination,2026-03-01 22:30' })] } },
      [LIST]: { data: page([item({ ...legs, lastEvent: 'Origin,2026-02-27 17:07' })]) },
    }),
  );
  const asked = await world.run(RealtimeQuestionDocument, PARCEL);
  const listed = await world.run(PageCardsDocument, {});
  expect(asked.data?.realtime?.latestEvent).toMatchObject({ description: 'Destination', leg: 'DESTINATION' });
  expect(listed.data?.trackings.nodes[0]?.latestEvent).toEqual(asked.data?.realtime?.latestEvent);
});

it('Q32 an event later than the last look-up is shown as it is, and no age is negative', async () => {
  expect(
    await cardOf({
      updated_at: '2026-03-03T04:46:47+00:00',
      origin_info: leg('cdek', [event('2026-03-03 07:11:58')]),
      stayTimeLength: 0,
      itemTimeLength: -1,
    }),
  ).toMatchObject({ latestEvent: { occurredAt: '2026-03-03T07:11:58' }, idleDays: 0, transitDays: null });
});

it('Q33 a list item without a destination costs a single read, and never overwrites a known one', async () => {
  const unknown = item({ tracking_number: 'RB123456785RU' });
  const world = await open(
    routes({
      [READ]: { data: [single({ destination_country: 'Russia' })] },
      [LIST]: { data: page([item(), unknown]) },
      'GET /trackings/russian-post/RB123456785RU': {
        data: [single({ tracking_number: 'RB123456785RU', destination_country: '' })],
      },
    }),
  );
  await world.run(DestinationDocument, PARCEL);
  const { data } = await world.run(PageDestinationsDocument, {});
  expect(data?.trackings.nodes).toEqual([
    { trackingNumber: 'RA123456785RU', destinationCountry: { code: 'RU', name: 'Russia' } },
    { trackingNumber: 'RB123456785RU', destinationCountry: null },
  ]);
  expect(world.calls()).toEqual([READ, `${LIST}?page=1&limit=10`, 'GET /trackings/russian-post/RB123456785RU']);
});

it('Q34 commas of places and texts split nothing', async () => {
  const log = [event('2021-01-19 10:33', { StatusDescription: 'DELIVERED, signed', Details: 'LEIDEN,NL' })];
  expect(
    await cardOf({ origin_info: leg('dhl', log), lastEvent: 'DELIVERED, signed,LEIDEN,NL,2021-01-19 10:33' }),
  ).toMatchObject({
    latestEvent: { occurredAt: '2021-01-19T10:33:00', description: 'DELIVERED, signed', location: 'LEIDEN,NL' },
  });
});

it('Q35 events of the same moment keep their order', async () => {
  const at = (moment: string, StatusDescription: string) => event(moment, { StatusDescription });
  const card = await cardOf({
    origin_info: leg('china-post', [
      at('2026-02-16 13:49', 'b'),
      at('2026-02-16 13:49:00', 'c'),
      at('2026-02-14 10:00', 'e'),
    ]),
    destination_info: leg('russian-post', [at('2026-02-16 13:49', 'a'), at('2026-02-14 10:00', 'd')]),
  });
  expect(card?.events.map(({ description }) => description)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(card?.origin?.events).toHaveLength(3);
});

it('Q36 a create whose answer comes too late, or never, is looked for before anything is sent again', async () => {
  const faults = [
    { kind: 'latency', ms: 60_000, afterEffect: true },
    { kind: 'close', afterEffect: true },
    { kind: 'close' },
  ] as const;
  for (const fault of faults) {
    const sandbox = await sandboxFor({ seed: false });
    const app = startApp({ baseUrl: sandbox.baseUrl, env: { ...NOTHING_KEPT, TRACKRU_TIMEOUT_MS: '300' } });
    sandbox.addFault({ ...fault, route: 'POST /trackings/post', times: 1 });
    const { data, errors } = await app.run(CreateBrieflyDocument, { input: { ...PARCEL, title: 'Boots' } });
    expect(errors).toBeUndefined();
    expect(data?.createTracking).toMatchObject({
      __typename: 'CreateTrackingPayload',
      tracking: { trackingNumber: PARCEL.trackingNumber, title: 'Boots' },
    });
    const lost = !('afterEffect' in fault);
    expect(sandbox.calls().map(({ method }) => method)).toEqual(lost ? ['POST', 'GET', 'POST'] : ['POST', 'GET']);
    expect(sandbox.effects().filter(({ kind }) => kind === 'created')).toHaveLength(1);
  }
  // "Exists" on the repeat means that the first attempt arrived after all.
  const late = await open(
    routes({ [CREATE]: [hangUp, { code: 4016 }], [READ]: [{ code: 4031 }, { data: [single({ title: 'Boots' })] }] }),
  );
  const { data } = await late.run(CreateBrieflyDocument, { input: { ...PARCEL, title: 'Boots' } });
  expect(data?.createTracking.__typename).toBe('CreateTrackingPayload');
  expect(late.calls()).toEqual([CREATE, READ, CREATE, READ]);
});

it('Q37 whether a delete was carried out is decided by the code', async () => {
  const done = await open(routes({ [DELETE]: { code: 200, data: [] } }));
  expect((await done.run(DeleteTrackingDocument, PARCEL)).data?.deleteTracking).toMatchObject({
    __typename: 'DeleteTrackingPayload',
    ...PARCEL,
  });
  for (const code of [4017, 4031]) {
    const missing = await open(routes({ [DELETE]: { code, data: [] } }));
    expect((await missing.run(DeleteTrackingDocument, PARCEL)).data?.deleteTracking).toMatchObject({
      __typename: 'TrackingNotFoundError',
      code: 'NOT_FOUND',
    });
    expect(missing.calls()).toEqual([DELETE]);
  }
});

it('Q38 a number under two carriers is two trackings, matched on both', async () => {
  const both = page([item({ carrier_code: 'china-post', title: 'Chinese' }), item({ title: 'Russian' })]);
  const pair = { numberA: PARCEL.trackingNumber, numberB: PARCEL.trackingNumber };
  const world = await open(routes({ [LIST]: { data: both } }));
  const two = await world.run(TwoCardsDocument, { ...pair, carrierA: 'russian-post', carrierB: 'china-post' });
  expect(two.data).toMatchObject({ a: { title: 'Russian' }, b: { title: 'Chinese' } });
  const one = await world.run(TwoCardsDocument, { ...pair, carrierA: 'usps', carrierB: 'china-post' });
  expect(one.data).toMatchObject({ a: null, b: { title: 'Chinese' } });
  expect(world.calls()).toEqual([
    `${LIST}?page=1&limit=100&numbers=RA123456785RU`,
    `${LIST}?page=1&limit=100&numbers=RA123456785RU`,
  ]);
});
