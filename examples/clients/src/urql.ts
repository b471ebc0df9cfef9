// urql with its normalised cache: graphcache needs to be told of types without an id, and nothing else.

import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { Create, One, Page, Update } from './documents.ts';
import { introspection } from './graphql-env.ts';
import { fresh, known, report, url } from './report.ts';

const client = new Client({
  url,
  preferGetMethod: false,
  exchanges: [
    cacheExchange({
      // Which types a union has: without it fragments are matched by guessing.
      schema: introspection,
      keys: {
        TrackingConnection: () => null,
        TrackingEvent: () => null,
        PageInfo: () => null,
        CreateTrackingPayload: () => null,
        UpdateTrackingPayload: () => null,
        TrackingAlreadyExistsError: () => null,
        TrackingInputError: () => null,
        TrackingNotFoundError: () => null,
      },
    }),
    fetchExchange,
  ],
});

const read = await client.query(One, known);
const first = await client.query(Page, { first: 5 });
const second = await client.query(Page, { first: 5, after: first.data?.trackings.pageInfo.endCursor });

const result = (await client.mutation(Create, fresh)).data?.createTracking;
const created = result?.__typename === 'CreateTrackingPayload' ? result.tracking : undefined;
const again = (await client.mutation(Create, fresh)).data?.createTracking;
const failure = again?.__typename === 'TrackingAlreadyExistsError' ? again.existing?.title : undefined;

const before = await client.query(One, fresh);
await client.mutation(Update, { ...fresh, title: 'Boots' });
const shown = client.readQuery(One, fresh, { requestPolicy: 'cache-only' });

report({
  read: read.data?.tracking?.status,
  pages: [first, second].map(({ data }) => data?.trackings.nodes.map((node) => node.trackingNumber) ?? []),
  created: created?.id,
  failure: [again?.__typename ?? '', failure],
  titles: [before.data?.tracking?.title, shown?.data?.tracking?.title],
  fromCache: shown !== null,
});
