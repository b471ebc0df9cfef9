// What root fields have given already to a query that is executed anew (server/plan.ts): they are not asked twice.

import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';

/** By response key: gives what the field's resolver gave, or throws what it threw. */
export type Remembered = ReadonlyMap<string, () => unknown>;

const REMEMBERED = Symbol('remembered');

/** The root value of an execution that goes on where another left off. */
export const rootOf = (remembered: Remembered) => ({ [REMEMBERED]: remembered });

const rememberedBy = (source: unknown) =>
  typeof source === 'object' && source !== null && REMEMBERED in source && source[REMEMBERED] instanceof Map
    ? source[REMEMBERED]
    : undefined;

/** Lets the fields of `Query` take what a root value remembers of them. */
export function withMemory(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const ask: GraphQLFieldResolver<unknown, unknown> = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context, info) => {
      const given: unknown = rememberedBy(source)?.get(info.path.key);
      return typeof given === 'function' ? given() : ask(source, args, context, info);
    };
  }
  return schema;
}
