// graphql-request: for scripts and servers. No cache, so the update is read again.

import { GraphQLClient } from 'graphql-request';
import { Create, One, Page, Update } from './documents.ts';
import { fresh, known, report, url } from './report.ts';

const client = new GraphQLClient(url);

const read = await client.request(One, known);
const first = await client.request(Page, { first: 5 });
const second = await client.request(Page, { first: 5, after: first.trackings.pageInfo.endCursor });

const { createTracking: result } = await client.request(Create, fresh);
const created = result.__typename === 'CreateTrackingPayload' ? result.tracking : undefined;
const { createTracking: again } = await client.request(Create, fresh);
const failure = again.__typename === 'TrackingAlreadyExistsError' ? again.existing?.title : undefined;

const before = await client.request(One, fresh);
await client.request(Update, { ...fresh, title: 'Boots' });
const after = await client.request(One, fresh);

report({
  read: read.tracking?.status,
  pages: [first, second].map(({ trackings }) => trackings.nodes.map((node) => node.trackingNumber)),
  created: created?.id,
  failure: [again.__typename, failure],
  titles: [before.tracking?.title, after.tracking?.title],
  fromCache: false,
});
