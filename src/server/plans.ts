// The plans of one operation: one for each outcome of its conditions (`@skip` and `@include` by a variable).

import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Context } from '../context.ts';
import type { Remembered } from '../schema/remembered.ts';
import { createPlan, type Plan } from './plan.ts';
import { type Given, type Variables, variablesOf } from './plan-inputs.ts';
import { conditionsOf } from './plan-selections.ts';

type Result = ExecutionResult | Promise<ExecutionResult>;

export interface Plans {
  /** How many there may be. */
  readonly most: number;
  /** Executes the operation; `otherwise` executes what no plan can, from what its root fields have given so far. */
  run(variables: Given, context: Context, otherwise: (remembered?: Remembered) => Result): Result;
}

// Of one operation; who asks for more has graphql-js.
const MOST_CONDITIONS = 4;

export function createPlans(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Plans {
  const conditions = conditionsOf(document);
  const coerced = variablesOf(schema, operation);
  const plans = new Map<string, Plan | undefined>();
  const most = 2 ** conditions.length;
  // Mutations are rare and run one after the other, where a plan gains nothing.
  const plannable = operation.operation === 'query' && conditions.length <= MOST_CONDITIONS;

  function planFor(variables: Variables): Plan | undefined {
    const outcome = conditions.map((name) => String(variables[name])).join();
    if (!plans.has(outcome) && plans.size < most) plans.set(outcome, planned(variables));
    return plans.get(outcome);
  }

  function planned(variables: Variables): Plan | undefined {
    try {
      return createPlan(schema, document, operation, variables);
    } catch {
      // A condition without a value, or a name that is no name here: graphql-js knows what to say.
      return undefined;
    }
  }

  return {
    most,
    run(given, context, otherwise) {
      const variables = plannable ? coerced(given) : undefined;
      const plan = variables && planFor(variables);
      return plan ? plan.run(variables, context, otherwise) : otherwise();
    },
  };
}
