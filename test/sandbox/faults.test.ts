// Each fault switch of upstream.md §13.8, how faults are narrowed, and the three ways to set them.
import { describe, expect, it } from 'vitest';
import { faultTable, parseFaults } from '../../src/sandbox/faults.ts';
import { readSandboxSettings } from '../../src/sandbox/settings.ts';
import { open } from './support.ts';
import type { FaultKind, SandboxFault } from '../../src/sandbox/faults.ts';
import type { World } from './support.ts';

type Check = (world: World, answer: () => ReturnType<World['api']>) => Promise<void>;
const at = (fault: SandboxFault, check: Check): [SandboxFault, Check] => [fault, check];

// One entry for each kind: the compiler asks for a new one.
const kinds: Record<FaultKind, [SandboxFault, Check][]> = {
  latency: [
    at({ kind: 'latency', ms: 1 }, async (_, get) => expect((await get()).code).toBe(200)),
    at({ kind: 'latency', ms: 1, afterEffect: true }, async (_, get) => expect((await get()).code).toBe(200)),
  ],
  close: [at({ kind: 'close' }, async (_, get) => expect(get()).rejects.toThrow(/hang up|ECONNRESET/))],
  html: [500, 502, 503].map((status) =>
    at({ kind: 'html', status }, async (_, get) => {
      const answer = await get();
      expect([answer.http, answer.headers['content-type'], answer.json]).toEqual([status, 'text/html', undefined]);
      expect(answer.text).toContain('<html>');
    }),
  ),
  envelope: [503, 500, 401, 402, 403, 409, 429, 4002, 4018, 4021, 4001, 777].map((code) =>
    at({ kind: 'envelope', code }, async (_, get) => expect(await get()).toMatchObject({ code, data: [] })),
  ),
  empty: [at({ kind: 'empty' }, async (_, get) => expect(await get()).toMatchObject({ http: 200, text: '' }))],
  'bad-json': [at({ kind: 'bad-json' }, async (_, get) => expect((await get()).json).toBeUndefined())],
  cut: [
    at({ kind: 'cut', bytes: 20 }, async (_, get) => expect((await get()).text).toBe('{"meta":{"code":200,')),
    at({ kind: 'cut' }, async (_, get) => expect(await get()).toMatchObject({ json: undefined, http: 200 })),
  ],
  'content-type': [
    at({ kind: 'content-type', type: 'text/plain' }, async (_, get) => {
      const answer = await get();
      expect([answer.headers['content-type'], answer.code]).toEqual(['text/plain', 200]);
    }),
  ],
  'null-strings': [
    at({ kind: 'null-strings' }, async (_, get) => {
      const [data] = (await get()).data;
      expect([data.customer_name, data.customer_email, data.order_id]).toEqual(['null', 'null', null]);
    }),
  ],
  'updated-before-created': [
    at({ kind: 'updated-before-created' }, async (_, get) => {
      const [data] = (await get()).data;
      expect(data).toMatchObject({ created_at: '2026-03-02T10:15:00+00:00', updated_at: '2026-03-02T10:12:57+00:00' });
    }),
  ],
  'string-batch-errors': [
    at({ kind: 'string-batch-errors' }, async (world) => {
      const { data } = await world.api('POST', '/trackings/batch', [{ tracking_number: 'x' }]);
      expect(data.errors).toEqual([
        '{"meta":{"tracking_number":"x","code":4014,"message":"The value of `tracking_number` is invalid."}}',
      ]);
    }),
  ],
  drip: [
    at({ kind: 'drip', ms: 0 }, async (_, get) => expect((await get()).code).toBe(200)),
    at({ kind: 'drip', ms: 1 }, async (world) => {
      expect((await world.read('cdek', 'NOBODY001')).code).toBe(4031);
    }),
  ],
  redirect: [
    at({ kind: 'redirect', location: 'http://127.0.0.1:1/x' }, async (_, get) => {
      const answer = await get();
      expect([answer.http, answer.headers['location']]).toEqual([302, 'http://127.0.0.1:1/x']);
    }),
  ],
  'retry-after': [
    at({ kind: 'retry-after', seconds: 7 }, async (world, get) => {
      const answer = await get();
      expect([answer.code, answer.headers['retry-after']]).toEqual([429, '7']);
      expect(world.sandbox.violations()).toBe(0);
    }),
  ],
};

