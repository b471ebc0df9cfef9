// Runs a prepared operation: by graphql-js, and compiled once it has been seen often enough to be worth it. Codes its
// errors, logs its one line, and says beside the data what clients should know. Knows nothing of HTTP.

import {
  type DocumentNode,
  execute as interpret,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import type { Telemetry } from '../telemetry.ts';
import type { CacheControl } from './cache-control.ts';
import type { Ready } from './operation.ts';
import { clientError, codeOf } from './client-errors.ts';

/** What the client sends beside the document. */
export interface OperationRequest {
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Executes one operation and ends its context. A result without `data` was never executed: the request itself is wrong.
 * Never rejects.
 */
export type Execute = (
  prepared: Ready,
  request: OperationRequest,
  context: Context,
) => ExecutionResult | Promise<ExecutionResult>;

export interface ExecuteOptions {
  readonly schema: GraphQLSchema;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly cacheControl: CacheControl;
  /** Compile an operation when it is executed for the so-manieth time since its document is kept; Infinity: never. */
  readonly compileAt?: number;
}

/** One operation of a document, and what has been made of it. */
interface Plan {
  seen: number;
  /** `null`: is not compiled, see `compilable`. */
  compiled: CompiledQuery | null | undefined;
}

// A document is kept when it comes for the second time (operation.ts): compiled is what comes for the third.
const COMPILE_AT = 2;
// Compiled code takes about six times what its parsed document takes.
const COMPILED_BYTES = 64 * 1024 * 1024;
const BYTES_PER_CHARACTER = 500;

export function createExecute(options: ExecuteOptions): Execute {
  const { schema, clock, telemetry } = options;
  const compileAt = options.compileAt ?? COMPILE_AT;
  const plans = new WeakMap<OperationDefinitionNode, Plan>();
  // Holds compiled operations by what they cost; what falls out is compiled anew when it comes again.
  const compiled = new LRUCache<Plan, CompiledQuery>({
    maxSize: COMPILED_BYTES,
    dispose(_, plan) {
      plan.compiled = undefined;
      plan.seen = 0;
    },
  });

  /** Counts an operation in, and compiles it when it is worth it. */
  function compiledFor(prepared: Ready, operation: OperationDefinitionNode): CompiledQuery | undefined {
    let plan = plans.get(operation);
    if (!plan) {
      plan = { seen: 0, compiled: compilable(schema, prepared, operation) ? undefined : null };
      plans.set(operation, plan);
    }
    if (plan.compiled === null) return undefined;
    if (plan.compiled) {
      compiled.get(plan);
      return plan.compiled;
    }
    plan.seen += 1;
    if (plan.seen < compileAt) return undefined;
    const made = compileQuery(schema, prepared.document, operation.name?.value);
    if (!isCompiledQuery(made)) {
      plan.compiled = null;
      return undefined;
    }
    plan.compiled = made;
    compiled.set(plan, made, { size: prepared.source.length * BYTES_PER_CHARACTER });
    return made;
  }

  function run(prepared: Ready, request: OperationRequest, context: Context) {
    const operation = prepared.operation(request.operationName);
    const compiledQuery = operation && compiledFor(prepared, operation);
    const plainly = () =>
      interpret({
        schema,
        document: prepared.document,
        operationName: request.operationName,
        variableValues: request.variables,
        contextValue: context,
      });
    if (!compiledQuery) return plainly();
    const result = compiledQuery.query(undefined, context, request.variables);
    // Nothing has run: the variables are wrong. graphql-js says so in the words clients know.
    return 'data' in result || result instanceof Promise ? result : plainly();
  }

  function finish(prepared: Ready, request: OperationRequest, context: Context, result: ExecutionResult) {
    const operation = prepared.operation(request.operationName);
    const answer = answered(operation, context, result);
    options.cacheControl.answered(answer, operation?.operation, context);
    return answer;
  }

  function answered(
    operation: OperationDefinitionNode | undefined,
    context: Context,
    result: ExecutionResult,
  ): ExecutionResult {
    context.done();
    const errors = result.errors ?? [];
    if (telemetry.hears('info')) {
      telemetry.log('info', 'operation', {
        requestId: context.requestId,
        operation: operation?.name?.value ?? null,
        type: operation?.operation ?? null,
        durationMs: clock.now() - context.startedAt,
        upstreamCalls: context.notes.get('upstream-call') ?? 0,
        ...(context.notes.has('entity') ? { entities: context.notes.get('entity') } : {}),
        errors: [...new Set(errors.map(codeOf))],
      });
    }
    const extensions = context.notes.size > 0 ? toldBeside(context) : undefined;
    if (errors.length === 0) return extensions ? { data: result.data, extensions } : { data: result.data };
    return {
      errors: errors.map((error) => placed(clientError(error, telemetry), error)),
      ...('data' in result ? { data: result.data } : {}),
      ...(extensions ? { extensions } : {}),
    };
  }

  return (prepared, request, context) => {
    try {
      const result = run(prepared, request, context);
      if (!(result instanceof Promise)) return finish(prepared, request, context, result);
      return result.then(
        (settled) => finish(prepared, request, context, settled),
        (error) => finish(prepared, request, context, failed(error)),
      );
    } catch (error) {
      return finish(prepared, request, context, failed(error));
    }
  };
}

/** The executors report errors of fields in their results; what they throw is a bug of theirs or ours. */
const failed = (error: unknown): ExecutionResult => ({
  data: null,
  errors: [
    error instanceof GraphQLError
      ? error
      : new GraphQLError('unexpected', { originalError: error instanceof Error ? error : new Error(String(error)) }),
  ],
});

/**
 * Mutations are rare and run one after the other, where compiled code gains nothing; introspection is asked for once.
 * Beside a field whose null fails the whole answer, graphql-js does not begin what follows an error and does not wait
 * for what runs; compiled code does both, and would answer such an error later and at a higher upstream cost.
 */
function compilable(schema: GraphQLSchema, { document }: Ready, operation: OperationDefinitionNode): boolean {
  const fields = schema.getQueryType()?.getFields();
  if (operation.operation !== 'query' || !fields) return false;
  const roots = rootNames(document, operation.selectionSet);
  if (roots.some((name) => name === '__schema' || name === '__type')) return false;
  return roots.length === 1 || !roots.some((name) => isNonNullType(fields[name]?.type));
}

/** The names of the fields that an operation asks its root for, through fragments, each of which is looked at once. */
function rootNames(document: DocumentNode, { selections }: SelectionSetNode, seen = new Set<string>()): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootNames(document, selection.selectionSet, seen);
    const name = selection.name.value;
    if (seen.has(name)) return [];
    seen.add(name);
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    );
    return fragment && 'selectionSet' in fragment ? rootNames(document, fragment.selectionSet, seen) : [];
  });
}

/** Compiled code knows where an error belongs, but keeps no nodes of the document. */
function placed(shown: GraphQLError, from: GraphQLError): GraphQLError {
  if (shown.locations === undefined && from.locations !== undefined) {
    Object.defineProperty(shown, 'locations', { value: from.locations, enumerable: true });
  }
  return shown;
}

/** What clients are told beside data: writes beyond the quota, and answers that are old because the upstream fails. */
function toldBeside({ notes }: Context): Record<string, unknown> | undefined {
  const because = [...notes.keys()]
    .filter((note) => note.startsWith('stale:'))
    .map((note) => note.slice('stale:'.length));
  const warning = { code: 'UPSTREAM_QUOTA_EXCEEDED', message: 'Created beyond the quota of the upstream account.' };
  if (because.length === 0 && !notes.has('quota-warning')) return undefined;
  return {
    ...(because.length > 0 ? { stale: { because } } : {}),
    ...(notes.has('quota-warning') ? { warnings: [warning] } : {}),
  };
}
