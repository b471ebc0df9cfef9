// Golden operations: each .graphql file of test/operations against the sandbox's demo account at a fixed time. The
// snapshot holds data, errors and the upstream calls the operation cost; a change of any is a change to review.

import { describe, expect, it } from 'vitest';
import { trackingId } from '../../src/domain/key.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import {
  BatchCreateTrackingsDocument,
  CarriersDocument,
  CreateTrackingDocument,
  DeleteTrackingDocument,
  NodeDocument,
  PageDocument,
  RealtimeDocument,
  TrackingDocument,
  UpdateTrackingDocument,
} from '../gql/graphql.ts';
import { sandboxFor, startApp, type TestApp } from '../support/app.ts';

const NOON = Date.parse('2026-03-03T12:00:00Z');

/** A program and its sandbox, fresh for each operation, so that no answer depends on another's. */
async function fresh(): Promise<{ readonly app: TestApp; readonly sandbox: Sandbox }> {
  const sandbox = await sandboxFor({ clockManual: true, clockStart: NOON });
  return { app: startApp({ baseUrl: sandbox.baseUrl }), sandbox };
}

const callsOf = (sandbox: Sandbox) =>
  sandbox.calls().map(({ method, path, body }) => [method, path, body].filter(Boolean).join(' '));

const STO = { carrierCode: 'sto', trackingNumber: '402934299065' };
const POST = { carrierCode: 'china-post', trackingNumber: 'LX123456785CN' };

describe('golden operations', () => {
  it('read one tracking with everything it has', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(TrackingDocument, POST);
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('read a tracking that is not there as null', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(TrackingDocument, { carrierCode: 'cdek', trackingNumber: '0000000000' });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('page through a filter', async () => {
    const { app, sandbox } = await fresh();
    const filter = { status: 'DELIVERED', archived: false } as const;
    const first = await app.run(PageDocument, { first: 3, filter });
    const second = await app.run(PageDocument, { first: 3, after: first.data?.trackings.pageInfo.endCursor, filter });
    expect({ first, second, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('answer an empty page with null cursors', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(PageDocument, { filter: { orderIds: ['no such order'] } });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('create a tracking, and name the existing one the second time', async () => {
    const { app, sandbox } = await fresh();
    const input = {
      carrierCode: 'russian-post',
      trackingNumber: 'RA555555555RU',
      title: "Anna's boots",
      customerName: 'Anna Example',
      customerEmail: 'anna@example.test',
      customerPhone: '+70000000001',
      orderId: '#900',
      orderCreatedAt: '2026-03-01T09:30:00',
      destinationCountryCode: 'ru',
      logisticsChannel: 'small parcels',
      language: 'en',
      autoCorrectCarrier: false,
      shipDate: '2026-03-02',
      comment: 'gift',
    };
    const first = await app.run(CreateTrackingDocument, { input });
    const second = await app.run(CreateTrackingDocument, { input });
    expect({ first, second, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('create a batch whose items have outcomes of their own', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(BatchCreateTrackingsDocument, {
      input: [
        { carrierCode: 'cdek', trackingNumber: '7777700001' },
        { ...STO },
        { carrierCode: 'cdek', trackingNumber: 'no number!' },
        { carrierCode: 'no-such-carrier', trackingNumber: '7777700002' },
        { carrierCode: 'CDEK', trackingNumber: ' 7777700001 ' },
      ],
    });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('update with the documented body and answer the new values', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(UpdateTrackingDocument, {
      ...STO,
      input: {
        title: 'new title',
        logisticsChannel: '4PX挂号小包',
        customerName: 'sandy',
        customerEmail: 'sandy@example.test',
        customerPhone: '+86123456789',
        orderId: '986574521568',
        destinationCountryCode: 'CN',
        archived: true,
        status: 'EXCEPTION',
      },
    });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('give a parcel its own status back', async () => {
    const { app, sandbox } = await fresh();
    await app.run(UpdateTrackingDocument, { ...STO, input: { status: 'DELIVERED', title: 'x' } });
    sandbox.clearCalls();
    const answer = await app.run(UpdateTrackingDocument, { ...STO, input: { status: 'ORIGINAL', title: null } });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('delete a tracking, and report it missing the second time', async () => {
    const { app, sandbox } = await fresh();
    const first = await app.run(DeleteTrackingDocument, STO);
    const second = await app.run(DeleteTrackingDocument, STO);
    expect({ first, second, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('ask the carrier now', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(RealtimeDocument, {
      carrierCode: 'china-ems',
      trackingNumber: 'EX234567895CN',
      destinationCountryCode: 'US',
      orderId: '#77',
    });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('list carriers and detect one', async () => {
    const { app, sandbox } = await fresh();
    const answer = await app.run(CarriersDocument, { code: 'CDEK', trackingNumber: 'EA152563251CN' });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });

  it('refetch by id', async () => {
    const { app, sandbox } = await fresh();
    const ids = [STO, POST, { carrierCode: 'cdek', trackingNumber: '0000000000' }].map((key) => trackingId(key));
    const answer = await app.run(NodeDocument, { id: ids[0] ?? '', ids });
    expect({ ...answer, calls: callsOf(sandbox) }).toMatchSnapshot();
  });
});

describe('the seven endpoints', () => {
  it('are all reached, each by its operation and at its cost', async () => {
    const { app, sandbox } = await fresh();
    const costs: Record<string, readonly string[]> = {};
    const measure = async (operation: string, run: () => Promise<{ readonly errors?: unknown }>) => {
      sandbox.clearCalls();
      expect((await run()).errors).toBeUndefined();
      costs[operation] = sandbox.calls().map((call) => call.route);
    };
    await measure('createTracking', () =>
      app.run('mutation { createTracking(input: {carrierCode: "cdek", trackingNumber: "8888800001"}) { __typename } }'),
    );
    await measure('batchCreateTrackings', () =>
      app.run(`mutation { batchCreateTrackings(input: [
        {carrierCode: "cdek", trackingNumber: "8888800002"}, {carrierCode: "cdek", trackingNumber: "8888800003"}
      ]) { createdCount } }`),
    );
    await measure('tracking', () =>
      app.run('{ tracking(carrierCode: "cdek", trackingNumber: "8888800001") { status } }'),
    );
    await measure('updateTracking', () =>
      app.run(
        'mutation { updateTracking(carrierCode: "cdek", trackingNumber: "8888800001", input: {title: "t"}) { __typename } }',
      ),
    );
    await measure('deleteTracking', () =>
      app.run('mutation { deleteTracking(carrierCode: "cdek", trackingNumber: "8888800001") { __typename } }'),
    );
    await measure('trackings', () => app.run('{ trackings { totalCount } }'));
    await measure('realtime', () =>
      app.run('{ realtime(carrierCode: "cdek", trackingNumber: "8888800002") { status } }'),
    );
    expect(costs).toMatchSnapshot();
  });
});