describe('faults', () => {
  for (const [fault, check] of Object.values(kinds).flat()) {
    it(`${JSON.stringify(fault)} does what it says, until it is cleared`, async () => {
      const world = await open();
      await world.create('TRANSIT001', 'cdek');
      world.sandbox.addFault(fault);
      await check(world, () => world.read('cdek', 'TRANSIT001'));
      world.sandbox.clearFaults();
      expect(await world.read('cdek', 'TRANSIT001')).toMatchObject({ http: 200, code: 200 });
    });
  }

  it('strict mode gives the code of a fault its HTTP status', async () => {
    const { api, sandbox } = await open({ httpStatus: 'strict' });
    sandbox.addFault({ kind: 'envelope', code: 4018 });
    expect((await api('GET', '/carriers')).http).toBe(400);
  });

  it('times limits, route and number narrow', async () => {
    const world = await open();
    const code = async (path: string, body?: unknown) => (await world.api(body ? 'POST' : 'GET', path, body)).code;
    world.sandbox.addFault({ kind: 'envelope', code: 503, times: 2, route: '/carriers' });
    expect([
      await code('/trackings/get'),
      await code('/carriers'),
      await code('/carriers'),
      await code('/carriers'),
    ]).toEqual([4031, 503, 503, 200]);
    world.sandbox.addFault({ kind: 'envelope', code: 500, number: 'abcde' });
    expect(await code('/trackings/cdek/ABCDE')).toBe(500);
    expect(await code('/trackings/cdek/ABCDF')).toBe(4031);
    expect(await code('/trackings/get?numbers=12345,ABCDE')).toBe(500);
    expect(await code('/trackings/get', { numbers: 'ABCDE' })).toBe(500);
    expect(await code('/trackings/batch', [{ tracking_number: 'ABCDE' }])).toBe(500);
    world.sandbox.addFault({ kind: 'envelope', code: 402, route: 'POST /carriers/detect' });
    expect([await code('/carriers/detect', { tracking_number: '1234567890' }), await code('/carriers')]).toEqual([
      402, 200,
    ]);
  });

  it('a fault that replaces the reply keeps the request from being carried out, unless afterEffect is set', async () => {
    const world = await open();
    for (const [afterEffect, expected] of [
      [false, 0],
      [true, 1],
    ] as const) {
      world.sandbox.addFault({ kind: 'html', status: 502, times: 1, afterEffect });
      expect((await world.create('TRANSIT001', 'cdek')).http).toBe(502);
      expect(world.sandbox.effects()).toHaveLength(expected);
    }
    expect(world.sandbox.calls().map((call) => [call.status, call.code])).toEqual([
      [502, null],
      [502, null],
    ]);
  });

  it('a magic number fails on its own read and its own list, and spares the others', async () => {
    const world = await open();
    for (const number of ['MAINTENANCE001', 'TRANSIT001']) expect((await world.create(number, 'cdek')).code).toBe(200);
    expect(await world.read('cdek', 'MAINTENANCE001')).toMatchObject({ http: 503, code: 503 });
    const list = async (numbers: string) => (await world.api('GET', `/trackings/get?numbers=${numbers}`)).code;
    expect([await list('MAINTENANCE001'), await list('MAINTENANCE001,TRANSIT001'), await list('')]).toEqual([
      503, 200, 200,
    ]);
    expect((await world.read('cdek', 'HTMLERROR001')).http).toBe(502);
    expect((await world.read('cdek', 'NOBALANCE001')).code).toBe(4021);
    expect((await world.read('cdek', 'CUTSHORT001')).json).toBeUndefined();
    await expect(world.read('cdek', 'HANGUP001')).rejects.toThrow();
  });

  it('faults come over the control path and from the environment too', async () => {
    const world = await open();
    const fault = { kind: 'envelope', code: 4021 };
    expect((await world.control('POST', '/sandbox/faults', fault)).json.faults).toEqual([{ ...fault, left: null }]);
    expect((await world.api('GET', '/carriers')).code).toBe(4021);
    expect((await world.control('DELETE', '/sandbox/faults')).json).toEqual({ faults: [] });
    expect((await world.api('GET', '/carriers')).code).toBe(200);
    const { settings } = readSandboxSettings({ SANDBOX_FAULTS: JSON.stringify([fault]) });
    expect((await (await open(settings)).api('GET', '/carriers')).code).toBe(4021);
  });

  it('a malformed fault is refused with a sentence', () => {
    const wrong = [
      'x',
      '7',
      '{}',
      '{"kind":"nothing"}',
      '{"kind":"drip","ms":-1}',
      '{"kind":"html","status":404}',
      '{"kind":"close","when":1}',
      '{"kind":"close","route":7}',
      '{"kind":"close","afterEffect":1}',
    ];
    for (const text of wrong) expect(typeof parseFaults(text)).toBe('string');
    expect(parseFaults('{"kind":"close","times":1}')).toEqual([{ kind: 'close', times: 1 }]);
    for (const row of Object.values(faultTable)) expect(row.about).toBeTruthy();
  });
});
