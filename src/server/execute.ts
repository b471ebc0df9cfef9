// Runs a prepared operation: by graphql-js, and by a plan once it has been seen often enough to be worth one. Codes its
// errors, logs its one line, and says beside the data what clients should know. Knows nothing of HTTP.

import {
  execute as interpret,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import { type Remembered, rootOf } from '../schema/remembered.ts';
import type { Telemetry } from '../telemetry.ts';
import type { CacheControl } from './cache-control.ts';
import type { Ready } from './operation.ts';
import { clientError, codeOf } from './client-errors.ts';
import { createPlans, type Plans } from './plans.ts';

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
  /** Plan an operation when it is executed for the so-manieth time since its document is kept; Infinity: never. */
  readonly planAt?: number;
}

interface Known {
  seen: number;
  plans: Plans | undefined;
}

// A document is kept when it comes for the second time (operation.ts): planned is what comes for the third.
const PLAN_AT = 2;
const PLANS_BYTES = 64 * 1024 * 1024;
// Measured on the heap: 94 for one look-up with its events, 10 for fifty of them.
const BYTES_PER_CHARACTER = 100;

export function createExecute(options: ExecuteOptions): Execute {
  const { schema, clock, telemetry } = options;
  const planAt = options.planAt ?? PLAN_AT;
  const operations = new WeakMap<OperationDefinitionNode, Known>();
  // Holds plans by what they take; what falls out is planned anew when it comes again.
  const planned = new LRUCache<Known, Plans>({
    maxSize: PLANS_BYTES,
    dispose(_, known) {
      known.plans = undefined;
      known.seen = 0;
    },
  });

  /** Counts an operation in, and plans it when it is worth it. */
  function plansFor(prepared: Ready, operation: OperationDefinitionNode): Plans | undefined {
    let known = operations.get(operation);
    if (!known) {
      known = { seen: 0, plans: undefined };
      operations.set(operation, known);
    }
    if (known.plans) return planned.get(known);
    known.seen += 1;
    if (known.seen < planAt) return undefined;
    known.plans = createPlans(schema, prepared.template, operation);
    planned.set(known, known.plans, { size: prepared.source.length * BYTES_PER_CHARACTER * known.plans.most });
    return known.plans;
  }

  function run(prepared: Ready, request: OperationRequest, context: Context) {
    const operation = prepared.operation(request.operationName);
    const plainly = (remembered?: Remembered) =>
      interpret({
        schema,
        document: prepared.document(),
        operationName: request.operationName,
        variableValues: request.variables,
        contextValue: context,
        rootValue: remembered && rootOf(remembered),
      });
    const plans = operation && plansFor(prepared, operation);
    return plans ? plans.run(variablesOf(prepared, request), context, plainly) : plainly();
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
      errors: errors.map((error) => clientError(error, telemetry)),
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

/** What the client sent, and the texts that were written into the document. */
function variablesOf({ texts }: Ready, { variables }: OperationRequest): OperationRequest['variables'] {
  if (!texts || !variables) return texts ?? variables;
  for (const _ in variables) return { ...variables, ...texts };
  return texts;
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
