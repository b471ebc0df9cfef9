// The id that a request is known by in logs: taken from the caller, or made here, and always answered.

import type { Plugin } from 'graphql-yoga';

const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** `given` where it looks like an id, else a new one. */
export const requestIdOf = (given: string | null | undefined, newId: () => string): string =>
  typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();

/** `x-request-id` of requests and answers. `idOf` is what a context is made with. */
export function createRequestIds(newId: () => string): {
  readonly plugin: Plugin;
  readonly idOf: (request: Request) => string;
} {
  const ids = new WeakMap<Request, string>();
  const idOf = (request: Request) => {
    const id = ids.get(request) ?? requestIdOf(request.headers.get('x-request-id'), newId);
    ids.set(request, id);
    return id;
  };
  return {
    idOf,
    plugin: {
      onResponse({ request, response }) {
        response.headers.set('x-request-id', idOf(request));
      },
    },
  };
}
