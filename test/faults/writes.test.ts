// Writes whose answers are lost: each is applied, rejected or unknown, never twice and never silently (faults.md §6.3).

import { describe, expect } from 'vitest';
import { calm, codeOf, finish, pass, stillRow, type World } from './world.ts';
import type { TestClock } from '../support/clock.ts';

const POST = 'POST /trackings/post';
const posts = (world: World) => world.sandbox.calls().filter((call) => call.route === POST);
const PAYLOAD = 'CreateTrackingPayload';
const kindOf = (answer: { readonly data: Record<string, { readonly __typename: string }> | null }) =>
  Object.values(answer.data ?? {})[0]?.__typename;

const LIMITED = {
  env: { TRACKRU_LIST_RPS: '1', TRACKRU_REALTIME_RPS: '3', TRACKRU_DEFAULT_RPS: '1' },
  sandbox: { limits: true },
} as const;
const BATCHING = { env: { TRACKRU_LOOKUP_BATCHING: 'auto' } } as const;

describe('a create', () => {
  stillRow('A23 a create whose answer is lost is found by reading and not sent again', {}, async (world) => {
    for (const [index, kind] of (['close', 'html', 'empty', 'bad-json', 'cut'] as const).entries()) {
      const number = `810000000${index}`;
      world.sandbox.addFault({ kind, route: POST, times: 1, afterEffect: true });
      const answer = await finish(world, world.create(number));
      expect({ kind, outcome: kindOf(answer) }).toEqual({ kind, outcome: PAYLOAD });
      expect(world.effects('created', number)).toBe(1);
      expect(posts(world)).toHaveLength(index + 1);
    }
  });

  stillRow('A23 a create whose answer never comes is found by reading when its time is up', {}, async (world) => {
    await world.proxy.set((request) => (request.method === 'POST' ? { timeout: 'answer' } : {}));
    const answer = await finish(world, world.create('8100000010'), 250);
    expect(kindOf(answer)).toBe(PAYLOAD);
    expect(world.effects('created', '8100000010')).toBe(1);
    expect(posts(world)).toHaveLength(1);
  });

  stillRow('A23 a create whose answer is reset at any byte is found by reading', {}, async (world) => {
    let cutAt = 0;
    await world.proxy.set((request) => (request.method === 'POST' ? { resetPeer: cutAt } : {}));
    for (let index = 0; index < 40; index += 1) {
      cutAt = index * 15;
      const number = String(8_100_001_000 + index);
      const answer = await finish(world, world.create(number));
      expect({ cutAt, outcome: kindOf(answer) }).toEqual({ cutAt, outcome: PAYLOAD });
      expect(world.effects('created', number)).toBe(1);
    }
  });

  stillRow('A24 a create that never arrived is sent once more', {}, async (world) => {
    world.sandbox.addFault({ kind: 'close', route: POST, times: 1 });
    const answer = await finish(world, world.create('8200000001'));
    expect(kindOf(answer)).toBe(PAYLOAD);
    expect(world.effects('created', '8200000001')).toBe(1);
    expect(posts(world)).toHaveLength(2);
  });

  stillRow('A24 a create that is lost twice is an unknown outcome, and no third is sent', {}, async (world) => {
    world.sandbox.addFault({ kind: 'close', route: POST });
    const answer = await finish(world, world.create('8200000002'));
    expect(codeOf(answer)).toBe('OUTCOME_UNKNOWN');
    expect(posts(world)).toHaveLength(2);
    expect(world.effects('created', '8200000002')).toBe(0);
  });

  stillRow(
    'A24 a batch that never arrived is looked for with one list call and sent once more',
    BATCHING,
    async (world) => {
      world.sandbox.addFault({ kind: 'close', route: 'POST /trackings/batch', times: 1 });
      const numbers = Array.from({ length: 40 }, (_, index) => String(8_200_001_000 + index));
      const answer = await finish(world, batch(world, numbers));
      expect(answer.data?.batchCreateTrackings).toEqual({ createdCount: 40, failedCount: 0 });
      for (const number of numbers) expect(world.effects('created', number)).toBe(1);
      // Verified by one list call (faults.md §6.3), then one batch.
      expect(world.sandbox.calls().map((call) => call.route)).toEqual([
        'POST /trackings/batch',
        'GET /trackings/get',
        'POST /trackings/batch',
      ]);
    },
  );

  stillRow(
    'A23 a batch whose answer is lost is found with one list call and not sent again',
    BATCHING,
    async (world) => {
      world.sandbox.addFault({ kind: 'close', route: 'POST /trackings/batch', times: 1, afterEffect: true });
      const numbers = Array.from({ length: 40 }, (_, index) => String(8_200_002_000 + index));
      const answer = await finish(world, batch(world, numbers));
      expect(answer.data?.batchCreateTrackings).toEqual({ createdCount: 40, failedCount: 0 });
      expect(world.sandbox.calls().map((call) => call.route)).toEqual(['POST /trackings/batch', 'GET /trackings/get']);
    },
  );

  stillRow('A25 a create that is applied after the look for it is answered as created', {}, async (world) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let applied = () => {};
    const done = new Promise<void>((resolve) => (applied = resolve));
    let sent = 0;
    await world.proxy.set((request) => {
      if (request.method !== 'POST') return {};
      sent += 1;
      // The first arrives upstream only when the second has left, and before the second is looked at.
      if (sent === 1) return { gate: held };
      release();
      return { gate: done };
    });
    const answer = world.create('8300000001');
    for (let tries = 0; world.effects('created', '8300000001') === 0; tries += 1) {
      expect(tries).toBeLessThan(400);
      await world.clock.advance(50);
      await calm();
    }
    applied();
    expect(kindOf(await finish(world, answer))).toBe(PAYLOAD);
    expect(world.effects('created', '8300000001')).toBe(1);
    expect(posts(world).map((call) => call.code)).toEqual([200, 4016]);
  });

  stillRow('A25 a create that another client made in the meantime is not called ours', {}, async (world) => {
    await world.proxy.set((request) => (request.method === 'POST' ? { timeout: 'request' } : {}));
    const answer = world.create('8300000002');
    await calm();
    await fetch(`${world.sandbox.baseUrl}/trackings/post`, {
      method: 'POST',
      headers: { 'Api-Key': 'canary-key-5f1c9e2a' },
      body: JSON.stringify({ carrier_code: 'cdek', tracking_number: '8300000002', title: 'theirs' }),
    });
    expect(kindOf(await finish(world, answer, 250))).toBe('TrackingAlreadyExistsError');
  });
});

