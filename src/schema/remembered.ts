// What root fields have given already to a query that is executed anew (server/plan.ts): they are not asked twice.

import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { keyedBy } from './builder.ts';

/**
 * By response key: what the field gave, a promise as it is, of what was found where it is a keyed field (builder.ts); or what it
 * threw.
 */
export interface Remembered {
  readonly given: ReadonlyMap<string, unknown>;
  readonly thrown: { readonly key: string; readonly error: unknown } | undefined;
}

const REMEMBERED = Symbol('remembered');

/** The root value of an execution that goes on where another left off. */
export const rootOf = (remembered: Remembered) => ({ [REMEMBERED]: remembered });

const rememberedBy = (source: unknown): Remembered | undefined =>
  typeof source === 'object' && source !== null && REMEMBERED in source && isRemembered(source[REMEMBERED])
    ? source[REMEMBERED]
    : undefined;
const isRemembered = (value: unknown): value is Remembered =>
  typeof value === 'object' && value !== null && 'given' in value;

/** Lets the fields of `Query` take what a root value remembers of them. */
export function withMemory(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const keyed = keyedBy(field);
    const ask: GraphQLFieldResolver<unknown, unknown> = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context, info) => {
      const remembered = rememberedBy(source);
      const key = String(info.path.key);
      if (remembered?.thrown?.key === key) throw remembered.thrown.error;
      if (!remembered?.given.has(key)) return ask(source, args, context, info);
      const given = remembered.given.get(key);
      return keyed ? Promise.resolve(given).then(keyed.take) : given;
    };
  }
  return schema;
}
