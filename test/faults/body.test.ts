// Answers that are late, cut, wrong, foreign or too large: none is taken for a success, none is kept, none is shown.

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { calm, CARRIER, codeOf, finish, httpAnswer, pass, readBody, stillRow, within, type World } from './world.ts';
import { CANARY, titleOf } from '../support/invariants.ts';

const FRESH = { headers: { 'cache-control': 'no-cache' } };
const NO_ANSWER = ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_INVALID_RESPONSE'];

/** The first attempt gets `spoilt`, every other what is true. */
function spoilFirst(world: World, spoilt: string | Buffer, hangUp: boolean): Promise<void> {
  let first = true;
  return world.proxy.set(() => {
    const toxics = first ? { answer: spoilt, hangUp } : {};
    first = false;
    return toxics;
  });
}

describe('a body', () => {
  stillRow('A5 a dripping body ends at the deadline', {}, async (world) => {
    const [number = ''] = world.numbers;
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n';
    await world.proxy.set({ answer: slowly(head), slicer: { bytes: 1, delay: 100 } });
    const answer = await finish(world, world.look(number), 250);
    expect(codeOf(answer)).toBe('UPSTREAM_TIMEOUT');
    await calm();
    expect(world.proxy.pending()).toBe(0);
  });

  stillRow('A5 a body that drips through in time is an answer', {}, async (world) => {
    const [number = ''] = world.numbers;
    await world.proxy.set({ drip: 2 });
    const answer = await finish(world, world.look(number));
    expect(answer.data.tracking.title).toBe(titleOf(number));
  });

  stillRow('A6 a read whose answer is reset at any byte is repeated', {}, async (world) => {
    const [number = ''] = world.numbers;
    await world.proxy.set({});
    await finish(world, world.look(number));
    const length = world.proxy.sent();
    let recovered = 0;
    const offsets = Array.from({ length: Math.floor(length / 5) }, (_, index) => index * 5);
    for (const offset of offsets) {
      let first = true;
      await world.proxy.set(() => {
        const toxics = first ? { resetPeer: offset } : {};
        first = false;
        return toxics;
      });
      const answer = await finish(world, world.look(number, FRESH));
      if (codeOf(answer) === undefined) recovered += 1;
      else expect(NO_ANSWER).toContain(codeOf(answer));
      // Repeats are earned by calls that need none.
      await world.proxy.set({});
      for (let calls = 0; calls < 5; calls += 1) await finish(world, world.look(number, FRESH));
    }
    expect(recovered).toBe(offsets.length);
  });

  for (const framing of ['content-length', 'chunked', 'until the end'] as const) {
    stillRow(`A7 a body cut anywhere is no success when framed by ${framing}`, {}, async (world) => {
      const [number = ''] = world.numbers;
      const body = readBody(number, 'CUT');
      for (let offset = 0; offset < body.length; offset += 1) {
        const before = world.proxy.requests.length;
        await spoilFirst(world, framed(framing, body, offset), true);
        const { data, errors } = await finish(world, world.look(number, FRESH));
        expect({ offset, title: data?.tracking?.title }).not.toEqual({ offset, title: 'CUT' });
        // An answer is that of the second attempt; where the repeats are used up there is none.
        if (errors.length === 0) expect(world.proxy.requests.length).toBe(before + 2);
        await world.proxy.set({});
        for (let calls = 0; calls < 5; calls += 1) await finish(world, world.look(number, FRESH));
      }
    });
  }

  stillRow('A7 a whole body is a success in all three framings', {}, async (world) => {
    const [number = ''] = world.numbers;
    for (const framing of ['content-length', 'chunked', 'until the end'] as const) {
      const body = readBody(number, titleOf(number));
      await world.proxy.set({ answer: framed(framing, body, body.length), hangUp: true });
      expect((await finish(world, world.look(number, FRESH))).data.tracking.title).toBe(titleOf(number));
    }
  });

  const wrong = {
    'not JSON': '{"meta":{"code":200},"data":[}',
    nothing: '',
    null: 'null',
    'an array': '[]',
    'a number': '1e999',
    'no meta': '{"data":[]}',
    'a code as text': '{"meta":{"code":"200"},"data":[]}',
    'a broken code': '{"meta":{"code":200.5},"data":[]}',
    'data of null': '{"meta":{"code":200},"data":null}',
    'data as text': '{"meta":{"code":200},"data":"x"}',
    'an item of null': '{"meta":{"code":200},"data":[null]}',
    'an item without number': '{"meta":{"code":200},"data":[{"carrier_code":"cdek"}]}',
    'a number as number': '{"meta":{"code":200},"data":[{"carrier_code":"cdek","tracking_number":7}]}',
    'a prototype':
      '{"meta":{"code":200},"data":[{"__proto__":{"tracking_number":"7000000000","carrier_code":"cdek"}}]}',
    'deep nesting': `{"meta":{"code":200},"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    noise: '\u0000\ufffd\u0001',
  };
  const WRONG_SHAPE = 'A8 an answer of a wrong shape is neither a success nor kept, and counts against the upstream';
  stillRow(WRONG_SHAPE, {}, async () => {
    const seen: Record<string, object> = {};
    for (const [name, body] of Object.entries(wrong)) {
      await within(WRONG_SHAPE, {}, async (world) => {
        const [number = ''] = world.numbers;
        await world.proxy.set({ answer: httpAnswer(body) });
        const code = codeOf(await finish(world, world.look(number)));
        await world.proxy.set({});
        expect((await finish(world, world.look(number))).data.tracking.title).toBe(titleOf(number));
        await world.proxy.set({ answer: httpAnswer(body) });
        for (let index = 0; index < 6; index += 1) await finish(world, world.look(String(8_080_000_000 + index)));
        seen[name] = { code, status: (await world.ready()).status };
      });
    }
    const expected = { code: 'UPSTREAM_INVALID_RESPONSE', status: 'degraded' };
    expect(seen).toEqual(Object.fromEntries(Object.keys(wrong).map((name) => [name, expected])));
  });

  stillRow('A8 a mutated envelope crashes nothing and shows no other parcel', { parcels: 1 }, async (world) => {
    const [number = ''] = world.numbers;
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(null, [], {}, '', -1, 1e308, true, '\ud800', { ['__proto__']: { polluted: true } }),
    );
    const item = { tracking_number: number, carrier_code: CARRIER, status: 'transit', title: titleOf(number) };
    const leg = {
      trackinfo: [{ Date: '2026-03-02 10:00', StatusDescription: 'x', Details: '', checkpoint_status: 'transit' }],
    };
    const whole = { ...item, customer_email: '', created_at: '2026-03-02T10:00:00+00:00', origin_info: leg };
    const members = [
      ...Object.keys(whole),
      'updated_at',
      'destination_info',
      'itemTimeLength',
      'lastEvent',
      '__proto__',
    ];
    const mutated = fc
      .tuple(fc.subarray(members, { minLength: 1 }), fc.array(junk, { minLength: 16, maxLength: 16 }))
      .map(([names, values]) => {
        const text = JSON.stringify({ ...whole, trackinfo: undefined });
        // Written by hand, so that "__proto__" is a member like any other.
        const extra = names.map((name, index) => `${JSON.stringify(name)}:${JSON.stringify(values[index])}`).join();
        return `{"meta":{"code":200},"data":[${text.slice(0, -1)},${extra}}]}`;
      });
    const everything = `{ tracking(carrierCode: "${CARRIER}", trackingNumber: "${number}") { trackingNumber title status
      statusText createdAt updatedAt archived transitDays originCountry { code } origin { events { occurredAt } }
      destination { events { description } } events { occurredAt description location } latestEvent { leg } } }`;
    await fc.assert(
      fc.asyncProperty(mutated, async (body) => {
        await spoilFirst(world, httpAnswer(body), false);
        const { data, errors } = await finish(world, world.ask(everything, {}, FRESH));
        if (errors.length > 0) expect(NO_ANSWER).toContain(errors[0]?.extensions.code);
        else expect(data.tracking.trackingNumber).toBe(number);
        await world.proxy.set({});
        for (let calls = 0; calls < 5; calls += 1) await finish(world, world.look(number, FRESH));
      }),
      { numRuns: 150 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  stillRow('A8 noise in place of HTTP is no answer', {}, async (world) => {
    await world.proxy.set({ garbage: true });
    expect(NO_ANSWER).toContain(codeOf(await finish(world, world.look(world.numbers[0] ?? ''))));
  });

  stillRow('A9 a page of HTML is no answer, and shows nowhere', {}, async () => {
    const page = `<html><body><h1>${CANARY.html}</h1> ${CANARY.message}</body></html>`;
    for (const status of [200, 302, 403, 500, 502, 503]) {
      for (const type of ['text/html', 'application/json']) {
        await within('A9 a page of HTML is no answer, and shows nowhere', {}, async (world) => {
          await world.proxy.set({ answer: httpAnswer(page, status, type, `Location: http://${CANARY.html}/\r\n`) });
          const [number = ''] = world.numbers;
          const answers = [await finish(world, world.look(number)), await finish(world, world.create('8090000001'))];
          for (const answer of answers) expect(answer.errors).toHaveLength(1);
          expect(codeOf(answers[0]!)).toBe(
            status === 403
              ? 'UPSTREAM_REJECTED_KEY'
              : status >= 500
                ? 'UPSTREAM_UNAVAILABLE'
                : 'UPSTREAM_INVALID_RESPONSE',
          );
        });
      }
    }
  });

  stillRow('A9 the upstream’s own words show nowhere', {}, async () => {
    for (const code of [429, 500, 4001, 4012, 4019, 4999]) {
      await within('A9 the upstream’s own words show nowhere', {}, async (world) => {
        const meta = { code, type: CANARY.message, message: CANARY.message };
        await world.proxy.set({ answer: httpAnswer(JSON.stringify({ meta, data: [] })) });
        await finish(world, world.look(world.numbers[0] ?? ''));
        await finish(world, world.create('8090000002'));
        await finish(world, world.update(world.numbers[0] ?? '', { orderId: 'x' }));
      });
    }
  });
});

