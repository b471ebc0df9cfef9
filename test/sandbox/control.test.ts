// The control path, the accounts and the seed of `demo`.
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { HOUR, open, send } from './support.ts';

interface Item {
  status: string;
  carrier_code: string;
  title: string;
  created_at: string;
  archived: boolean;
  customer_name: string | null;
  destination_info: { trackinfo: unknown };
  order_id: string | null;
}

describe('the control path', () => {
  it('tells what the sandbox is and has', async () => {
    const { api, control, create } = await open();
    await create('TRANSIT001', 'cdek');
    await api('GET', '/carriers', undefined, { 'Api-Key': 'other' });
    expect((await control('GET', '/sandbox')).json).toMatchObject({
      profile: 'trackru',
      limits: false,
      now: '2026-03-02T10:15:00.000Z',
      calls: 2,
      violations: 0,
      faults: [],
      accounts: [
        { name: 'demo', trackings: 1 },
        { name: 'other', trackings: 0 },
      ],
    });
    expect((await control('GET', '/sandbox/calls')).json).toHaveLength(2);
    expect((await control('GET', '/sandbox/effects')).json).toMatchObject([
      { kind: 'created', trackingNumber: 'TRANSIT001' },
    ]);
    expect((await control('DELETE', '/sandbox/calls')).json).toEqual({ calls: 0 });
    expect((await control('GET', '/sandbox/calls')).json).toEqual([]);
  });

  it('moves the clock, changes settings, and is itself neither judged nor counted', async () => {
    const { control, sandbox, api } = await open({ limits: true });
    expect((await control('POST', '/sandbox/clock', { advanceMs: HOUR })).json).toEqual({
      now: '2026-03-02T11:15:00.000Z',
    });
    expect(
      (await control('PATCH', '/sandbox/settings', { limits: 'off', 'http-status': 'strict', SANDBOX_QUOTA: 0 })).json
        .changed,
    ).toEqual(['limits', 'httpStatus', 'quota']);
    expect(await api('POST', '/trackings/post', { tracking_number: '12345', carrier_code: 'cdek' })).toMatchObject({
      http: 400,
      code: 4019,
    });
    expect((await control('PATCH', '/sandbox/settings', { httpStatus: null })).json.httpStatus).toBe('envelope');
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('refuses bad input with 400 and a sentence, an unknown path with 404', async () => {
    const { control } = await open();
    const bad: [string, string, unknown][] = [
      ['POST', '/sandbox/clock', {}],
      ['POST', '/sandbox/clock', { advanceMs: -1 }],
      ['POST', '/sandbox/clock', 'x'],
      ['POST', '/sandbox/clock', { advanceMs: 1e15 }],
      ['POST', '/sandbox/faults', { kind: 'x' }],
      ['PATCH', '/sandbox/settings', []],
      ['PATCH', '/sandbox/settings', { profile: 'dhl' }],
      ['PATCH', '/sandbox/settings', { nothing: 1 }],
    ];
    for (const [method, path, body] of bad) {
      const { http, json } = await control(method, path, body);
      expect([http, typeof json.error]).toEqual([400, 'string']);
    }
    expect((await control('GET', '/sandbox/nothing')).http).toBe(404);
    expect((await control('GET', '/sandboxes')).http).toBe(404);
  });
});

describe('accounts', () => {
  it('every key is an account of its own, and new ones are empty', async () => {
    const { api } = await open({ seed: true });
    await api(
      'POST',
      '/trackings/post',
      { tracking_number: 'TRANSIT001', carrier_code: 'cdek' },
      { 'Api-Key': 'mine' },
    );
    expect((await api('GET', '/trackings/get', undefined, { 'api-key': 'mine' })).data.total).toBe('1');
    expect((await api('GET', '/trackings/get', undefined, { 'Api-Key': 'yours' })).code).toBe(4031);
  });

  it('demo has about 300 parcels, in every status and shape, the same for the same clock', async () => {
    const list = async () => (await (await open({ seed: true })).api('GET', '/trackings/get?limit=2000')).data;
    const { items, total } = (await list()) as { items: Item[]; total: string };
    expect(Number(total)).toBeGreaterThan(280);
    expect(Number(total)).toBeLessThan(330);
    const words = [
      'pending',
      'notfound',
      'transit',
      'pickup',
      'delivered',
      'undelivered',
      'exception',
      'expired',
      'InfoReceived',
      'OnHold',
    ];
    for (const word of words) expect(items.filter((item) => item.status === word).length).toBeGreaterThan(4);
    expect(new Set(items.map((item) => item.carrier_code)).size).toBeGreaterThan(7);
    expect(items.some((item) => /[а-я]/.test(item.title)) && items.some((item) => /[一-鿿]/.test(item.title))).toBe(
      true,
    );
    expect(items.some((item) => item.archived) && items.some((item) => item.destination_info.trackinfo !== null)).toBe(
      true,
    );
    expect(items.filter((item) => item.customer_name && item.order_id).length).toBeGreaterThan(150);
    const ages = items.map((item) => item.created_at);
    expect(ages).toEqual([...ages].sort().reverse());
    expect(await list()).toEqual({ page: 1, limit: 2000, total, count: Number(total), items });
  });

  it('the ids of the samples hold', async () => {
    const world = await open({ seed: true });
    const { data } = await world.read('sto', '402934299065');
    expect(data[0].id).toBe('9fc14697d84d06cd105ff485d9bc1e22');
    expect((await world.create('RA123456785RU', 'russian-post')).data.id).toBe('94d967438b490b20fa61aebfce893a84');
  });
});

describe('lists', () => {
  it('filter by number, order, archive, status and three kinds of time, all at once', async () => {
    const world = await open();
    const start = Date.parse('2026-03-02T10:15:00Z') / 1000;
    await world.create('DELIVERED001', 'cdek', { order_id: '#1', order_create_time: '2026-03-01 12:00' });
    world.sandbox.advance(HOUR);
    await world.create('TRANSIT001', 'cdek', { order_id: '#2' });
    await world.api('PUT', '/trackings/cdek/TRANSIT001', { archived: 'true' });
    const found = async (query: string) => {
      const { code, data } = await world.api('GET', `/trackings/get?${query}`);
      return code === 200 ? data.items.map((item: { tracking_number: string }) => item.tracking_number).join() : code;
    };
    expect(await found('')).toBe('TRANSIT001,DELIVERED001');
    expect(await found('orders=%232,%233')).toBe('TRANSIT001');
    expect(await found('archived=true')).toBe('TRANSIT001');
    expect(await found('archived=false')).toBe('DELIVERED001');
    expect(await found('archived=maybe&numbers=&lang=en')).toBe('TRANSIT001,DELIVERED001');
    expect(await found('status=Delivered')).toBe('DELIVERED001');
    expect(await found(`created_at_min=${start}&created_at_max=${start}`)).toBe('DELIVERED001');
    expect(await found(`created_at_min=${start + 1}`)).toBe('TRANSIT001');
    expect(await found('update_time_min=0')).toBe('DELIVERED001');
    expect(await found('order_created_time_max=9999999999')).toBe('DELIVERED001');
    expect(await found('order_created_time_min=9999999999')).toBe(4031);
    expect(await found('numbers=transit001,DELIVERED001&status=pending&archived=true')).toBe('TRANSIT001');
    expect(await found('page=2&limit=1')).toBe('DELIVERED001');
  });

  it('statuses are counted, in zeros when there is nothing', async () => {
    const world = await open();
    const counts = async (query = '') => (await world.api('GET', `/trackings/getstatusnumber${query}`)).data;
    const zeros = {
      pending: 0,
      notfound: 0,
      transit: 0,
      pickup: 0,
      delivered: 0,
      undelivered: 0,
      exception: 0,
      expired: 0,
    };
    expect(await counts()).toEqual(zeros);
    for (const number of ['DELIVERED001', 'ONHOLD001']) await world.create(number, 'cdek');
    expect(await counts()).toEqual({ ...zeros, pending: 2 });
    world.sandbox.advance(10_000);
    expect(await counts()).toEqual({ ...zeros, delivered: 1 });
    expect(await counts('?created_at_max=1')).toEqual(zeros);
  });
});

describe('a sandbox', () => {
  it('says that its port is taken, and gives it back when it is closed', async () => {
    const { sandbox } = await open();
    const port = Number(new URL(sandbox.origin).port);
    await expect(startSandbox({ port, host: '127.0.0.1' })).rejects.toThrow(/EADDRINUSE/);
    await sandbox.close();
    await expect(send(sandbox.origin, 'GET', '/sandbox')).rejects.toThrow(/ECONNREFUSED/);
    const again = await startSandbox({ port, host: '127.0.0.1' });
    expect(again.baseUrl).toBe(`http://127.0.0.1:${port}/v1`);
    await again.close();
  });

  it('ends replies that are held back when it is closed', async () => {
    const world = await open();
    world.sandbox.addFault({ kind: 'latency', ms: 600_000 });
    const waiting = world.api('GET', '/carriers');
    await expect.poll(() => world.sandbox.calls().length).toBe(1);
    await Promise.all([world.sandbox.close(), expect(waiting).rejects.toThrow()]);
  });
});
