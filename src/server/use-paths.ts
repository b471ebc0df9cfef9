// The paths beside `/graphql` (contract.md §3).

import type { Plugin } from 'graphql-yoga';

/** Why the server is not at its best, in words for operators; and whether it takes requests at all. */
export interface Readiness {
  readonly serving: boolean;
  readonly reasons: readonly string[];
}

export interface PathsOptions {
  readonly readiness: () => Readiness;
  /** Is there a page at `/graphql` for browsers? */
  readonly graphiql: boolean;
}

/** Whoever comes to the root is shown the way; anything unknown is told where GraphQL is. */
export function usePaths({ readiness, graphiql }: PathsOptions): Plugin {
  return {
    onRequest({ url, endResponse, fetchAPI }) {
      const answer = (status: number, body: object) =>
        endResponse(fetchAPI.Response.json(body, { status, headers: { 'cache-control': 'no-store' } }));
      switch (url.pathname) {
        case '/graphql':
        case '/graphql/':
          return;
        case '/health':
          return answer(200, { status: 'ok' });
        case '/ready': {
          const { serving, reasons } = readiness();
          const status = serving ? (reasons.length > 0 ? 'degraded' : 'ready') : 'unavailable';
          return answer(serving ? 200 : 503, { status, reasons });
        }
        case '/':
          if (graphiql)
            return endResponse(new fetchAPI.Response(null, { status: 302, headers: { location: '/graphql' } }));
      }
      answer(404, { error: 'Nothing is here: GraphQL is at /graphql.' });
    },
  };
}
