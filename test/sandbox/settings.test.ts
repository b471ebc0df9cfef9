// Every setting of the table switched once, how settings are read from the environment, and which default wins.
import { describe, expect, it } from 'vitest';
import {
  parseSettings,
  readSandboxSettings,
  resolveSettings,
  sandboxSettingsTable,
} from '../../src/sandbox/settings.ts';
import { DAY, HOUR, SECOND, START, looked, open } from './support.ts';
import type { SandboxSettings } from '../../src/sandbox/server.ts';

const one = { tracking_number: 'TRANSIT001', carrier_code: 'cdek' };
const putPath = '/trackings/cdek/TRANSIT001';

async function withOne(settings: Partial<SandboxSettings>) {
  const world = await open(settings);
  await world.create('TRANSIT001', 'cdek', { title: 'T' });
  return world;
}
const listCode = async (settings: Partial<SandboxSettings>, query: string) => {
  const { api } = await withOne(settings);
  return (await api('GET', `/trackings/get?${query}`)).code;
};
const many = Array.from({ length: 41 }, (_, i) => `1000${i}`).join(',');

// One entry for each setting: the compiler asks for a new one.
const switched: Record<keyof SandboxSettings, () => Promise<void>> = {
  profile: async () => {
    const { api, create } = await open({ profile: 'tracktry' });
    expect((await create('TRANSIT001', 'cdek')).code).toBe(4001);
    const key = { 'Tracktry-Api-Key': 'demo' };
    await api('POST', '/trackings/post', one, key);
    const { data } = await api('GET', putPath, undefined, key);
    expect(data[0]).not.toHaveProperty('destination_country');
    expect(data[0].created_at).toContain('+00:00');
  },
  httpStatus: async () => expect((await (await open({ httpStatus: 'strict' })).read('cdek', '1')).http).toBe(400),
  singleShape: async () =>
    expect((await (await withOne({ singleShape: 'items' })).read('cdek', 'TRANSIT001')).data.items).toHaveLength(1),
  createShape: async () => {
    const { data } = await (await open({ createShape: 'nine' })).create('TRANSIT001', 'cdek', { comment: 'c' });
    expect(Object.keys(data).join(' ')).toBe(
      'id tracking_number carrier_code status created_at customer_email customer_name order_id title',
    );
  },
  createOrderTime: async () => {
    const { create } = await open({ createOrderTime: 'zero' });
    expect((await create('TRANSIT001', 'cdek', { order_create_time: '2018-05-11 12:00' })).data.order_create_time).toBe(
      0,
    );
  },
  createDetectsCarrier: async () => {
    expect((await (await open()).create('EA152563251CN', '')).data.carrier_code).toBe('china-post');
    expect((await (await open({ createDetectsCarrier: false })).create('EA152563251CN', '')).code).toBe(4015);
  },
  numberCase: async () =>
    expect((await (await open({ numberCase: 'upper' })).create('abcde', 'cdek')).data.tracking_number).toBe('ABCDE'),
  batchErrors: async () =>
    expect(
      (await (await open({ batchErrors: 'strings' })).api('POST', '/trackings/batch', [7])).data.errors[0],
    ).toContain('"code":4012'),
  batchCreatedType: async () =>
    expect(
      (await (await open({ batchCreatedType: 'Success' })).api('POST', '/trackings/batch', [one])).json.meta.type,
    ).toBe('Success'),
  batchAllFailed: async () => {
    expect(await (await open()).api('POST', '/trackings/batch', [7])).toMatchObject({
      code: 201,
      data: { added: 0, trackings: [] },
    });
    expect(await (await open({ batchAllFailed: 4012 })).api('POST', '/trackings/batch', [7])).toMatchObject({
      code: 4012,
      data: [],
    });
  },
  batchTooMany: async () => {
    const world = await open({ batchTooMany: 4020 });
    expect((await world.api('POST', '/trackings/batch', Array(41).fill(one))).code).toBe(4020);
    expect(world.sandbox.effects()).toEqual([]);
  },
  missingReadCode: async () =>
    expect((await (await open({ missingReadCode: 4017 })).read('cdek', '12345')).code).toBe(4017),
  missingWriteCode: async () =>
    expect((await (await open({ missingWriteCode: 4031 })).api('DELETE', '/trackings/cdek/12345')).code).toBe(4031),
  badBodyCode: async () =>
    expect((await (await open({ badBodyCode: 4015 })).api('PUT', '/trackings/cdek/12345', '[')).code).toBe(4015),
  updateStatusUnsent: async () =>
    expect((await (await withOne({ updateStatusUnsent: 'omit' })).api('PUT', putPath, {})).data).not.toHaveProperty(
      'status',
    ),
  updateArchivedUnsent: async () =>
    expect((await (await withOne({ updateArchivedUnsent: 'bool' })).api('PUT', putPath, {})).data.archived).toBe(false),
  updateEmpty: async () => {
    expect((await (await withOne({})).api('PUT', putPath)).code).toBe(200);
    expect((await (await withOne({ updateEmpty: '4012' })).api('PUT', putPath, {})).code).toBe(4012);
  },
  updateNull: async () => {
    const { api } = await withOne({});
    expect((await api('PUT', putPath, { title: null })).data.title).toBe('T');
    expect((await api('PUT', putPath, { title: '' })).data.title).toBeNull();
    expect((await (await withOne({ updateNull: 'clear' })).api('PUT', putPath, { title: null })).data.title).toBeNull();
  },
  updateStatusEcho: async () => {
    const { api } = await withOne({ updateStatusEcho: 'word' });
    expect((await api('PUT', putPath, { status: 7 })).data.status).toBe('exception');
    expect((await api('PUT', putPath, { status: 8 })).data.status).toBe('pending');
  },
  emailOnRead: async () => {
    const world = await open({ emailOnRead: 'array' });
    await world.create('TRANSIT001', 'cdek', { customer_email: 'a@example.test' });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].customer_email).toEqual(['a@example.test']);
  },
  titleEscape: async () => {
    const world = await open({ titleEscape: 'none' });
    await world.create('TRANSIT001', 'cdek', { title: "A's" });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].title).toBe("A's");
  },
  destinationCountry: async () => {
    const always = await withOne({ destinationCountry: 'always' });
    expect((await always.api('GET', '/trackings/get')).data.items[0].destination_country).toBe('');
    const never = await withOne({ destinationCountry: 'never' });
    expect((await never.read('cdek', 'TRANSIT001')).data[0]).not.toHaveProperty('destination_country');
  },
  listFilters: async () => {
    expect(await listCode({}, 'numbers=12345')).toBe(4031);
    expect(await listCode({ listFilters: 'no-numbers' }, 'numbers=12345&orders=1&archived=true')).toBe(200);
  },
  listPastEnd: async () => {
    expect(await listCode({}, 'page=2')).toBe(4031);
    const { api } = await withOne({ listPastEnd: 'empty' });
    expect((await api('GET', '/trackings/get?page=2')).data).toEqual({
      page: 2,
      limit: 100,
      total: '1',
      count: 0,
      items: [],
    });
    expect((await (await open({ listPastEnd: 'empty' })).api('GET', '/trackings/get')).code).toBe(4031);
  },
  badPaging: async () => {
    const { api } = await withOne({});
    const paging = async (query: string) => (await api('GET', `/trackings/get?${query}`)).data;
    expect(await paging('limit=9999&page=0&created_at_min=soon')).toMatchObject({ page: 1, limit: 2000, total: '1' });
    expect(await paging('limit=-1&page=x')).toMatchObject({ page: 1, limit: 100 });
    for (const query of ['limit=2001', 'limit=0', 'page=x', 'update_time_max=soon'])
      expect(await listCode({ badPaging: '4012' }, query)).toBe(4012);
  },
  tooManyNumbers: async () => {
    expect(await listCode({}, `numbers=${many}`)).toBe(4012);
    expect(await listCode({}, `orders=${many}`)).toBe(4012);
    expect(await listCode({ tooManyNumbers: 'truncate' }, `numbers=TRANSIT001,${many}`)).toBe(200);
  },
  listInvalidStatus: async () => {
    expect(await listCode({}, 'status=lost')).toBe(4033);
    expect(await listCode({}, 'status=inforeceived')).toBe(4031);
    expect(await listCode({ listInvalidStatus: 4031 }, 'status=lost')).toBe(4031);
  },
  realtimeFirst: async () =>
    expect((await (await open({ realtimeFirst: '4031' })).api('POST', '/trackings/realtime', one)).code).toBe(4031),
  realtimeStores: async () => {
    for (const [realtimeStores, expected] of [
      ['new', null],
      ['always', '#9'],
    ] as const) {
      const { api, read } = await withOne({ realtimeStores });
      expect((await api('POST', '/trackings/realtime', { ...one, order: '#9' })).code).toBe(200);
      expect((await read('cdek', 'TRANSIT001')).data[0]).toMatchObject({ order_id: expected, title: 'T' });
    }
  },
  detectFail: async () => {
    const { api } = await open({ detectFail: 'empty' });
    expect(await api('POST', '/carriers/detect', { tracking_number: 'ABCDE' })).toMatchObject({ code: 200, data: [] });
  },
  unknownCarrier: async () => {
    const world = await open({ unknownCarrier: 'accept' });
    expect((await world.create('TRANSIT001', 'my-own-carrier')).code).toBe(200);
    expect((await world.create('TRANSIT001', 'not a carrier')).code).toBe(4015);
    expect((await world.read('my-own-carrier', 'TRANSIT001')).data[0].origin_info.weblink).toBeNull();
  },
  utcOffset: async () =>
    expect((await (await open({ utcOffset: 8 * HOUR })).create('TRANSIT001', 'cdek')).data.created_at).toBe(
      '2026-03-02T18:15:00+08:00',
    ),
  limits: async () => {
    const { api, sandbox } = await open({ limits: false });
    for (let i = 0; i < 5; i++) expect((await api('GET', '/carriers')).code).toBe(200);
    expect(sandbox.violations()).toBe(0);
  },
  rateList: async () => expect(await codesOf({ rateList: 2 }, 'GET', '/trackings/get')).toEqual([4031, 4031, 429, 429]),
  rateRealtime: async () =>
    expect(await codesOf({ rateRealtime: 0 }, 'POST', '/trackings/realtime', one)).toEqual([200, 200, 200, 200]),
  rateOther: async () => expect(await codesOf({ rateOther: 3 }, 'GET', '/carriers')).toEqual([200, 200, 200, 429]),
  rateLock: async () => {
    const { api, real } = await open({ limits: true, rateLock: 5 });
    const call = async () => (await api('GET', '/carriers')).code;
    expect([await call(), await call()]).toEqual([200, 429]);
    real.now += 5 * SECOND;
    expect(await call()).toBe(200);
  },
  rateClock: async () => {
    const { api, sandbox } = await open({ limits: true, rateClock: 'sandbox' });
    const call = async () => (await api('GET', '/carriers')).code;
    expect([await call(), await call()]).toEqual([200, 429]);
    sandbox.advance(120 * SECOND);
    expect(await call()).toBe(200);
  },
  quota: async () => {
    const { api, create } = await open({ quota: 2 });
    expect([(await create('TRANSIT001', 'cdek')).code, (await create('TRANSIT001', 'cdek')).code]).toEqual([200, 4016]);
    await api('DELETE', putPath);
    expect((await create('TRANSIT001', 'cdek')).code).toBe(200);
    for (let i = 0; i < 5; i++) await api('POST', '/carriers/detect', { tracking_number: '1234567890' });
    const { code, data } = await api('POST', '/trackings/batch', [
      { tracking_number: 'TRANSIT002', carrier_code: 'cdek' },
    ]);
    expect([code, data.errors[0].code]).toEqual([201, 4019]);
    expect(
      (await api('POST', '/trackings/realtime', { tracking_number: 'TRANSIT002', carrier_code: 'cdek' })).code,
    ).toBe(4019);
  },
  quotaMode: async () => {
    const { api, create } = await open({ quota: 0, quotaMode: 'warn' });
    expect(await create('TRANSIT001', 'cdek')).toMatchObject({ code: 202, data: { status: 'pending' } });
    expect(
      await api('POST', '/trackings/batch', [{ tracking_number: 'TRANSIT002', carrier_code: 'cdek' }]),
    ).toMatchObject({ code: 202, data: { added: 1 } });
  },
  firstLookup: async () => expect((await looked(await open({ firstLookup: 11 }), 'TRANSIT001')).status).toBe('pending'),
  refresh: async () => {
    const world = await withOne({ refresh: [1, 1] });
    world.sandbox.advance(HOUR + 10 * SECOND);
    expect((await world.read('cdek', 'TRANSIT001')).data[0].updated_at).toBe('2026-03-02T11:15:10+00:00');
  },
  expireDays: async () =>
    expect((await looked(await open({ expireDays: [2, 60] }), 'TRANSIT001')).status).toBe('expired'),
  keys: async () => {
    const { api } = await open({
      keys: new Map([
        ['k1', 'shop'],
        ['k2', 'shop'],
        ['k3', ''],
      ]),
    });
    expect((await api('POST', '/trackings/post', one, { 'Api-Key': 'k1' })).code).toBe(200);
    expect((await api('GET', putPath, undefined, { 'Api-Key': 'k2' })).code).toBe(200);
    expect((await api('GET', putPath, undefined, { 'Api-Key': 'k3' })).code).toBe(4002);
    expect((await api('GET', putPath, undefined, { 'Api-Key': 'k4' })).code).toBe(4001);
  },
  anyKeyHeader: async () => {
    const { api } = await open({ anyKeyHeader: true });
    for (const name of ['Api-Key', 'Tracktry-Api-Key', 'Trackingmore-Api-Key', 'Tracking-Api-Key']) {
      expect((await api('GET', '/carriers', undefined, { [name]: 'demo' })).code).toBe(200);
    }
  },
  clockStart: async () => expect((await open({ clockStart: DAY })).sandbox.now()).toBe(DAY),
  clockSpeed: async () => {
    const { sandbox, real } = await open({ clockManual: false, clockSpeed: 60 });
    real.now += SECOND;
    expect(sandbox.now()).toBe(START + 60 * SECOND);
    sandbox.configure({ clockSpeed: 1 });
    real.now += SECOND;
    sandbox.advance(SECOND);
    expect(sandbox.now()).toBe(START + 62 * SECOND);
  },
  clockManual: async () => {
    const { sandbox, real } = await open({ clockManual: true });
    real.now += DAY;
    expect(sandbox.now()).toBe(START);
  },
  seed: async () =>
    expect(
      Number((await (await open({ seed: true })).api('GET', '/trackings/get?limit=1')).data.total),
    ).toBeGreaterThan(290),
  // The webhook settings are switched in webhooks.test.ts, where a receiver listens; here: they are read.
  webhookUrl: async () => expect(parseSettings({ webhookUrl: 'ftp://x' }).problems).toHaveLength(1),
  webhookStatuses: async () =>
    expect(parseSettings({ 'webhook-statuses': 'Delivered, PICKUP' }).settings.webhookStatuses).toEqual([
      'delivered',
      'pickup',
    ]),
  webhookCallback: async () => expect(parseSettings({ webhookCallback: false }).settings.webhookCallback).toBe(false),
  webhookTime: async () => expect(parseSettings({ webhookTime: 'iso' }).settings.webhookTime).toBe('iso'),
  webhookRetries: async () => expect(parseSettings({ webhookRetries: 0 }).settings.webhookRetries).toBe(0),
  accountEmail: async () =>
    expect(parseSettings({ accountEmail: 'a@example.test' }).settings.accountEmail).toBe('a@example.test'),
  faults: async () =>
    expect((await (await open({ faults: [{ kind: 'envelope', code: 4021 }] })).api('GET', '/carriers')).code).toBe(
      4021,
    ),
};

