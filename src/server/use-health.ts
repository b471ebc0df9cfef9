// `/health` and `/ready` (contract.md §3).

import type { Plugin } from 'graphql-yoga';

/** Why the server is not at its best, in words for operators; and whether it takes requests at all. */
export interface Readiness {
  readonly serving: boolean;
  readonly reasons: readonly string[];
}

export function useHealth(readiness: () => Readiness): Plugin {
  return {
    onRequest({ url, endResponse, fetchAPI }) {
      const answer = (status: number, body: object) =>
        endResponse(fetchAPI.Response.json(body, { status, headers: { 'cache-control': 'no-store' } }));
      if (url.pathname === '/health') answer(200, { status: 'ok' });
      if (url.pathname === '/ready') {
        const { serving, reasons } = readiness();
        const status = serving ? (reasons.length > 0 ? 'degraded' : 'ready') : 'unavailable';
        answer(serving ? 200 : 503, { status, reasons });
      }
    },
  };
}
