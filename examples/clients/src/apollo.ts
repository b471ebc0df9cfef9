// Apollo Client 4: results of unions by their `__typename`, pages by `fetchMore`'s little brother, and a cache that shows an
// update because every tracking has one id.

import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { Create, One, Page, Update } from './documents.ts';
import { fresh, known, report, url } from './report.ts';

const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache: new InMemoryCache() });

const read = await client.query({ query: One, variables: known });
const first = await client.query({ query: Page, variables: { first: 5 } });
const after = first.data?.trackings.pageInfo.endCursor;
const second = await client.query({ query: Page, variables: { first: 5, after } });

const made = await client.mutate({ mutation: Create, variables: fresh });
const result = made.data?.createTracking;
const created = result?.__typename === 'CreateTrackingPayload' ? result.tracking : undefined;
const again = (await client.mutate({ mutation: Create, variables: fresh })).data?.createTracking;
const failure = again?.__typename === 'TrackingAlreadyExistsError' ? again.existing?.title : undefined;

// Whoever watches the parcel sees the new title: the cache keeps it by its id, under which the update comes back.
const before = await client.query({ query: One, variables: fresh });
await client.mutate({ mutation: Update, variables: { ...fresh, title: 'Boots' } });
const shown = client.readQuery({ query: One, variables: fresh });

report({
  read: read.data?.tracking?.status,
  pages: [first, second].map(({ data }) => data?.trackings.nodes.map((node) => node.trackingNumber) ?? []),
  created: created?.id,
  failure: [again?.__typename ?? '', failure],
  titles: [before.data?.tracking?.title, shown?.tracking?.title],
  fromCache: shown !== null,
});
client.stop();
