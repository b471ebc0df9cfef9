// The column "Sandbox test" of upstream.md §12: one test for each quirk.
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/sandbox/life.ts';
import { trackingId } from '../../src/sandbox/store.ts';
import { DAY, HOUR, SECOND, START, looked, open, send } from './support.ts';

describe('quirks of upstream.md §12, as the sandbox sends them', () => {
  it('Q1 an error travels under HTTP 200 by default, under a fitting status in strict mode', async () => {
    const world = await open();
    await world.create('DELIVERED001', 'cdek');
    expect(await world.create('DELIVERED001', 'cdek')).toMatchObject({ http: 200, code: 4016 });
    world.sandbox.configure({ httpStatus: 'strict' });
    expect(await world.create('DELIVERED001', 'cdek')).toMatchObject({ http: 400, code: 4016 });
    expect(await world.read('cdek', 'UNKNOWN99')).toMatchObject({ http: 200, code: 4031 });
  });

  it('Q2 the data of every error is an empty array', async () => {
    const { api, read, create } = await open();
    for (const answer of [
      await api('GET', '/nothing'),
      await api('PATCH', '/carriers'),
      await api('GET', '/carriers', undefined, {}),
      await api('POST', '/trackings/post', 'no json'),
      await api('POST', '/trackings/post', {}),
      await create('a b', 'cdek'),
      await create('12345', 'nobody'),
      await api('DELETE', '/trackings/cdek/12345'),
      await read('cdek', '12345'),
      await create('12345', ''),
      await api('GET', '/trackings/get?status=lost'),
    ]) {
      expect(answer.text.endsWith(',"data":[]}')).toBe(true);
    }
  });

  it('Q3 an empty account lists as 4031 with an empty array', async () => {
    const { api } = await open();
    expect(await api('GET', '/trackings/get')).toMatchObject({ http: 200, code: 4031, data: [] });
  });

  it('Q4 a single read is an array, an object or items, as single-shape says', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    expect((await world.read('cdek', 'TRANSIT001')).data[0].tracking_number).toBe('TRANSIT001');
    world.sandbox.configure({ singleShape: 'object' });
    expect((await world.read('cdek', 'TRANSIT001')).data.tracking_number).toBe('TRANSIT001');
    world.sandbox.configure({ singleShape: 'items' });
    expect((await world.read('cdek', 'TRANSIT001')).data.items[0].tracking_number).toBe('TRANSIT001');
  });

  it('Q5 a partly failed batch is 201 under HTTP 200', async () => {
    const { api } = await open();
    const answer = await api('POST', '/trackings/batch', [{ tracking_number: 'TRANSIT001', carrier_code: 'cdek' }, {}]);
    expect(answer).toMatchObject({ http: 200, code: 201, data: { submitted: 2, added: 1 } });
    expect(answer.data.errors).toEqual([
      { tracking_number: '', carrier_code: '', code: 4013, message: 'Tracking_number is required.' },
    ]);
  });

  it('Q6 the total of a list is a text', async () => {
    const world = await open();
    for (const n of [1, 2, 3, 4]) await world.create(`TRANSIT00${n}`, 'cdek');
    expect((await world.api('GET', '/trackings/get?limit=3')).text).toContain(
      '"page":1,"limit":3,"total":"4","count":3,',
    );
  });

  it('Q7 archived is a text in an update and a boolean in a read', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    expect((await world.api('PUT', '/trackings/cdek/TRANSIT001', { archived: 'true' })).data.archived).toBe('true');
    expect((await world.read('cdek', 'TRANSIT001')).data[0].archived).toBe(true);
    expect((await world.api('PUT', '/trackings/cdek/TRANSIT001', { archived: false })).data.archived).toBe('false');
    expect((await world.api('PUT', '/trackings/cdek/TRANSIT001', { archived: 'no' })).data).not.toHaveProperty(
      'archived',
    );
  });

  it('Q8 status is a digit in an update and a word in a read; 8 restores the own status', async () => {
    const world = await open();
    await looked(world, 'TRANSIT001');
    const put = async (status: unknown) =>
      (await world.api('PUT', '/trackings/cdek/TRANSIT001', { status })).data.status;
    const word = async () => (await world.read('cdek', 'TRANSIT001')).data[0].status;
    expect(await put(7)).toBe('7');
    expect(await word()).toBe('exception');
    expect(await put('4')).toBe('4');
    expect(await word()).toBe('delivered');
    expect(await put(8)).toBe('8');
    expect(await word()).toBe('transit');
    expect((await world.api('PUT', '/trackings/cdek/TRANSIT001', {})).data.status).toBe('transit');
  });

  it('Q9 the country has three names', async () => {
    const world = await open();
    const created = await world.create('TRANSIT001', 'cdek', { destination_code: 'ru' });
    expect(created.data.destination).toBe('ru');
    expect(created.data).not.toHaveProperty('destination_code');
    expect((await world.read('cdek', 'TRANSIT001')).data[0].destination_country).toBe('Russia');
    const updated = await world.api('PUT', '/trackings/cdek/TRANSIT001', { destination_code: 'CN' });
    expect(updated.data.destination_code).toBe('CN');
    const realtime = await world.api('POST', '/trackings/realtime', {
      tracking_number: 'TRANSIT001',
      carrier_code: 'cdek',
    });
    expect(realtime.data.items[0]).toMatchObject({ destination_code: 'CN', destination_country: 'China' });
  });

  it('Q10 order_create_time is an integer, a text, null or empty', async () => {
    const world = await open();
    const timed = await world.create('TRANSIT001', 'cdek', { order_create_time: '2017/8/27 16:51' });
    expect(timed.data.order_create_time).toBe(Date.UTC(2017, 7, 27, 16, 51) / 1000);
    expect((await world.create('TRANSIT002', 'cdek')).data.order_create_time).toBe(0);
    expect((await world.create('TRANSIT003', 'cdek', { order_create_time: 'soon' })).data.order_create_time).toBe(0);
    expect((await world.read('cdek', 'TRANSIT001')).data[0].order_create_time).toBe('2017/8/27 16:51');
    expect((await world.read('cdek', 'TRANSIT002')).data[0].order_create_time).toBeNull();
    const realtime = await world.api('POST', '/trackings/realtime', {
      tracking_number: 'TRANSIT002',
      carrier_code: 'cdek',
    });
    expect(realtime.data.items[0].order_create_time).toBe('');
  });

  it('Q11 an e-mail is null, empty, a text or an array', async () => {
    const world = await open();
    expect((await world.create('TRANSIT001', 'cdek')).data.customer_email).toBeNull();
    expect((await world.read('cdek', 'TRANSIT001')).data[0].customer_email).toBe('');
    await world.create('TRANSIT002', 'cdek', { customer_email: 'a@example.test' });
    expect((await world.read('cdek', 'TRANSIT002')).data[0].customer_email).toBe('a@example.test');
    world.sandbox.configure({ emailOnRead: 'array' });
    expect((await world.read('cdek', 'TRANSIT002')).data[0].customer_email).toEqual(['a@example.test']);
    expect((await world.api('GET', '/trackings/get?numbers=TRANSIT002')).data.items[0].customer_email).toBe(
      'a@example.test',
    );
    world.sandbox.addFault({ kind: 'null-strings' });
    expect((await world.create('TRANSIT003', 'cdek')).data.customer_email).toBe('null');
  });

  it('Q12 the second leg is full, all null, left out or null, as the profile has it', async () => {
    const world = await open();
    expect((await looked(world, 'TWOLEGS001')).destination_info.carrier_code).toBe('russian-post');
    const one = await looked(world, 'TRANSIT001');
    expect(Object.values(one.destination_info).every((value) => value === null)).toBe(true);
    world.sandbox.configure({ profile: 'trackingmore', anyKeyHeader: true });
    expect((await world.read('cdek', 'TRANSIT001')).data).not.toHaveProperty('destination_info');
    expect((await world.api('GET', '/trackings/get?numbers=TRANSIT001')).data.items[0]).not.toHaveProperty(
      'destination_info',
    );
    const realtime = await world.api('POST', '/trackings/realtime', {
      tracking_number: 'TRANSIT001',
      carrier_code: 'cdek',
    });
    expect(realtime.data.items[0].destination_info).toBeNull();
  });

  it('Q13 trackinfo without events is null', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    expect((await world.read('cdek', 'TRANSIT001')).text).toContain('"status":"pending"');
    expect((await world.read('cdek', 'TRANSIT001')).text.match(/"trackinfo":null/g)).toHaveLength(2);
    expect((await looked(world, 'NOTFOUND001')).origin_info.trackinfo).toBeNull();
  });

  it('Q14 updated_at is null before the first lookup, and printed in the offset of the account', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    expect((await world.read('cdek', 'TRANSIT001')).data[0]).toMatchObject({
      created_at: '2026-03-02T10:15:00+00:00',
      updated_at: null,
    });
    world.sandbox.advance(10 * SECOND);
    expect((await world.read('cdek', 'TRANSIT001')).data[0].updated_at).toBe('2026-03-02T10:15:10+00:00');
    world.sandbox.configure({ utcOffset: -3.5 * HOUR });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].updated_at).toBe('2026-03-02T06:45:10-03:30');
    world.sandbox.configure({ utcOffset: 0 });
    world.sandbox.addFault({ kind: 'updated-before-created', times: 1 });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].updated_at).toBe('2026-03-02T10:12:57+00:00');
  });

  it('Q15 event times have two precisions and no zone, and texts keep their blanks', async () => {
    const two = await looked(await open(), 'TWOLEGS001');
    expect(two.origin_info.trackinfo[0].Date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
    expect(two.destination_info.trackinfo[0].Date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(two.destination_info.trackinfo[0].StatusDescription).toBe(' Arrived at delivery office ');
  });

  it('Q16 lastEvent and stayTimeLength follow the origin list though the second leg is newer', async () => {
    const two = await looked(await open(), 'TWOLEGS001');
    expect(two.status).toBe('pickup');
    expect(two.lastEvent).toBe(
      `The item has been processed in the country of destination,${two.origin_info.trackinfo[0].Date}`,
    );
    expect(two.lastUpdateTime).toBe(two.origin_info.trackinfo[0].Date);
    expect(two.stayTimeLength).toBe(13);
    expect(two.itemTimeLength).toBe(26);
  });

  it('Q17 scripts reach InfoReceived and a word nobody documents', async () => {
    const world = await open();
    expect((await looked(world, 'INFORECEIVED001')).status).toBe('InfoReceived');
    expect((await looked(world, 'ONHOLD001')).status).toBe('OnHold');
  });

  it('Q18 an event says pickup and notfound001', async () => {
    const [event] = (await looked(await open(), 'SUBSTATUS001')).origin_info.trackinfo;
    expect(event).toMatchObject({ checkpoint_status: 'pickup', substatus: 'notfound001' });
  });

  it('Q19 a read writes the apostrophe of a title with a backslash, of nothing else', async () => {
    const world = await open();
    const created = await world.create('TRANSIT001', 'cdek', { title: "Anna's", order_id: "#1'", comment: "it's" });
    expect(created.data.title).toBe("Anna's");
    const { text, data } = await world.read('cdek', 'TRANSIT001');
    expect(text).toContain(String.raw`"title":"Anna\\'s"`);
    expect(data[0]).toMatchObject({ title: String.raw`Anna\'s`, order_id: "#1'", comment: "it's" });
    world.sandbox.configure({ titleEscape: 'all' });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].comment).toBe(String.raw`it\'s`);
    world.sandbox.configure({ titleEscape: 'none' });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].title).toBe("Anna's");
  });

  it('Q20 realtime registers; with realtime-first it says 4031 first and answers then', async () => {
    const world = await open({ realtimeFirst: '4031' });
    const realtime = () =>
      world.api('POST', '/trackings/realtime', { tracking_number: 'TRANSIT001', carrier_code: 'cdek' });
    expect(await realtime()).toMatchObject({ code: 4031, data: [] });
    expect((await realtime()).data.items[0].status).toBe('transit');
    expect((await world.api('GET', '/trackings/get')).data.total).toBe('1');
    expect(world.sandbox.effects()).toMatchObject([
      { kind: 'registered', account: 'demo', carrierCode: 'cdek', trackingNumber: 'TRANSIT001' },
    ]);
  });

  it('Q21 the meta of the carriers has only a code', async () => {
    expect(
      (await (await open()).api('GET', '/carriers')).text.startsWith('{"meta":{"code":200},"data":[{"name":'),
    ).toBe(true);
  });

  it('Q22 realtime takes the order id and the destination under two names each', async () => {
    const world = await open();
    for (const [number, name] of [
      ['TRANSIT001', 'order'],
      ['TRANSIT002', 'order_id'],
    ] as const) {
      const body = {
        tracking_number: number,
        carrier_code: 'cdek',
        [name]: '#7',
        specialNumberDestination: 'x',
        tracking_destination_country: 'y',
      };
      expect((await world.api('POST', '/trackings/realtime', body)).code).toBe(200);
      expect((await world.read('cdek', number)).data[0].order_id).toBe('#7');
    }
  });

  it('Q23 a number created again after its deletion has its id and a newer life', async () => {
    const world = await open();
    const first = await world.create('TRANSIT001', 'cdek', { title: 'old' });
    await world.api('DELETE', '/trackings/cdek/TRANSIT001');
    world.sandbox.advance(HOUR);
    const second = await world.create('TRANSIT001', 'cdek');
    expect(second.data).toMatchObject({
      id: first.data.id,
      created_at: '2026-03-02T11:15:00+00:00',
      status: 'pending',
      title: null,
    });
    expect((await world.read('cdek', 'TRANSIT001')).data[0]).toMatchObject({ status: 'pending', updated_at: null });
  });

  it('Q24 replies are compact, escaped as PHP does it, and in the order of the specification', async () => {
    const world = await open();
    const { text } = await world.create('TRANSIT001', 'cdek', { title: 'Зимние / сапоги 📦' });
    expect(text).toBe(
      '{"meta":{"code":200,"type":"Success","message":"Success"},"data":{"id":"' +
        trackingId('demo', 'cdek', 'TRANSIT001') +
        '",' +
        '"tracking_number":"TRANSIT001","carrier_code":"cdek","order_create_time":0,"status":"pending",' +
        '"created_at":"2026-03-02T10:15:00+00:00","customer_email":null,"customer_name":null,"customer_phone":null,"order_id":null,' +
        String.raw`"comment":null,"title":"\u0417\u0438\u043c\u043d\u0438\u0435 \/ \u0441\u0430\u043f\u043e\u0433\u0438 \ud83d\udce6",` +
        '"logistics_channel":null,"destination":""}}',
    );
  });

  it('Q25 batch errors are JSON texts with batch-errors = strings', async () => {
    const { api } = await open({ batchErrors: 'strings' });
    const { data } = await api('POST', '/trackings/batch', [{ tracking_number: '12345', carrier_code: 'nobody' }]);
    expect(JSON.parse(data.errors[0])).toEqual({
      meta: { tracking_number: '12345', code: 4015, message: 'The value of `carrier_code` is invalid.' },
    });
  });

  it('Q26 a call too many locks the key for 120 s, and calls inside the lock do not prolong it', async () => {
    const { api, real, sandbox } = await open({ limits: true });
    const list = async () => (await api('GET', '/trackings/get')).code;
    expect([await list(), await list()]).toEqual([4031, 429]);
    real.now += 119 * SECOND;
    expect(await list()).toBe(429);
    expect((await api('GET', '/carriers')).code).toBe(429);
    real.now += SECOND;
    expect(await list()).toBe(4031);
    expect(sandbox.violations()).toBe(3);
  });

  it('Q27 a body on GET and DELETE is ignored, even a malformed one', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    const plain = await world.read('cdek', 'TRANSIT001');
    expect((await world.api('GET', '/trackings/cdek/TRANSIT001', '{"broken')).text).toBe(plain.text);
    expect((await world.api('DELETE', '/trackings/cdek/TRANSIT001', '{"broken')).text).toBe(
      '{"meta":{"code":200,"type":"Success","message":"Success"},"data":[]}',
    );
  });

  it('Q28 POST /trackings/get with the filters as a body answers as GET does', async () => {
    const world = await open();
    for (const n of [1, 2, 3]) await world.create(`TRANSIT00${n}`, 'cdek');
    const plain = await world.api('GET', '/trackings/get?limit=2&page=1&status=pending&orders=');
    expect(
      (await world.api('POST', '/trackings/get', { limit: 2, page: '1', status: 'PENDING', orders: '' })).text,
    ).toBe(plain.text);
    expect((await world.api('POST', '/trackings/get', '')).data.total).toBe('3');
    expect((await world.api('POST', '/trackings/get', '[')).code).toBe(4012);
  });

  it('Q29 a trailing slash changes nothing', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    for (const path of ['/carriers', '/trackings/get', '/trackings/cdek/TRANSIT001']) {
      expect((await world.api('GET', `${path}/`)).text).toBe((await world.api('GET', path)).text);
    }
    expect((await world.api('GET', '/trackings/get/?limit=1')).data.limit).toBe(1);
  });

  it('Q30 every reply is application/json, errors too', async () => {
    const { api } = await open();
    for (const path of ['/carriers', '/nothing', '/trackings/cdek/99999']) {
      expect((await api('GET', path)).headers['content-type']).toBe('application/json');
    }
    expect((await api('GET', '/carriers', undefined, {})).headers['content-type']).toBe('application/json');
  });

  it('Q31 realtime takes lastEvent from the latest of both lists, the list from the first', async () => {
    const world = await open();
    await looked(world, 'TWOLEGS001');
    const item = (await world.api('GET', '/trackings/get')).data.items[0];
    const now = (
      await world.api('POST', '/trackings/realtime', { tracking_number: 'TWOLEGS001', carrier_code: 'cdek' })
    ).data.items[0];
    expect(item.lastEvent).toBe(
      `The item has been processed in the country of destination,${item.origin_info.trackinfo[0].Date}`,
    );
    expect(now.lastEvent).toBe(` Arrived at delivery office ,MOSCOW 101000,${now.destination_info.trackinfo[0].Date}`);
  });

  it('Q32 an event can be dated later than the lookup that found it, and no span is negative', async () => {
    const world = await open();
    const two = await looked(world, 'TWOLEGS001');
    expect(two.destination_info.trackinfo[0].Date > two.updated_at.slice(0, 19).replace('T', ' ')).toBe(true);
    // Ten hours earlier on the wall clock, the accepted parcel lies in the future of the lookup.
    const event = { at: 0, text: '', place: '', status: 'transit', substatus: 'transit001', short: false, zone: null };
    expect(derive([{ event, at: START, wall: START + 10 * HOUR }], [], 'transit', START)).toMatchObject({
      itemTimeLength: 0,
      stayTimeLength: 0,
    });
  });

  it('Q33 destination_country is in a single read and not in a list', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek', { destination_code: 'HK' });
    expect((await world.read('cdek', 'TRANSIT001')).data[0].destination_country).toBe('Hong Kong [CN]');
    expect((await world.api('GET', '/trackings/get')).data.items[0]).not.toHaveProperty('destination_country');
  });

  it('Q34 lastEvent is joined with commas that also occur in its parts', async () => {
    const { lastEvent } = await looked(await open(), 'COMMAS001');
    expect(lastEvent).toBe('DELIVERED, SIGNED FOR,LEIDEN,NL,2026-03-02 09:15:00');
  });

  it('Q35 events with the same date keep their order', async () => {
    const [first, second] = (await looked(await open(), 'SAMETIME001')).origin_info.trackinfo;
    expect(first.Date).toBe(second.Date);
    expect([first.StatusDescription, second.StatusDescription]).toEqual([
      'The item is at the sorting centre',
      'The item has been processed at the sorting centre',
    ]);
  });

  it('Q36 a create can be carried out though its reply comes too late or never', async () => {
    const world = await open();
    world.sandbox.addFault({ kind: 'close', route: 'POST /trackings/post', afterEffect: true, times: 1 });
    await expect(world.create('TRANSIT001', 'cdek')).rejects.toThrow();
    expect((await world.create('TRANSIT001', 'cdek')).code).toBe(4016);
    world.sandbox.addFault({ kind: 'latency', ms: 600_000, number: 'TRANSIT002', afterEffect: true });
    const headers = { 'Api-Key': 'demo', 'Content-Type': 'application/json' };
    const controller = new AbortController();
    const body = JSON.stringify({ tracking_number: 'TRANSIT002', carrier_code: 'cdek' });
    const late = fetch(`${world.sandbox.baseUrl}/trackings/post`, {
      method: 'POST',
      headers,
      body,
      signal: controller.signal,
    });
    await expect.poll(() => world.sandbox.effects().length).toBe(2);
    controller.abort();
    await expect(late).rejects.toThrow();
    world.sandbox.clearFaults();
    expect((await world.read('cdek', 'TRANSIT002')).code).toBe(200);
  });

  it('Q37 success and failure of a deletion differ in the code only', async () => {
    const world = await open();
    await world.create('TRANSIT001', 'cdek');
    expect(await world.api('DELETE', '/trackings/cdek/TRANSIT001')).toMatchObject({ http: 200, code: 200, data: [] });
    expect(await world.api('DELETE', '/trackings/cdek/TRANSIT001')).toMatchObject({ http: 200, code: 4017, data: [] });
  });

  it('Q38 a number of two carriers is two trackings, and a list by number shows both', async () => {
    const world = await open();
    expect((await world.create('TRANSIT001', 'cdek')).code).toBe(200);
    world.sandbox.advance(DAY);
    expect((await world.create('TRANSIT001', 'DHL')).code).toBe(200);
    expect((await world.create('transit001', 'dhl')).code).toBe(4016);
    const { data } = await world.api('GET', '/trackings/get?numbers=transit001,TRANSIT001');
    expect(data.items.map((item: { carrier_code: string }) => item.carrier_code)).toEqual(['DHL', 'cdek']);
    expect(
      (await send(world.sandbox.origin, 'GET', '/v2/trackings/dhl/transit001', undefined, { 'Api-Key': 'demo' })).code,
    ).toBe(200);
  });
});