async function codesOf(settings: Partial<SandboxSettings>, method: string, path: string, body?: unknown) {
  const { api } = await open({ limits: true, ...settings });
  const codes = [];
  for (let i = 0; i < 4; i++) codes.push((await api(method, path, body)).code);
  return codes;
}

describe('each setting does what the table says', () => {
  for (const [name, check] of Object.entries(switched)) it(name, check);
});

describe('profiles', () => {
  const start = 'id tracking_number carrier_code status';
  const middle =
    'created_at updated_at order_create_time customer_email title order_id comment customer_name archived original_country';
  const orders: [SandboxSettings['profile'], string, string][] = [
    [
      'trackru',
      `${start} ${middle} destination_country itemTimeLength stayTimeLength service_code status_info origin_info destination_info lastEvent lastUpdateTime`,
      `${start} ${middle} itemTimeLength stayTimeLength service_code status_info origin_info destination_info lastEvent lastUpdateTime`,
    ],
    [
      'tracktry',
      `${start} ${middle} itemTimeLength stayTimeLength service_code status_info origin_info destination_info lastEvent lastUpdateTime`,
      `${start} ${middle} itemTimeLength stayTimeLength service_code status_info origin_info destination_info lastEvent lastUpdateTime`,
    ],
    [
      'trackingmore',
      `${start} ${middle} destination_country itemTimeLength stayTimeLength origin_info destination_info service_code substatus lastEvent lastUpdateTime`,
      `${start} track_update ${middle} itemTimeLength stayTimeLength service_code status_info substatus origin_info destination_info lastEvent lastUpdateTime`,
    ],
  ];

  for (const [profile, single, list] of orders) {
    it(`${profile} writes the members of a single read and of a list item in its own order`, async () => {
      const world = await open({ profile, anyKeyHeader: true, singleShape: 'array' });
      const data = await looked(world, 'TWOLEGS001');
      expect(Object.keys(data).join(' ')).toBe(single);
      expect(Object.keys((await world.api('GET', '/trackings/get')).data.items[0]).join(' ')).toBe(list);
      const event = data.destination_info.trackinfo.at(-1);
      expect('substatus' in event).toBe(profile !== 'trackingmore');
      expect('ReferenceNumber' in data.origin_info).toBe(profile !== 'trackingmore');
      expect('ReferenceNumber' in data.destination_info).toBe(false);
    });
  }
});

