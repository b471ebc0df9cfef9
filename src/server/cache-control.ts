// What caches in front of this server are told: routers keep the answers of subgraphs for as long as `Cache-Control` says,
// and not at all without it. Decided once for both doors, when an operation has been answered.

import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { ANYBODY, type Context } from '../context.ts';

export interface CacheControl {
  /** Called for each answer, before it is sent. */
  answered(result: ExecutionResult, type: OperationTypeNode | undefined, context: Context): void;
  /** The header of an answer; undefined: none. */
  of(result: ExecutionResult | undefined): string | undefined;
}

/** `maxAge` in seconds, 0: nothing is to be kept; undefined: caches are told nothing. */
export function createCacheControl(maxAge: number | undefined): CacheControl {
  const keep = new WeakMap<ExecutionResult, string>();
  return {
    answered(result, type, { viewer, caller }) {
      if (!maxAge || type !== OperationTypeNode.QUERY || caller.readThrough) return;
      // What failed, and what is old already because the upstream fails, is asked for again.
      if (result.errors || result.extensions) return;
      keep.set(result, `max-age=${maxAge}, ${viewer.id === ANYBODY.id ? 'public' : 'private'}`);
    },
    of(result) {
      if (maxAge === undefined || !result) return undefined;
      return keep.get(result) ?? 'no-store';
    },
  };
}
