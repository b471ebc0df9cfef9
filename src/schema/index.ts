// The graph put together. Each file beside this one adds its own types and the fields that return them.

import { printSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isObjectType, lexicographicSortSchema, printSchema } from 'graphql';
import { addNode, type Builder, createBuilder } from './builder.ts';
import { addCarrier } from './carrier.ts';
import { addCreateTracking } from './create-tracking.ts';
import { addDeleteTracking } from './delete-tracking.ts';
import { addEnums } from './enums.ts';
import { addErrors } from './errors.ts';
import { createSubgraphBuilder, type SubgraphOptions, toSubgraph } from './federation.ts';
import { addNodeQueries } from './node.ts';
import { addRealtime } from './realtime.ts';
import { withMemory } from './remembered.ts';
import { addScalars } from './scalars.ts';
import { addTracking } from './tracking.ts';
import { addTrackings } from './trackings.ts';
import { addUpdateTracking } from './update-tracking.ts';

/** The schema of the standalone graph. */
export function createSchema(): GraphQLSchema {
  const builder = createBuilder();
  builder.queryType({ description: 'Reads. A look-up of what is not there is null, not an error.' });
  builder.mutationType({ description: 'Writes. An expected outcome is a type of the result; only faults are errors.' });
  const { node } = addGraph(builder);
  addNodeQueries(builder, node);
  return withMemory(withPlainReads(builder.toSchema()));
}

/** The schema of the subgraph: with entities, without `node`, which no two subgraphs can share (libraries.md §0.8). */
export function createSubgraph(options: SubgraphOptions): GraphQLSchema {
  const builder = createSubgraphBuilder();
  // All subgraphs have these two: whoever describes them contradicts the others.
  builder.queryType();
  builder.mutationType();
  return withMemory(withPlainReads(toSubgraph(builder, addGraph(builder), options)));
}

/** Everything that both graphs have. */
function addGraph(builder: Builder) {
  addScalars(builder);
  const enums = addEnums(builder);
  const errors = addErrors(builder, enums);
  const node = addNode(builder);
  const carrier = addCarrier(builder, enums);
  const tracking = addTracking(builder, enums, node);
  addTrackings(builder, enums);
  addRealtime(builder);
  addCreateTracking(builder, errors);
  addUpdateTracking(builder, enums, errors);
  addDeleteTracking(builder, errors);
  return { node, carrier, tracking };
}

/**
 * Pothos resolves an exposed member by a function of its own. graphql-js does the same without one, and plans
 * (server/plan.ts) then read the property in place.
 */
function withPlainReads(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.extensions.pothosExposedField === field.name) delete field.resolve;
    }
  }
  return schema;
}

/** The subgraph's schema as text: with its directives, as composers take it. */
export const printedSubgraph = (schema: GraphQLSchema) => `${printSubgraphSchema(schema)}\n`;

/** The schema as text, in an order that does not depend on the code's. */
export function printedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