describe('reading settings', () => {
  it('blank and absent variables give the defaults', () => {
    expect(readSandboxSettings({ SANDBOX_PORT: '', SANDBOX_LIMITS: ' ', HOME: '/' })).toEqual({
      settings: {},
      port: 4010,
      problems: [],
      unknown: [],
    });
  });

  it('the environment is read by name, and unknown names are listed apart', () => {
    const env = {
      SANDBOX_PORT: '0',
      SANDBOX_PROFILE: 'tracktry',
      SANDBOX_LIMITS: 'off',
      SANDBOX_UTC_OFFSET: '-05:30',
      SANDBOX_KEYS: 'a=x, b=',
      SANDBOX_REFRESH: '1,2',
      SANDBOX_CLOCK_START: '2026-03-02T10:15:00Z',
      SANDBOX_CLOCK_SPEED: '0.5',
      SANDBOX_QUOTA: '3',
      SANDBOX_MISSING_READ_CODE: '4017',
      SANDBOX_FAULTS: '[{"kind":"drip","ms":1}]',
      SANDBOX_LIMTS: 'on',
    };
    expect(readSandboxSettings(env)).toEqual({
      port: 0,
      settings: {
        profile: 'tracktry',
        limits: false,
        utcOffset: -5.5 * HOUR,
        keys: new Map([
          ['a', 'x'],
          ['b', ''],
        ]),
        refresh: [1, 2],
        clockStart: START,
        clockSpeed: 0.5,
        quota: 3,
        missingReadCode: 4017,
        faults: [{ kind: 'drip', ms: 1 }],
      },
      problems: [],
      unknown: ['SANDBOX_LIMTS'],
    });
  });

  it('every problem is told at once, in a line that names the variable', () => {
    const { problems } = readSandboxSettings({
      SANDBOX_PORT: 'x',
      SANDBOX_LIMITS: 'maybe',
      SANDBOX_PROFILE: 'dhl',
      SANDBOX_UTC_OFFSET: '8',
      SANDBOX_REFRESH: '0,1',
      SANDBOX_KEYS: 'a',
      SANDBOX_CLOCK_START: 'soon',
      SANDBOX_CLOCK_SPEED: '-1',
      SANDBOX_QUOTA: '-1',
      SANDBOX_BATCH_TOO_MANY: '7',
      SANDBOX_FAULTS: '[{}]',
      SANDBOX_RATE_LIST: '1.5',
    });
    expect(problems).toHaveLength(12);
    for (const line of problems) expect(line).toMatch(/^SANDBOX_[A-Z_]+ must be .+, not "/);
  });

  it('what is given wins over the profile, which wins over the table', () => {
    expect(resolveSettings({ profile: 'trackingmore' })).toMatchObject({
      singleShape: 'object',
      utcOffset: 8 * HOUR,
      emailOnRead: 'array',
      destinationCountry: 'single',
    });
    expect(resolveSettings({ profile: 'trackingmore', singleShape: 'array' }).singleShape).toBe('array');
    expect(resolveSettings({})).toMatchObject({ singleShape: 'array', utcOffset: 0, destinationCountry: 'single' });
  });

  it('the printed table has a row with a default and a meaning for every variable', () => {
    expect(sandboxSettingsTable.map((row) => row.name)).toContain('SANDBOX_UPDATE_STATUS_ECHO');
    expect(sandboxSettingsTable).toHaveLength(Object.keys(switched).length + 1);
    for (const row of sandboxSettingsTable) expect(row.defaultText && row.description).toBeTruthy();
  });
});
