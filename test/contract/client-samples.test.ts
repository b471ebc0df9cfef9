// Every sample reply of upstream.md §16 as the answer of an upstream, and what a reader of the file would expect to find
// in the graph.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  BatchCreateTrackingsDocument,
  CardDocument,
  CarrierListDocument,
  CreateBrieflyDocument,
  CreateTrackingDocument,
  DeleteTrackingDocument,
  DetectDocument,
  PageCardsDocument,
  RealtimeDocument,
  TrackingDocument,
  UpdateTrackingDocument,
} from '../gql/graphql.ts';
import { phpJson } from '../../src/sandbox/codes.ts';
import { testClock } from '../support/clock.ts';
import type { Answer } from '../support/upstream.ts';
import { codesOf, open, routes, text, type World } from '../upstream/support.ts';

const folder = new URL('./samples/', import.meta.url);
const sampleText = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** The file in the upstream's own writing: compact and escaped. */
const onTheWire = (name: string): Answer => text(phpJson(JSON.parse(sampleText(name))));

const NOTHING: Answer = { code: 4031 };
const LISTED = { 'GET /carriers': onTheWire('carriers.json') };

type Check = (serve: (route: string) => Promise<World>) => Promise<void>;

const samples: Readonly<Record<string, Check>> = {
  async 'create.json'(serve) {
    const world = await serve('POST /trackings/post');
    const input = {
      carrierCode: 'russian-post',
      trackingNumber: 'RA123456785RU',
      title: 'Зимние сапоги',
      customerName: 'Anna Example',
      customerEmail: 'anna@example.test',
      customerPhone: '+70000000001',
      orderId: '#123',
      orderCreatedAt: '2026-03-01T09:30:00',
      destinationCountryCode: 'RU',
      comment: 'gift',
    };
    const { data } = await world.run(CreateTrackingDocument, { input });
    expect(data?.createTracking).toEqual({
      __typename: 'CreateTrackingPayload',
      tracking: {
        id: Buffer.from('Tracking:russian-post|RA123456785RU').toString('base64url'),
        carrierCode: 'russian-post',
        trackingNumber: 'RA123456785RU',
        status: 'PENDING',
        title: 'Зимние сапоги',
        comment: 'gift',
        logisticsChannel: null,
        orderId: '#123',
        orderCreatedAt: '2026-03-01T09:30:00',
        archived: false,
        createdAt: '2026-03-02T10:15:00+00:00',
        updatedAt: null,
        customer: { name: 'Anna Example', emails: ['anna@example.test'], phone: '+70000000001' },
        destinationCountry: { code: 'RU', name: 'Russia' },
        events: [],
      },
    });
    // A write is never read back to answer it.
    expect(world.calls()).toEqual(['POST /trackings/post']);
  },

  async 'create-exists-4016.json'(serve) {
    const world = await serve('POST /trackings/post');
    const input = { carrierCode: 'Russian-Post', trackingNumber: 'ra123456785ru' };
    expect((await world.run(CreateBrieflyDocument, { input })).data?.createTracking).toEqual({
      __typename: 'TrackingAlreadyExistsError',
      code: 'ALREADY_EXISTS',
      carrierCode: 'russian-post',
      trackingNumber: 'RA123456785RU',
    });
  },

  async 'batch-201-partial.json'(serve) {
    const world = await serve('POST /trackings/batch');
    const input = [
      { trackingNumber: 'RA234567895RU', carrierCode: 'russian-post' },
      { trackingNumber: '2345678901', carrierCode: 'cdek', orderId: '#124', title: 'Книги' },
      { trackingNumber: 'LX123456785CN', carrierCode: 'china-post' },
      { trackingNumber: '99990000111', carrierCode: 'no-such-carrier' },
    ];
    const { data } = await world.run(BatchCreateTrackingsDocument, { input });
    expect(data?.batchCreateTrackings).toMatchObject({
      submittedCount: 4,
      createdCount: 2,
      failedCount: 2,
      results: [
        { __typename: 'CreateTrackingPayload', tracking: { trackingNumber: 'RA234567895RU' } },
        { __typename: 'CreateTrackingPayload', tracking: { trackingNumber: '2345678901' } },
        { __typename: 'TrackingAlreadyExistsError', trackingNumber: 'LX123456785CN' },
        { __typename: 'TrackingInputError', code: 'INVALID_CARRIER_CODE', path: ['input', '3', 'carrierCode'] },
      ],
    });
    expect(world.calls()).toEqual(['POST /trackings/batch']);
  },

  async 'single-array.json'(serve) {
    const world = await serve('GET /trackings/china-post/LX123456785CN');
    const { data } = await world.run(TrackingDocument, { carrierCode: 'china-post', trackingNumber: 'LX123456785CN' });
    expect(data?.tracking).toMatchObject({
      upstreamId: 'cbc5f921d3b72d82cfc6d65137decbf8',
      carrier: { code: 'china-post', name: 'China Post', kind: 'POST' },
      status: 'PICKUP',
      statusText: 'pickup',
      title: 'Чехол',
      orderId: '#122',
      comment: null,
      customer: { name: null, emails: [] },
      originCountry: { code: 'CN', name: 'China' },
      destinationCountry: { code: 'RU', name: 'Russia' },
      archived: false,
      createdAt: '2026-02-16T08:00:00+00:00',
      updatedAt: '2026-03-03T04:46:47+00:00',
      transitDays: 17,
      idleDays: 7,
      origin: {
        kind: 'ORIGIN',
        carrierCode: 'china-post',
        website: 'http://yjcx.ems.com.cn/qps/yjcx',
        receivedAt: '2026-02-14T18:56:00',
        arrivedAbroadAt: '2026-02-24T10:17:00',
        departedAt: null,
      },
      destination: {
        kind: 'DESTINATION',
        carrierCode: 'russian-post',
        carrier: { name: 'Russian Post' },
        departedAt: '2026-02-20T16:15:00',
        clearedCustomsAt: '2026-02-27T08:02:45',
        arrivedAt: '2026-03-02T14:50:00',
      },
      // Not the origin's, which `lastEvent` names; and later than `updatedAt`.
      latestEvent: { occurredAt: '2026-03-03T07:11:58', description: 'Arrived at delivery office' },
    });
    expect(data?.tracking?.origin?.events).toHaveLength(5);
    expect(data?.tracking?.destination?.events).toHaveLength(6);
    expect(data?.tracking?.events.map(({ occurredAt, leg }) => `${occurredAt} ${leg}`)).toEqual([
      '2026-03-03T07:11:58 DESTINATION',
      '2026-03-02T14:50:00 DESTINATION',
      '2026-02-27T08:02:45 DESTINATION',
      '2026-02-25T10:17:58 DESTINATION',
      '2026-02-24T10:17:00 ORIGIN',
      '2026-02-20T16:15:00 DESTINATION',
      '2026-02-19T20:35:00 ORIGIN',
      '2026-02-16T13:49:00 ORIGIN',
      '2026-02-16T13:49:00 ORIGIN',
      '2026-02-14T18:56:00 ORIGIN',
      '2026-02-14T18:55:00 DESTINATION',
    ]);
    expect(data?.tracking?.events[7]?.description).toBe('The item is at the sorting centre');
    expect(data?.tracking?.events[0]).toMatchObject({
      location: 'MOSCOW 101000',
      status: 'PICKUP',
      substatus: 'READY_FOR_COLLECTION',
      substatusCode: 'pickup002',
    });
  },

  async 'single-object.json'(serve) {
    const world = await serve('GET /trackings/sto/402934299065');
    const { data } = await world.run(CardDocument, { carrierCode: 'sto', trackingNumber: '402934299065' });
    expect(data?.tracking).toMatchObject({
      status: 'IN_TRANSIT',
      title: null,
      customer: { emails: ['anna@example.test'] },
      originCountry: null,
      createdAt: '2026-03-02T16:04:05+08:00',
      updatedAt: '2026-03-02T16:04:23+08:00',
      transitDays: 3,
      idleDays: 3,
      origin: { phone: '95543', receivedAt: '2026-02-28T15:59:00' },
      destination: null,
      events: [
        {
          occurredAt: '2026-02-28T15:59:00',
          description: 'Pre-advice received.',
          location: null,
          status: 'IN_TRANSIT',
          substatus: null,
          substatusCode: null,
        },
      ],
    });
  },

  async 'single-missing-4031.json'(serve) {
    const world = await serve('GET /trackings/cdek/1234567890');
    const answer = await world.run(CardDocument, { carrierCode: 'cdek', trackingNumber: '1234567890' });
    expect(answer).toEqual({ status: 200, data: { tracking: null } });
  },

  async 'update.json'(serve) {
    const world = await serve('PUT /trackings/sto/402934299065');
    const { data } = await world.run(UpdateTrackingDocument, {
      carrierCode: 'sto',
      trackingNumber: '402934299065',
      input: { title: 'new title', archived: true, status: 'EXCEPTION', logisticsChannel: '4PX挂号小包' },
    });
    expect(data?.updateTracking).toMatchObject({
      __typename: 'UpdateTrackingPayload',
      tracking: {
        title: 'new title',
        logisticsChannel: '4PX挂号小包',
        customer: { name: 'sandy', emails: ['sandy@example.test'], phone: '+86123456789' },
        orderId: '986574521568',
        destinationCountry: { code: 'CN', name: 'China' },
        archived: true,
        status: 'EXCEPTION',
        statusText: 'exception',
      },
    });
    expect(world.calls()).toEqual(['PUT /trackings/sto/402934299065']);
  },

  async 'update-missing-4017.json'(serve) {
    const world = await serve('PUT /trackings/sto/402934299065');
    const variables = { carrierCode: 'sto', trackingNumber: '402934299065', input: { title: 'x' } };
    expect((await world.run(UpdateTrackingDocument, variables)).data?.updateTracking).toMatchObject({
      __typename: 'TrackingNotFoundError',
      code: 'NOT_FOUND',
    });
  },

  async 'delete.json'(serve) {
    const world = await serve('DELETE /trackings/sto/402934299065');
    const answer = await world.run(DeleteTrackingDocument, { carrierCode: 'STO', trackingNumber: '402934299065' });
    expect(answer.data?.deleteTracking).toEqual({
      __typename: 'DeleteTrackingPayload',
      id: Buffer.from('Tracking:sto|402934299065').toString('base64url'),
      carrierCode: 'sto',
      trackingNumber: '402934299065',
    });
  },

  async 'list-two.json'(serve) {
    const world = await serve('GET /trackings/get');
    const { data } = await world.run(PageCardsDocument, { first: 25 });
    expect(data?.trackings).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: false },
      nodes: [
        {
          trackingNumber: '1234567890',
          status: 'PENDING',
          title: "Anna's parcel",
          updatedAt: null,
          orderCreatedAt: null,
          customer: { name: null, emails: [] },
          originCountry: null,
          transitDays: null,
          origin: { website: 'https://cdek-express.com/', events: [] },
          destination: null,
          events: [],
          latestEvent: null,
        },
        {
          trackingNumber: 'RA345678909RU',
          status: 'DELIVERED',
          title: 'Книги',
          orderId: '#120',
          orderCreatedAt: '2026-02-19T21:05:00',
          customer: { name: 'Anna Example', emails: ['anna@example.test'] },
          originCountry: { code: 'RU' },
          transitDays: 4,
          idleDays: 4,
          origin: { receivedAt: '2026-02-22T18:42:58', arrivedAt: '2026-02-26T08:42:02' },
          latestEvent: { occurredAt: '2026-02-26T18:39:14', description: 'Delivered to the addressee' },
        },
      ],
    });
    expect(data?.trackings.nodes[1]?.events.map(({ substatus }) => substatus)).toEqual([
      'DELIVERED',
      'OUT_FOR_DELIVERY',
      'ON_THE_WAY',
      'ON_THE_WAY',
    ]);
    expect(world.calls()).toEqual(['GET /trackings/get?page=1&limit=25']);
  },

  async 'list-empty-4031.json'(serve) {
    const world = await serve('GET /trackings/get');
    expect((await world.run(PageCardsDocument, {})).data?.trackings).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  },

  async 'realtime.json'(serve) {
    const world = await serve('POST /trackings/realtime');
    const { data } = await world.run(RealtimeDocument, {
      carrierCode: 'china-ems',
      trackingNumber: 'EX234567895CN',
      destinationCountryCode: 'US',
    });
    expect(data?.realtime).toMatchObject({
      status: 'IN_TRANSIT',
      statusText: 'transit',
      orderCreatedAt: '2026-02-19T16:51:00',
      originCountry: { code: 'CN' },
      destinationCountry: { code: 'US' },
      transitDays: 10,
      idleDays: 3,
      latestEvent: {
        occurredAt: '2026-03-01T22:30:00',
        description: 'Arrived at regional facility',
        leg: 'DESTINATION',
      },
    });
    expect(world.calls()).toEqual(['POST /trackings/realtime']);
  },

  async 'realtime-pending-4031.json'(serve) {
    const world = await serve('POST /trackings/realtime');
    const answer = await world.run(RealtimeDocument, { carrierCode: 'china-ems', trackingNumber: 'EX234567895CN' });
    expect(answer).toEqual({ status: 200, data: { realtime: null } });
    expect(world.calls()).toHaveLength(2);
  },

  async 'carriers.json'(serve) {
    const world = await serve('GET /carriers');
    const { data } = await world.run(CarrierListDocument, {});
    expect(data?.carriers.map(({ code }) => code)).toEqual([
      'russian-post',
      'cdek',
      'china-post',
      'china-ems',
      'usps',
      'dhl',
      '4px',
      'sto',
    ]);
    expect(data?.carriers[1]).toEqual({
      code: 'cdek',
      name: 'CDEK Express',
      phone: '8 800 250-14-05',
      website: 'https://cdek-express.com/',
      logo: 'https://cdn.example.test/carriers/cdek.png',
      kind: 'EXPRESS',
    });
    expect(data?.carriers[0]).toMatchObject({ kind: 'POST' });
    // Kept for a day.
    await world.run(CarrierListDocument, {});
    expect(world.calls()).toEqual(['GET /carriers']);
  },

  async 'detect.json'(serve) {
    const world = await serve('POST /carriers/detect');
    expect((await world.run(DetectDocument, { trackingNumber: 'EA152563251CN' })).data?.detectCarriers).toEqual([
      { code: 'china-post', name: 'China post' },
      { code: 'china-ems', name: 'China EMS' },
    ]);
    expect(world.arrivals.map(({ body }) => body)).toEqual(['{"tracking_number":"EA152563251CN"}']);
  },

  async 'invalid-key-4001.json'(serve) {
    const world = await serve('GET /trackings/get');
    const answer = await world.run(PageCardsDocument, {});
    expect(answer).toMatchObject({ status: 200, data: null });
    expect(codesOf(answer)).toEqual(['UPSTREAM_REJECTED_KEY']);
    expect(world.calls()).toHaveLength(1);
  },

  async 'rate-limited-429.json'() {
    const world = await open(routes({ 'GET /trackings/get': onTheWire('rate-limited-429.json') }), {
      clock: testClock(),
    });
    const answer = await world.run(PageCardsDocument, {});
    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 120_000 },
    ]);
    expect(world.calls()).toHaveLength(1);
  },

  // A notice of the push service is a single read with a third member, and `data` always an object.
  async 'webhook-v2.json'(serve) {
    const world = await serve('GET /trackings/cdek/1098765432');
    const { data } = await world.run(CardDocument, { carrierCode: 'cdek', trackingNumber: '1098765432' });
    expect(data?.tracking).toMatchObject({
      status: 'DELIVERED',
      title: 'Лампа',
      orderId: '#101',
      originCountry: { code: 'RU' },
      transitDays: 5,
      idleDays: 1,
      origin: { receivedAt: '2023-11-10T12:30:00', arrivedAt: '2023-11-14T09:12:00' },
      destination: null,
      latestEvent: { occurredAt: '2023-11-14T20:41:10', location: 'Kazan', leg: 'ORIGIN' },
    });
    expect(data?.tracking?.events).toHaveLength(4);
  },
};

for (const [name, check] of Object.entries(samples)) {
  it(`${name} is understood, on the wire and as it is printed`, async () => {
    const forms: Answer[] = [onTheWire(name), text(sampleText(name))];
    for (const answer of forms) await check((route) => open(routes({ ...LISTED, [route]: answer })));
  });
}

it('every sample has its expectations, and nothing else is there', async () => {
  expect(Object.keys(samples).sort()).toEqual(readdirSync(folder).sort());
  const world = await open(() => NOTHING);
  expect(
    (await world.run(CardDocument, { carrierCode: 'cdek', trackingNumber: '1098765432' })).data?.tracking,
  ).toBeNull();
});