describe('an answer of the wrong size or for somebody else', () => {
  stillRow('A21 an endless body is cut at a limit', {}, async (world) => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const head = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n');
    await world.proxy.set({ answer: repeated(head, chunk, 1_600) });
    const answer = await finish(world, world.look(world.numbers[0] ?? ''));
    expect(codeOf(answer)).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(world.proxy.requests).toHaveLength(1);
    expect(world.proxy.sent()).toBeLessThan(24 * 1024 * 1024);
  });

  stillRow('A21 a compressed bomb is not unpacked', {}, async (world) => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`;
    await world.proxy.set({ answer: Buffer.concat([Buffer.from(head), bomb]) });
    const before = process.memoryUsage();
    const answer = await finish(world, world.look(world.numbers[0] ?? ''));
    const after = process.memoryUsage();
    expect(codeOf(answer)).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(25 * 1024 * 1024);
  });

  stillRow('A22 answers that change places are neither shown nor kept', {}, async (world) => {
    const [first = '', second = ''] = world.numbers;
    for (let round = 0; round < 20; round += 1) {
      // Each gets the other's, and so does every repeat.
      await world.proxy.set(({ path }) => {
        const other = path.endsWith(first) ? second : first;
        return { answer: httpAnswer(readBody(other, titleOf(other))) };
      });
      world.watch.forget();
      const both = Promise.all([world.look(first, FRESH), world.look(second, FRESH)]);
      const answers = await finish(world, both);
      for (const answer of answers) {
        expect(codeOf(answer)).toBe('UPSTREAM_INVALID_RESPONSE');
        expect(answer.data.tracking).toBe(null);
      }
      expect(world.watch.lines.filter((line) => line.includes('UPSTREAM_INVALID_RESPONSE')).length).toBeGreaterThan(0);
      await world.proxy.set({});
      await pass(world, 11_000, 1_000);
      // Nothing of it was kept: the next answers are the upstream's own, and right.
      const before = world.proxy.requests.length;
      for (const number of [first, second]) {
        expect((await finish(world, world.look(number))).data.tracking.title).toBe(titleOf(number));
      }
      expect(world.proxy.requests.length).toBe(before + 2);
      await pass(world, 70_000, 10_000);
    }
  });

  stillRow('A22 writes whose answers change places are not called done', {}, async (world) => {
    const [first = '', second = ''] = world.numbers;
    await world.proxy.set(swapping(2));
    const updates = [world.update(first, { orderId: '1' }), world.update(second, { orderId: '2' })];
    for (const answer of await finish(world, Promise.all(updates))) expect(codeOf(answer)).toBe('OUTCOME_UNKNOWN');
    const realtime = (number: string) =>
      world.ask(
        'query R($carrierCode: String!, $trackingNumber: String!) { realtime(carrierCode: $carrierCode, trackingNumber: $trackingNumber) { trackingNumber } }',
        { carrierCode: CARRIER, trackingNumber: number },
      );
    await world.proxy.set(swapping(2));
    const both = await finish(world, Promise.all([realtime(first), realtime(second)]));
    for (const answer of both) expect(codeOf(answer)).toBe('UPSTREAM_INVALID_RESPONSE');
  });

  stillRow('A22 creates whose answers change places are looked for', {}, async (world) => {
    // One after the other, so that they leave in calls of their own.
    await world.proxy.set(swapping(2));
    const first = world.create('8220000001');
    await calm();
    const answers = await finish(world, Promise.all([first, world.create('8220000002')]));
    for (const answer of answers) expect(answer.data.createTracking.__typename).toBe('CreateTrackingPayload');
    expect(world.effects('created')).toBe(2);
  });
});

/** Only the first calls change places: what comes after them has no partner. */
function swapping(calls: number): () => { readonly swap: boolean } {
  let left = calls;
  return () => ({ swap: left-- > 0 });
}

function* slowly(head: string): Generator<Buffer> {
  yield Buffer.from(`${head}{"meta":{"code":200},"data":[`);
  for (;;) yield Buffer.from(' ');
}

function* repeated(head: Buffer, chunk: Buffer, times: number): Generator<Buffer> {
  yield head;
  for (let time = 0; time < times; time += 1) yield chunk;
}

/** The first `cut` bytes of a body, in one of HTTP/1.1's three ways to say where it ends. */
function framed(framing: 'content-length' | 'chunked' | 'until the end', body: string, cut: number): string {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  const part = body.slice(0, cut);
  switch (framing) {
    case 'content-length':
      return `${head}Content-Length: ${body.length}\r\n\r\n${part}`;
    case 'chunked': {
      const chunk = part === '' ? '' : `${part.length.toString(16)}\r\n${part}\r\n`;
      return `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${cut === body.length ? '0\r\n\r\n' : ''}`;
    }
    case 'until the end':
      return `${head}Connection: close\r\n\r\n${part}`;
  }
}
