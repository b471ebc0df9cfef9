// A query worked out once and run many times: which fields, of which types, from where. Runs what goes well and nothing
// else: at the first error, null out of place or value of a wrong type it gives up, and graphql-js executes the operation
// with what the root fields gave already, so that errors have one author and no upstream call is made twice. graphql-jit
// was here before: code of its own for each of fifty aliases took five times as long as they take together here.

import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../context.ts';
import type { Remembered } from '../schema/remembered.ts';
import { blankOf, type Field, put, selectionOf, type Site } from './plan-fields.ts';
import { type Asked, askTogether, groupsOf, keysOf, rememberEach } from './plan-groups.ts';
import type { Variables } from './plan-inputs.ts';
import { groupFields } from './plan-selections.ts';
import type { Run, Source } from './plan-values.ts';

/** One operation, for one outcome of its conditions. */
export interface Plan {
  /** Gives its data, or what `otherwise` gives, which is handed the results of the root fields that have been asked. */
  run(
    variables: Variables,
    context: Context,
    otherwise: (remembered: Remembered) => ExecutionResult | Promise<ExecutionResult>,
  ): ExecutionResult | Promise<ExecutionResult>;
}

const ROOT: Source = Object.freeze({});

/**
 * The plan of a valid query; undefined: graphql-js is to execute it. `variables` decide its conditions; the rest of them is
 * for each run.
 */
export function createPlan(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Plan | undefined {
  const query = schema.getQueryType();
  if (!query) return undefined;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const site: Site = { schema, operation, fragments, variables, selections: new Map() };
  // Introspection is asked for once, by tools.
  const roots = [...groupFields(site, query, [operation]).values()].flat();
  if (roots.some(({ name }) => name.value === '__schema' || name.value === '__type')) return undefined;
  const fields = selectionOf(site, query, [operation]);
  const groups = groupsOf(fields);
  const blank = blankOf(fields);
  return {
    run(given, context, otherwise) {
      const data = { ...blank };
      const remembered: Remembering = { given: new Map(), thrown: undefined };
      const run: Run = { variables: given, context, pending: 0, over: false, done: undefined, fail: undefined };
      const asked: Asked[] = [];
      try {
        const keys = groups.map((group) => keysOf(group, given));
        for (const field of fields) {
          if (!field.keyed) put(run, data, field, remember(remembered, field, run));
        }
        groups.forEach((group, at) => asked.push(askTogether(run, data, group, keys[at] ?? [])));
      } catch {
        run.over = true;
        return otherwise(remembered);
      }
      if (run.pending === 0) return { data };
      const handOn = async () => {
        for (const each of asked) rememberEach(remembered.given, each);
        return otherwise(remembered);
      };
      return new Promise((resolve) => {
        run.done = () => resolve({ data });
        run.fail = () => resolve(handOn());
      });
    },
  };
}

interface Remembering extends Remembered {
  readonly given: Map<string, unknown>;
  thrown: Remembered['thrown'];
}

/** Asks a root field, and keeps what it gives or throws. */
function remember(remembered: Remembering, { key, read }: Field, run: Run): unknown {
  try {
    const value = read(ROOT, run);
    remembered.given.set(key, value);
    return value;
  } catch (error) {
    remembered.thrown = { key, error };
    throw error;
  }
}