describe('equal writes at the same time', () => {
  stillRow('A26 fifty equal creates are one upstream write with one outcome', {}, async (world) => {
    const answers = await finish(world, Promise.all(Array.from({ length: 50 }, () => world.create('8400000001'))));
    expect(new Set(answers.map(kindOf))).toEqual(new Set([PAYLOAD]));
    expect(posts(world)).toHaveLength(1);
  });

  stillRow('A26 fifty equal creates whose answer is lost are one upstream write', {}, async (world) => {
    world.sandbox.addFault({ kind: 'close', route: POST, times: 1, afterEffect: true });
    const answers = await finish(world, Promise.all(Array.from({ length: 50 }, () => world.create('8400000002'))));
    expect(new Set(answers.map(kindOf))).toEqual(new Set([PAYLOAD]));
    expect(posts(world)).toHaveLength(1);
  });

  stillRow('A26 fifty equal updates are one upstream write', {}, async (world) => {
    const number = world.numbers[0] ?? '';
    const twice = Array.from({ length: 50 }, () => world.update(number, { orderId: 'o-1' }));
    const answers = await finish(world, Promise.all(twice));
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['UpdateTrackingPayload']));
    expect(world.effects('updated', number)).toBe(1);
  });

  stillRow('A26 fifty equal deletes are one upstream write with one outcome', {}, async (world) => {
    const number = world.numbers[0] ?? '';
    const answers = await finish(world, Promise.all(Array.from({ length: 50 }, () => world.remove(number))));
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['DeleteTrackingPayload']));
    expect(world.proxy.requests).toHaveLength(1);
  });

  stillRow('A26 different updates of one tracking are applied in the order they came', {}, async (world) => {
    const number = world.numbers[0] ?? '';
    // The first is slow on its way: sent side by side, it would arrive last and win.
    let first = true;
    await world.proxy.set(() => {
      const gate = first ? new Promise<void>((resolve) => void world.clock.after(500, resolve)) : undefined;
      first = false;
      return gate ? { gate } : {};
    });
    const one = world.update(number, { orderId: 'first' });
    await calm();
    const two = world.update(number, { orderId: 'second' });
    await finish(world, Promise.all([one, two]));
    const read = await world.ask(`{ tracking(carrierCode: "cdek", trackingNumber: "${number}") { orderId } }`);
    expect(read.data.tracking.orderId).toBe('second');
  });

  stillRow('A26 a repeated delete spares what was created in between', {}, async (world) => {
    const number = world.numbers[0] ?? '';
    // The delete is done, its answer is lost; before it is repeated somebody creates the number again.
    world.sandbox.addFault({ kind: 'close', route: 'DELETE /trackings/:carrier/:number', times: 1, afterEffect: true });
    const removing = world.remove(number);
    await calm();
    const creating = world.create(number);
    const [removed, created] = await finish(world, Promise.all([removing, creating]));
    expect([kindOf(removed), kindOf(created)]).toEqual(['DeleteTrackingPayload', PAYLOAD]);
    expect(world.effects('deleted', number)).toBe(1);
    expect((await world.look(number)).data.tracking).not.toBeNull();
  });
});

