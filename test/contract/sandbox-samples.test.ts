// Every sample reply of upstream.md §16 beside what the sandbox sends in the same situation: the same members in the same order
// with the same JSON types, recursively; and where the situation fixes the values, the same bytes.
import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { phpJson } from '../../src/sandbox/codes.ts';
import { HOUR, SECOND, open } from '../sandbox/support.ts';
import type { SandboxSettings } from '../../src/sandbox/server.ts';

const folder = new URL('./samples/', import.meta.url);
const sampleOf = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** Members in order, with types; of lists every element. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.entries(value).map(([name, member]) => [name, shapeOf(member)]);
}

const at = (text: string, settings: Partial<SandboxSettings> = {}) =>
  open({ clockStart: Date.parse(text), ...settings });
const until = (world: Awaited<ReturnType<typeof open>>, text: string) =>
  world.sandbox.advance(Date.parse(text) - world.sandbox.now());
const anna = { customer_email: 'anna@example.test', customer_name: 'Anna Example' };
// The cycle must not look before the sample did, nor expire what it shows.
const quiet = { firstLookup: 9_000_000, expireDays: [900, 900] } as const;

interface Case {
  readonly bytes: boolean;
  readonly reply: () => Promise<{ text: string }>;
}

const boots = {
  ...anna,
  title: 'Зимние сапоги',
  customer_phone: '+70000000001',
  order_id: '#123',
  comment: 'gift',
  destination_code: 'ru',
};

async function partialBatch() {
  const world = await at('2026-03-02T10:16:20Z');
  await world.create('LX123456785CN', 'china-post');
  return world.api('POST', '/trackings/batch', [
    { tracking_number: 'RA234567895RU', carrier_code: 'russian-post' },
    { tracking_number: '2345678901', carrier_code: 'cdek', order_id: '#124', title: 'Книги' },
    { tracking_number: 'LX123456785CN', carrier_code: 'china-post' },
    { tracking_number: '99990000111', carrier_code: 'no-such-carrier' },
  ]);
}

async function twoListed() {
  const world = await at('2026-02-20T07:30:00Z', quiet);
  const values = { ...anna, title: 'Книги', order_id: '#120', order_create_time: '2026-02-19 21:05' };
  await world.create('RA345678909RU', 'russian-post', values);
  until(world, '2026-03-02T12:00:05Z');
  await world.api('POST', '/trackings/realtime', { tracking_number: 'RA345678909RU', carrier_code: 'russian-post' });
  until(world, '2026-03-03T09:00:00Z');
  await world.create('1234567890', 'cdek', { title: "Anna's parcel" });
  return world.api('GET', '/trackings/get?page=1&limit=25');
}

async function twoLegs() {
  const world = await at('2026-02-16T08:00:00Z', quiet);
  await world.create('LX123456785CN', 'china-post', { title: 'Чехол', order_id: '#122', destination_code: 'RU' });
  until(world, '2026-03-03T04:46:47Z');
  await world.api('POST', '/trackings/realtime', { tracking_number: 'LX123456785CN', carrier_code: 'china-post' });
  return world.read('china-post', 'LX123456785CN');
}

async function trackingmore() {
  const world = await at('2026-03-02T16:04:05+08:00', { profile: 'trackingmore', firstLookup: 18, anyKeyHeader: true });
  await world.create('402934299065', 'sto', { customer_email: 'anna@example.test', destination_code: 'CN' });
  world.sandbox.advance(18 * SECOND);
  return world.read('sto', '402934299065');
}

async function documentedUpdate() {
  const world = await at('2018-04-18T14:34:30+08:00', { utcOffset: 8 * HOUR });
  await world.create('402934299065', 'sto');
  world.sandbox.advance(10 * SECOND);
  world.sandbox.addFault({ kind: 'updated-before-created' });
  return world.api('PUT', '/trackings/sto/402934299065', {
    title: 'new title',
    logistics_channel: '4PX挂号小包',
    customer_name: 'sandy',
    customer_email: 'sandy@example.test',
    customer_phone: '+86123456789',
    order_id: '986574521568',
    destination_code: 'CN',
    archived: 'true',
    status: 7,
  });
}

async function realtime(settings: Partial<SandboxSettings> = {}) {
  const world = await at('2026-03-02T14:30:00Z', settings);
  return world.api('POST', '/trackings/realtime', {
    tracking_number: 'EX234567895CN',
    carrier_code: 'china-ems',
    destination_code: 'us',
    order_create_time: '2026/2/19 16:51',
  });
}

