import { it, expect, afterAll, onTestFinished } from 'vitest';
import { startApp } from '../support/app.ts';
import { scriptedUpstream } from '../support/upstream.ts';
import { TrackingDocument } from '../gql/graphql.ts';
it('x', async () => {
  const up = await scriptedUpstream(() => ({ code: 4031 }));
  onTestFinished(() => up.close());
  const app = startApp({ baseUrl: up.baseUrl, telemetry: { log: (...a) => console.log(...a) } });
  console.log(JSON.stringify(await app.run(TrackingDocument, { carrierCode: 'cdek', trackingNumber: '1234567890' })), up.arrivals);
});
