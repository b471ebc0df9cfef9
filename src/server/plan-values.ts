// How values become what is sent, while all goes well: leaves, lists, and promises of either. What does not go well throws.

import { GraphQLID, type GraphQLLeafType, type GraphQLOutputType, GraphQLString, isNonNullType } from 'graphql';
import type { Context } from '../context.ts';
import type { Variables } from './plan-inputs.ts';

/** Thrown where graphql-js would report an error, or does something this plan does not. Says nothing: nobody is shown it. */
export const IRREGULAR = new Error('irregular');

/** One run of a plan. */
export interface Run {
  readonly variables: Variables;
  readonly context: Context;
  /** Promises that are not settled yet. */
  pending: number;
  /** It has given up: what still comes in is of no use. */
  over: boolean;
  done: (() => void) | undefined;
  fail: (() => void) | undefined;
}

/** Makes of a value what is sent; where it holds promises, with places that are filled in when they settle. */
export type Complete = (value: unknown, run: Run) => unknown;

/** What fields are read from. */
export type Source = Readonly<Record<string, unknown>>;

export const isSource = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !(value instanceof Error);

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Uses what a promise gives; the run is not done before. */
export function wait<T>(run: Run, promise: PromiseLike<T>, use: (value: T) => void): void {
  run.pending += 1;
  promise.then(
    (value) => {
      if (run.over) return;
      try {
        use(value);
      } catch {
        giveUp(run);
        return;
      }
      run.pending -= 1;
      if (run.pending === 0) run.done?.();
    },
    () => giveUp(run),
  );
}

/** Puts what a promise gives into its place. */
export function fill(
  run: Run,
  promise: PromiseLike<unknown>,
  into: Record<string | number, unknown>,
  key: string | number,
  complete: Complete,
): void {
  wait(run, promise, (value) => {
    into[key] = complete(value, run);
  });
}

function giveUp(run: Run): void {
  if (run.over) return;
  run.over = true;
  run.fail?.();
}

export const nonNull =
  (complete: Complete): Complete =>
  (value, run) => {
    const completed = complete(value, run);
    if (completed === null) throw IRREGULAR;
    return completed;
  };

export const listOf =
  (complete: Complete): Complete =>
  (value, run) => {
    if (value === null || value === undefined) return null;
    // graphql-js takes any iterable; resolvers here give arrays.
    if (!Array.isArray(value)) throw IRREGULAR;
    // A copy has the right size from the first.
    const results: unknown[] = value.slice();
    const into: Record<number, unknown> = results;
    for (let at = 0; at < results.length; at += 1) {
      const item = results[at];
      if (isPromise(item)) fill(run, item, into, at, complete);
      else results[at] = complete(item, run);
    }
    return results;
  };

/** Is every text sent as it is? Custom scalars over texts may refuse one. */
export function takesAnyText(type: GraphQLOutputType): boolean {
  const inner = isNonNullType(type) ? type.ofType : type;
  return inner === GraphQLString || inner === GraphQLID;
}

export function leafOf(type: GraphQLLeafType): Complete {
  const anyText = takesAnyText(type);
  return (value) => {
    if (value === null || value === undefined) return null;
    if (anyText && typeof value === 'string') return value;
    // graphql-js would call a function, and throw an error.
    if (typeof value === 'function' || value instanceof Error) throw IRREGULAR;
    const sent: unknown = type.serialize(value);
    if (sent === null || sent === undefined) throw IRREGULAR;
    return sent;
  };
}
