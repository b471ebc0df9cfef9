// The limits of upstream.md §10.2, judged on a real clock that the test moves.
import { describe, expect, it } from 'vitest';
import { SECOND, open, send } from './support.ts';

const one = { tracking_number: 'TRANSIT001', carrier_code: 'cdek' };

describe('limits', () => {
  it('list is one a second, GET and POST together, /v1 and /v2 together', async () => {
    const { api, real, sandbox } = await open({ limits: true });
    expect((await api('GET', '/trackings/get')).code).toBe(4031);
    real.now += 999;
    expect((await api('POST', '/trackings/get', {}, { 'Api-Key': 'demo' })).code).toBe(429);
    real.now += 120 * SECOND;
    expect((await api('GET', '/trackings/get')).code).toBe(4031);
    expect((await send(sandbox.origin, 'GET', '/v2/trackings/get', undefined, { 'Api-Key': 'demo' })).code).toBe(429);
  });

  it('a call a full second after the last passes', async () => {
    const { api, real, sandbox } = await open({ limits: true });
    for (let i = 0; i < 5; i++) {
      expect((await api('GET', '/trackings/get')).code).toBe(4031);
      real.now += SECOND;
    }
    expect(sandbox.violations()).toBe(0);
  });

  it('realtime is three a second in a sliding window', async () => {
    const { api, real } = await open({ limits: true });
    const codes = [];
    for (const pause of [0, 300, 300, 400, 299]) {
      real.now += pause;
      codes.push((await api('POST', '/trackings/realtime', one)).code);
    }
    expect(codes).toEqual([200, 200, 200, 200, 429]);
  });

  it('every other endpoint has its own window, so that create may follow detect at once', async () => {
    const { api, sandbox } = await open({ limits: true });
    expect((await api('POST', '/carriers/detect', { tracking_number: '1234567890' })).code).toBe(200);
    expect((await api('POST', '/trackings/post', one)).code).toBe(200);
    expect((await api('GET', '/trackings/cdek/TRANSIT001')).code).toBe(200);
    expect((await api('PUT', '/trackings/cdek/TRANSIT001', {})).code).toBe(200);
    expect((await api('GET', '/trackings/cdek/OTHER12345')).code).toBe(429);
    expect(sandbox.violations()).toBe(1);
  });

  it('keys are judged apart, and a bad key or an unknown route does not count', async () => {
    const { api, sandbox } = await open({ limits: true });
    for (const name of ['a', 'b'])
      expect((await api('GET', '/carriers', undefined, { 'Api-Key': name })).code).toBe(200);
    for (const code of [4001, 4001]) expect((await api('GET', '/carriers', undefined, {})).code).toBe(code);
    for (const code of [404, 404]) expect((await api('GET', '/nothing')).code).toBe(code);
    for (const code of [405, 405]) expect((await api('DELETE', '/carriers')).code).toBe(code);
    expect(sandbox.violations()).toBe(0);
  });

  it('the ledger has every call with its route, account, code and judgement', async () => {
    const { api, sandbox, real } = await open({ limits: true });
    await api('GET', '/trackings/get?page=1');
    real.now += 5;
    await api('GET', '/trackings/get?page=2');
    await api('PUT', '/trackings/cdek/ABCDE', { title: 'x' }, {});
    await api('GET', '/nothing/at/all/of/it');
    expect(sandbox.calls()).toMatchObject([
      {
        at: real.now - 5,
        account: 'demo',
        method: 'GET',
        route: 'GET /trackings/get',
        path: '/v1/trackings/get?page=1',
        status: 200,
        code: 4031,
        violation: false,
      },
      { at: real.now, route: 'GET /trackings/get', code: 429, violation: true },
      {
        account: null,
        route: 'PUT /trackings/:carrier/:number',
        path: '/v1/trackings/cdek/ABCDE',
        body: '{"title":"x"}',
        code: 4001,
      },
      { account: null, route: 'GET (unknown)', status: 404, code: 404 },
    ]);
    expect(sandbox.calls()[0]?.headers['api-key']).toBe('demo');
    sandbox.clearCalls();
    expect(sandbox.calls()).toEqual([]);
    expect(sandbox.violations()).toBe(1);
  });
});
