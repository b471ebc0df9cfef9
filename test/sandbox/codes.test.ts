// The codes of upstream.md §9, when they come and under which HTTP status, and the order of the checks (§13.4).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codes } from '../../src/sandbox/codes.ts';
import { SECOND, open, send } from './support.ts';
import type { World } from './support.ts';

const key = { 'Api-Key': 'demo' };
const byFault = (code: number) => async (world: World) => {
  world.sandbox.addFault({ kind: 'envelope', code, times: 1 });
  return world.api('GET', '/carriers');
};
const asIs =
  (method: string, path: string, body?: unknown, headers = key) =>
  (world: World) =>
    world.api(method, path, body, headers);

// code, HTTP by default, HTTP in strict mode, how to get it
const table: [number, number, number, (world: World) => ReturnType<World['api']>][] = [
  [200, 200, 200, (world) => world.create('TRANSIT001', 'cdek')],
  [201, 200, 201, asIs('POST', '/trackings/batch', [{ tracking_number: 'TRANSIT001', carrier_code: 'cdek' }])],
  [
    202,
    200,
    202,
    async (world) => {
      world.sandbox.configure({ quota: 0, quotaMode: 'warn' });
      return world.create('TRANSIT001', 'cdek');
    },
  ],
  [404, 404, 404, asIs('GET', '/trackings/getuserinfo', undefined, { 'Api-Key': '' })],
  [405, 405, 405, asIs('POST', '/carriers', undefined, { 'Api-Key': '' })],
  [
    429,
    200,
    429,
    async (world) => {
      world.sandbox.configure({ limits: true });
      await world.api('GET', '/carriers');
      return world.api('GET', '/carriers');
    },
  ],
  [4001, 200, 401, asIs('GET', '/carriers', undefined, { 'Api-Key': ' ' })],
  [
    4002,
    200,
    401,
    async (world) => {
      world.sandbox.configure({ keys: new Map([['demo', '']]) });
      return world.api('GET', '/carriers');
    },
  ],
  [4012, 200, 400, asIs('POST', '/trackings/post', '{"tracking_number":')],
  [4013, 200, 400, asIs('POST', '/trackings/post', { tracking_number: ' ' })],
  [4014, 200, 400, asIs('POST', '/trackings/post', { tracking_number: '1234' })],
  [4015, 200, 400, asIs('POST', '/trackings/post', { tracking_number: '12345', carrier_code: 'nobody' })],
  [
    4016,
    200,
    400,
    async (world) => {
      await world.create('TRANSIT001', 'cdek');
      return world.create(' transit001 ', 'CDEK');
    },
  ],
  [4017, 200, 400, asIs('PUT', '/trackings/cdek/12345', {})],
  [
    4019,
    200,
    400,
    async (world) => {
      world.sandbox.configure({ quota: 0 });
      return world.create('TRANSIT001', 'cdek');
    },
  ],
  [4031, 200, 200, asIs('GET', '/trackings/cdek/12345')],
  [4032, 200, 200, asIs('POST', '/carriers/detect', { tracking_number: 'ABCDE' })],
  [
    4033,
    200,
    200,
    async (world) => {
      await world.create('TRANSIT001', 'cdek');
      return world.api('PUT', '/trackings/cdek/TRANSIT001', { status: 5, title: 'kept out' });
    },
  ],
  ...(
    [
      [401, 200, 401],
      [402, 200, 402],
      [403, 200, 403],
      [409, 200, 409],
      [500, 500, 500],
      [503, 503, 503],
      [4018, 200, 400],
      [4020, 200, 400],
      [4021, 200, 400],
    ] as const
  ).map(([code, http, strict]): [number, number, number, (world: World) => ReturnType<World['api']>] => [
    code,
    http,
    strict,
    byFault(code),
  ]),
];