async function webhook() {
  let arrived: (text: string) => void = () => undefined;
  const text = new Promise<string>((resolve) => (arrived = resolve));
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      arrived(body);
      response.end('200');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const world = await at('2023-11-09T08:00:00Z', {
    ...quiet,
    webhookUrl: `http://127.0.0.1:${port}/`,
    webhookStatuses: ['delivered'],
  });
  await world.create('1098765432', 'cdek', { title: 'Лампа', order_id: '#101', destination_code: 'ru' });
  until(world, '2023-11-14T22:13:18Z');
  await world.api('POST', '/trackings/realtime', { tracking_number: '1098765432', carrier_code: 'cdek' });
  return { text: await text };
}

const cases: Record<string, Case> = {
  'create.json': {
    bytes: true,
    reply: async () =>
      (await at('2026-03-02T10:15:00Z')).create('RA123456785RU', 'russian-post', {
        ...boots,
        order_create_time: '2026-03-01 09:30',
      }),
  },
  'create-exists-4016.json': {
    bytes: true,
    reply: async () => {
      const world = await open();
      await world.create('RA123456785RU', 'russian-post');
      return world.create('RA123456785RU', 'russian-post');
    },
  },
  // In the sample a second passes between two elements.
  'batch-201-partial.json': { bytes: false, reply: partialBatch },
  'single-array.json': { bytes: true, reply: twoLegs },
  'single-object.json': { bytes: true, reply: trackingmore },
  'single-missing-4031.json': { bytes: true, reply: async () => (await open()).read('cdek', '1234567890') },
  // The published sample keeps an id of its own.
  'update.json': { bytes: false, reply: documentedUpdate },
  'update-missing-4017.json': {
    bytes: true,
    reply: async () => (await open()).api('PUT', '/trackings/cdek/1234567890', { title: 'x' }),
  },
  'delete.json': {
    bytes: true,
    reply: async () => {
      const world = await open();
      await world.create('1234567890', 'cdek');
      return world.api('DELETE', '/trackings/cdek/1234567890');
    },
  },
  'list-two.json': { bytes: true, reply: twoListed },
  'list-empty-4031.json': { bytes: true, reply: async () => (await open()).api('GET', '/trackings/get') },
  'realtime.json': { bytes: true, reply: realtime },
  'realtime-pending-4031.json': { bytes: true, reply: () => realtime({ realtimeFirst: '4031' }) },
  'detect.json': {
    bytes: true,
    reply: async () => (await open()).api('POST', '/carriers/detect', { tracking_number: 'EA152563251CN' }),
  },
  // The message was sent two seconds after its lookup.
  'webhook-v2.json': { bytes: false, reply: webhook },
  'invalid-key-4001.json': {
    bytes: true,
    reply: async () => (await open()).api('GET', '/trackings/get', undefined, {}),
  },
  'rate-limited-429.json': {
    bytes: true,
    reply: async () => {
      const { api } = await open({ limits: true });
      await api('GET', '/trackings/get');
      return api('GET', '/trackings/get');
    },
  },
};

describe('the samples and the sandbox', () => {
  it('every sample has its case', () => {
    const names = readdirSync(folder).filter((name) => name !== 'carriers.json');
    expect(Object.keys(cases).sort()).toEqual(names.sort());
  });

  for (const [name, { bytes, reply }] of Object.entries(cases)) {
    it(`${name} has the members, order and types${bytes ? ', and the bytes,' : ''} of the sandbox`, async () => {
      const sample = sampleOf(name);
      const { text } = await reply();
      expect(shapeOf(JSON.parse(text))).toEqual(shapeOf(sample));
      if (bytes) expect(text).toBe(phpJson(sample));
    });
  }

  it('carriers.json is the beginning of the list of the sandbox', async () => {
    const sample = sampleOf('carriers.json');
    const { text, json } = await (await open()).api('GET', '/carriers');
    expect(text.startsWith(phpJson(sample).slice(0, -2))).toBe(true);
    for (const carrier of json.data) expect(shapeOf(carrier)).toEqual(shapeOf(sample.data[0]));
  });

  it('update.json and webhook-v2.json agree in every value but those', async () => {
    const update = sampleOf('update.json');
    const updated = JSON.parse((await documentedUpdate()).text);
    expect({ ...updated.data, id: update.data.id }).toEqual(update.data);
    expect(JSON.parse((await webhook()).text).data).toEqual(sampleOf('webhook-v2.json').data);
  });
});
