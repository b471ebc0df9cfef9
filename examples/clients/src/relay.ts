// Relay without React: the environment, a connection that grows by pages, a refetch by `node`, and a store that shows an
// update because every tracking has one id.

import {
  commitMutation,
  Environment,
  fetchQuery,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import type { GraphQLTaggedNode, MutationParameters, OperationType, SingularReaderSelector } from 'relay-runtime';
import type { documents_list$data } from './relay/__generated__/documents_list.graphql.ts';
import List from './relay/__generated__/documents_list.graphql.ts';
import type { documents_parcel$data } from './relay/__generated__/documents_parcel.graphql.ts';
import Parcel from './relay/__generated__/documents_parcel.graphql.ts';
import CreateMutation, { type documentsCreateMutation } from './relay/__generated__/documentsCreateMutation.graphql.ts';
import PaginationQuery, {
  type documentsListPaginationQuery,
} from './relay/__generated__/documentsListPaginationQuery.graphql.ts';
import ListQuery, { type documentsListQuery } from './relay/__generated__/documentsListQuery.graphql.ts';
import OneQuery, { type documentsOneQuery } from './relay/__generated__/documentsOneQuery.graphql.ts';
import RefetchQuery, {
  type documentsParcelRefetchQuery,
} from './relay/__generated__/documentsParcelRefetchQuery.graphql.ts';
import UpdateMutation, { type documentsUpdateMutation } from './relay/__generated__/documentsUpdateMutation.graphql.ts';
import { fresh, known, report, url } from './report.ts';

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ text }, variables) => {
    const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: text, variables }) });
    return answer.json();
  }),
});

const ask = <Query extends OperationType>(query: GraphQLTaggedNode, variables: Query['variables']) =>
  fetchQuery<Query>(environment, query, variables, { networkCacheConfig: { force: true } }).toPromise();

const change = <Mutation extends MutationParameters>(mutation: GraphQLTaggedNode, variables: Mutation['variables']) =>
  new Promise<Mutation['response']>((onCompleted, onError) =>
    commitMutation<Mutation>(environment, { mutation, variables, onCompleted, onError }),
  );

/** What the store holds of a fragment now: what a component would show. */
function shown(fragment: typeof List | typeof Parcel, reference: unknown): unknown {
  const selector = getSingularSelector(fragment, reference) as SingularReaderSelector;
  return environment.lookup(selector).data;
}

const read = await ask<documentsOneQuery>(OneQuery, known);

const list = await ask<documentsListQuery>(ListQuery, { count: 5 });
const numbers = () =>
  ((shown(List, list) as documents_list$data).trackings.edges ?? []).map(({ node }) => node.trackingNumber);
const first = numbers();
const { endCursor } = (shown(List, list) as { trackings: { pageInfo: { endCursor: string } } }).trackings.pageInfo;
await ask<documentsListPaginationQuery>(PaginationQuery, { count: 5, cursor: endCursor });
const both = numbers();

const { createTracking: made } = await change<documentsCreateMutation>(CreateMutation, { input: fresh });
const id = made.__typename === 'CreateTrackingPayload' ? made.tracking.id : '';
const { createTracking: again } = await change<documentsCreateMutation>(CreateMutation, { input: fresh });
const failure = again.__typename === 'TrackingAlreadyExistsError' ? again.existing?.title : undefined;

// What `useRefetchableFragment` does: the fragment's own query, by the id alone.
const refetched = await ask<documentsParcelRefetchQuery>(RefetchQuery, { id });
const title = () => (shown(Parcel, refetched?.node) as documents_parcel$data | undefined)?.title;
const before = title();
const { carrierCode, trackingNumber } = fresh;
await change<documentsUpdateMutation>(UpdateMutation, { carrierCode, trackingNumber, input: { title: 'Boots' } });

report({
  read: read?.tracking?.status,
  pages: [first, both.slice(first.length)],
  created: id,
  failure: [again.__typename, failure],
  titles: [before, title()],
  fromCache: true,
});