describe('updates and deletes', () => {
  stillRow('A24 an update and a delete whose answers are lost are sent once more', {}, async (world) => {
    const [number = ''] = world.numbers;
    for (const kind of ['close', 'html', 'cut'] as const) {
      world.sandbox.addFault({ kind, route: 'PUT /trackings/:carrier/:number', times: 1, afterEffect: true });
      expect(kindOf(await finish(world, world.update(number, { orderId: kind })))).toBe('UpdateTrackingPayload');
    }
    world.sandbox.addFault({ kind: 'close', route: 'DELETE /trackings/:carrier/:number', times: 1, afterEffect: true });
    expect(kindOf(await finish(world, world.remove(number)))).toBe('DeleteTrackingPayload');
    expect(world.effects('deleted', number)).toBe(1);
  });

  stillRow('A24 an update and a delete that are lost twice are unknown outcomes', {}, async (world) => {
    const [number = ''] = world.numbers;
    await world.proxy.set({ timeout: 'answer' });
    expect(codeOf(await finish(world, world.update(number, { orderId: 'x' }), 250))).toBe('OUTCOME_UNKNOWN');
    expect(codeOf(await finish(world, world.remove(number), 250))).toBe('OUTCOME_UNKNOWN');
    expect(world.proxy.requests).toHaveLength(4);
  });

  stillRow('A24 writes that cannot have left are no unknown outcomes', {}, async (world) => {
    const [number = ''] = world.numbers;
    await world.proxy.set({ down: true });
    for (const write of [world.create('8500000001'), world.update(number, { orderId: 'x' }), world.remove(number)]) {
      expect(codeOf(await finish(world, write))).toBe('UPSTREAM_UNAVAILABLE');
    }
  });
});

describe('a client that leaves', () => {
  stillRow('A28 a create goes on without its client, and is found when its answer is lost', {}, async (world) => {
    for (const kind of ['none', 'close'] as const) {
      const number = kind === 'none' ? '8600000001' : '8600000002';
      if (kind === 'close') world.sandbox.addFault({ kind, route: POST, times: 1, afterEffect: true });
      let release = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      await world.proxy.set({ gate });
      const abort = new AbortController();
      const asked = world.create(number, {}, { signal: abort.signal }).catch(() => undefined);
      await calm();
      expect(world.proxy.requests.filter((request) => request.body.includes(number))).toHaveLength(1);
      abort.abort();
      await asked;
      await world.proxy.set({});
      release();
      await pass(world, 5_000);
      expect(world.effects('created', number)).toBe(1);
      // The lost one was looked for although nobody waits: its outcome is known.
      const reads = world.proxy.requests.filter((request) => request.path.includes(number) && request.method === 'GET');
      expect(reads).toHaveLength(kind === 'none' ? 0 : 1);
    }
  });

  stillRow('A28 an update and a delete go on without their client', {}, async (world) => {
    const [first = '', second = ''] = world.numbers;
    let release = () => {};
    await world.proxy.set({ gate: new Promise<void>((resolve) => (release = resolve)) });
    const abort = new AbortController();
    const writes = [
      world.update(first, { orderId: 'gone' }, { signal: abort.signal }).catch(() => undefined),
      world.remove(second, { signal: abort.signal }).catch(() => undefined),
    ];
    await calm();
    abort.abort();
    await Promise.all(writes);
    release();
    await pass(world, 1_000);
    expect([world.effects('updated', first), world.effects('deleted', second)]).toEqual([1, 1]);
  });

  stillRow('A28 a create whose client leaves before its turn is not sent', LIMITED, async (world) => {
    // One singly and one as a batch leave at once; the third waits a second.
    await finish(world, Promise.all([world.create('8600000010'), world.create('8600000011')]));
    const abort = new AbortController();
    const waiting = ['8600000012', '8600000013', '8600000014'].map((number) =>
      world.create(number, {}, { signal: abort.signal }).catch(() => undefined),
    );
    await calm();
    const sent = world.proxy.requests.length;
    abort.abort();
    await Promise.all(waiting);
    await pass(world, 5_000);
    expect(world.proxy.requests).toHaveLength(sent);
  });
});

const batch = (world: World<TestClock>, numbers: readonly string[]) =>
  world.ask(
    `mutation Batch($input: [CreateTrackingInput!]!) { batchCreateTrackings(input: $input) { createdCount failedCount } }`,
    { input: numbers.map((trackingNumber) => ({ carrierCode: 'cdek', trackingNumber, title: `T-${trackingNumber}` })) },
  );
