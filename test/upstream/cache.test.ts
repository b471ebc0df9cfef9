// What is kept, for how long, and what an own write makes of it: through the door, over the sandbox, on a clock the
// test moves.

import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { sandboxFor, startApp, type TestApp } from '../support/app.ts';
import { testClock, type TestClock } from '../support/clock.ts';

const STO = 'carrierCode: "sto", trackingNumber: "402934299065"';
const READ = `{ tracking(${STO}) { title status fetchedAt } }`;
const PAGE = '{ trackings(first: 5) { totalCount nodes { title } } }';

async function fixture(
  env: Record<string, string> = {},
): Promise<{ app: TestApp; sandbox: Sandbox; clock: TestClock }> {
  const clock = testClock();
  const sandbox = await sandboxFor({ clockManual: true, clockStart: clock.now() });
  return { app: startApp({ baseUrl: sandbox.baseUrl, clock, env }), sandbox, clock };
}

/** Lets background refreshes arrive: they are real calls on real sockets. */
async function quiet(sandbox: Sandbox, calls: number): Promise<void> {
  for (let turn = 0; turn < 1_000 && sandbox.calls().length < calls; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  // One more round trip, so that the answer to the last call is in.
  await fetch(`${sandbox.origin}/sandbox`);
}

describe('a kept read', () => {
  it('answers again without a call while it is fresh, and tells its age', async () => {
    const { app, sandbox, clock } = await fixture();
    const first = await app.run(READ);
    await clock.advance(50_000);
    const second = await app.run(READ);
    expect(second.data).toEqual(first.data);
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('answers at once when stale, while one call refreshes it for all', async () => {
    const { app, sandbox, clock } = await fixture();
    const first = await app.run(READ);
    await clock.advance(70_000);
    const stale = await Promise.all(Array.from({ length: 100 }, () => app.run(READ)));
    expect(new Set(stale.map((answer) => JSON.stringify(answer.data)))).toEqual(new Set([JSON.stringify(first.data)]));
    await quiet(sandbox, 2);
    expect(sandbox.calls()).toHaveLength(2);
    const renewed = await app.run(READ);
    expect(renewed.data).not.toEqual(first.data);
    expect(sandbox.calls()).toHaveLength(2);
  });

  it('is gone after its time, and is read again', async () => {
    const { app, sandbox, clock } = await fixture({ CACHE_STALE_SECONDS: '100' });
    const first = await app.run(READ);
    await clock.advance(200_000);
    expect((await app.run(READ)).data).not.toEqual(first.data);
    expect(sandbox.calls()).toHaveLength(2);
  });

  it('is passed over for a client who wants no kept answer', async () => {
    const { app, sandbox } = await fixture();
    await app.run(READ);
    await app.run(READ, {}, { headers: { 'cache-control': 'no-cache' } });
    expect(sandbox.calls()).toHaveLength(2);
  });

  it('serves while the upstream fails, and says so', async () => {
    const { app, sandbox, clock } = await fixture();
    await app.run(READ);
    sandbox.addFault({ kind: 'html', status: 502 });
    await clock.advance(70_000);
    expect((await app.run(READ)).errors).toBeUndefined();
    await quiet(sandbox, 2);
    // The refresh is repeated after pauses of the same clock.
    await clock.advance(5_000);
    await quiet(sandbox, 3);
    await clock.advance(5_000);
    await quiet(sandbox, 4);
    const { errors, data, extensions } = await app.run<{ tracking: { status: string } }, object>(READ);
    expect(errors).toBeUndefined();
    expect(data?.tracking.status).toBe('IN_TRANSIT');
    expect(extensions).toEqual({ stale: { because: ['UPSTREAM_UNAVAILABLE'] } });
  });

  it('of nothing is short', async () => {
    const { app, sandbox, clock } = await fixture();
    const missing = '{ tracking(carrierCode: "cdek", trackingNumber: "0000000000") { id } }';
    await app.run(missing);
    await app.run(missing);
    expect(sandbox.calls()).toHaveLength(1);
    await clock.advance(70_000);
    await app.run(missing);
    expect(sandbox.calls()).toHaveLength(2);
  });

  it('of a page feeds the look-ups of its items', async () => {
    const { app, sandbox } = await fixture();
    const page = await app.run<{ trackings: { nodes: { carrierCode: string; trackingNumber: string }[] } }, object>(
      '{ trackings(first: 3) { nodes { carrierCode trackingNumber } } }',
    );
    const [{ carrierCode, trackingNumber }] = page.data?.trackings.nodes as [
      { carrierCode: string; trackingNumber: string },
    ];
    await app.run(
      `{ tracking(carrierCode: "${carrierCode}", trackingNumber: "${trackingNumber}") { status events { leg } } }`,
    );
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('of a page says the same each time, and so do look-ups of its items, in any order', async () => {
    const { app, sandbox, clock } = await fixture();
    const node = `carrierCode trackingNumber title statusText orderId updatedAt fetchedAt archived
      originCountry { code name } customer { name emails phone } logisticsChannel
      origin { carrierCode phone website events { occurredAt } } destination { carrierCode }
      events { occurredAt description location statusText substatus substatusCode leg }`;
    type Node = { readonly carrierCode: string; readonly trackingNumber: string };
    const pageOf = async () => {
      const page = await app.run<{ trackings: { nodes: Node[] } }, object>(
        `{ trackings(first: 20) { totalCount nodes { ${node} } } }`,
      );
      return page.data?.trackings.nodes ?? [];
    };
    const nodes = await pageOf();
    expect(nodes).toHaveLength(20);
    await clock.advance(5_000);
    const lookUp = (of: readonly Node[]) =>
      app.run<Record<string, Node>, object>(
        `{ ${of.map(({ carrierCode, trackingNumber }, at) => `t${at}: tracking(carrierCode: "${carrierCode}", trackingNumber: "${trackingNumber}") { ${node} }`).join(' ')} }`,
      );
    const [seventh] = nodes.slice(6);
    expect(seventh && Object.values((await lookUp([seventh])).data ?? {})).toEqual([seventh]);
    const few = nodes.filter((_, at) => at % 2 === 0);
    expect(Object.values((await lookUp(few)).data ?? {})).toEqual(few);
    expect(await pageOf()).toEqual(nodes);
    expect(Object.values((await lookUp(few)).data ?? {})).toEqual(few);
    expect(await pageOf()).toEqual(nodes);
    expect(sandbox.calls()).toHaveLength(1);
  });

  it('is not kept at all where the operator says so', async () => {
    const { app, sandbox } = await fixture({ CACHE_TTL_SECONDS: '0' });
    await app.run(READ);
    await app.run(READ);
    expect(sandbox.calls()).toHaveLength(2);
  });
});

describe('an own write', () => {
  it('drops what was kept of its tracking and of every list', async () => {
    const { app, sandbox } = await fixture();
    await app.run(READ);
    await app.run(PAGE);
    await app.run(`mutation { updateTracking(${STO}, input: {title: "mine"}) { __typename } }`);
    sandbox.clearCalls();
    expect(JSON.stringify((await app.run(READ)).data)).toContain('mine');
    await app.run(PAGE);
    expect(sandbox.calls()).toHaveLength(2);
  });

  it('of a new tracking ends "not there"', async () => {
    const { app } = await fixture();
    const read = '{ tracking(carrierCode: "cdek", trackingNumber: "4444400001") { status } }';
    expect((await app.run(read)).data).toEqual({ tracking: null });
    await app.run(
      'mutation { createTracking(input: {carrierCode: "cdek", trackingNumber: "4444400001"}) { __typename } }',
    );
    expect((await app.run(read)).data).toEqual({ tracking: { status: 'PENDING' } });
  });

  it('of a deleted tracking ends "there"', async () => {
    const { app } = await fixture();
    await app.run(READ);
    await app.run(`mutation { deleteTracking(${STO}) { __typename } }`);
    expect((await app.run(READ)).data).toEqual({ tracking: null });
  });

  it('sent twice at the same moment is one call', async () => {
    const { app, sandbox } = await fixture();
    const write = `mutation { updateTracking(${STO}, input: {title: "same"}) { __typename } }`;
    const answers = await Promise.all([app.run(write), app.run(write), app.run(write)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.data))).size).toBe(1);
    expect(sandbox.calls()).toHaveLength(1);
  });
});
