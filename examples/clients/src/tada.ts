// gql.tada alone: a typed document and `fetch`. No cache, so the update is shown by what the mutation answers with.

import { print } from 'graphql';
import type { ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
import { Create, One, Page, Update } from './documents.ts';
import { fresh, known, report, url } from './report.ts';

async function ask<Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: VariablesOf<typeof document>,
): Promise<ResultOf<typeof document>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

const read = await ask(One, known);
const first = await ask(Page, { first: 5 });
const second = await ask(Page, { first: 5, after: first.trackings.pageInfo.endCursor });

const { createTracking: result } = await ask(Create, fresh);
const created = result.__typename === 'CreateTrackingPayload' ? result.tracking : undefined;
const { createTracking: again } = await ask(Create, fresh);
const failure = again.__typename === 'TrackingAlreadyExistsError' ? again.existing?.title : undefined;

const before = await ask(One, fresh);
const { updateTracking: update } = await ask(Update, { ...fresh, title: 'Boots' });
const title = update.__typename === 'UpdateTrackingPayload' ? update.tracking.title : undefined;

report({
  read: read.tracking?.status,
  pages: [first, second].map(({ trackings }) => trackings.nodes.map((node) => node.trackingNumber)),
  created: created?.id,
  failure: [again.__typename, failure],
  titles: [before.tracking?.title, title],
  fromCache: false,
});