describe('codes', () => {
  it('every code of the table is tested', () => {
    expect(table.map(([code]) => code).sort((a, b) => a - b)).toEqual(Object.keys(codes).map(Number));
  });

  for (const [code, http, strict, cause] of table) {
    it(`${code} comes under HTTP ${http}, in strict mode under ${strict}`, async () => {
      const row = codes[code];
      for (const [httpStatus, expected] of [
        ['envelope', http],
        ['strict', strict],
      ] as const) {
        const answer = await cause(await open({ httpStatus }));
        expect(answer.http).toBe(expected);
        expect(answer.json.meta).toEqual({ code, type: row?.type, message: row?.message });
      }
    });
  }

  it('an invalid status changes nothing', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    await world.api('PUT', '/trackings/cdek/TRANSIT001', { status: '9', title: 'new' });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].title).toBe('');
    expect(world.sandbox.effects()).toHaveLength(1);
  });

  it('the messages are those of the sample files', () => {
    for (const name of [
      'rate-limited-429',
      'invalid-key-4001',
      'create-exists-4016',
      'update-missing-4017',
      'single-missing-4031',
    ]) {
      const { meta } = JSON.parse(readFileSync(new URL(`../contract/samples/${name}.json`, import.meta.url), 'utf8'));
      expect(codes[meta.code]).toMatchObject({ type: meta.type, message: meta.message });
    }
  });
});

describe('the order of checks', () => {
  it('is route, method, key, limit, body, number, carrier, existence, status, quota', async () => {
    const world = await open({ limits: true, quota: 1 });
    const { api, real, sandbox } = world;
    const none = {};
    expect((await api('GET', '/nothing', undefined, none)).code).toBe(404);
    expect((await api('PATCH', '/trackings/post', undefined, none)).code).toBe(405);
    expect((await api('POST', '/trackings/post', 'x', none)).code).toBe(4001);
    const post = async (body: unknown) => {
      real.now += SECOND;
      return (await api('POST', '/trackings/post', body)).code;
    };
    expect(await post('x')).toBe(4012);
    expect((await api('POST', '/trackings/post', 'x')).code).toBe(429);
    real.now += 120 * SECOND;
    expect(await post({ carrier_code: 'nobody' })).toBe(4013);
    expect(await post({ tracking_number: 'x y', carrier_code: 'nobody' })).toBe(4014);
    expect(await post({ tracking_number: 'ABCDE' })).toBe(4032);
    expect(await post({ tracking_number: 'ABCDE', carrier_code: 'nobody' })).toBe(4015);
    expect(await post({ tracking_number: 'ABCDE', carrier_code: 'cdek' })).toBe(200);
    expect(await post({ tracking_number: 'ABCDE', carrier_code: 'cdek' })).toBe(4016);
    expect(await post({ tracking_number: 'ABCDF', carrier_code: 'cdek' })).toBe(4019);
    sandbox.configure({ limits: false });
    const put = async (path: string, body: unknown) => (await api('PUT', path, body)).code;
    expect(await put('/trackings/nobody/1', '[]')).toBe(4012);
    expect(await put('/trackings/nobody/1', { status: 5 })).toBe(4014);
    expect(await put('/trackings/nobody/12345', { status: 5 })).toBe(4015);
    expect(await put('/trackings/cdek/12345', { status: 5 })).toBe(4017);
    expect(await put('/trackings/cdek/ABCDE', { status: 5 })).toBe(4033);
  });

  it('every path of §5.4 is unknown, under /v1 and /v2', async () => {
    const { sandbox } = await open();
    for (const name of [
      'getuserinfo',
      'updatemore',
      'delete',
      'update',
      'notupdate',
      'remote',
      'costtime',
      'aircargo',
    ]) {
      expect((await send(sandbox.origin, 'POST', `/v2/trackings/${name}`, {}, key)).code).toBe(404);
    }
    expect((await send(sandbox.origin, 'GET', '/v3/carriers', undefined, key)).http).toBe(404);
    expect((await send(sandbox.origin, 'GET', '/v1', undefined, key)).code).toBe(404);
  });

  it('path segments are decoded, and what cannot be decoded is malformed', async () => {
    const world = await open();
    await world.create('AB-CD_1', 'cdek');
    expect((await world.read('cdek', '%41B%2DCD_1')).code).toBe(200);
    expect((await world.read('cdek', '%E0%A4%A')).code).toBe(4014);
    expect((await world.read('cd%2Fek', '12345')).code).toBe(4015);
  });
});
