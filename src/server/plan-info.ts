// What the resolvers that a plan calls are told of where they are, as graphql-js tells them.

import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { IRREGULAR, type Run } from './plan-values.ts';

/** Makes it for a run. */
export type InfoFor = (run: Run) => GraphQLResolveInfo;

const noPath = () => {
  throw IRREGULAR;
};
const NO_PATH: GraphQLResolveInfo['path'] = Object.defineProperties(
  { prev: undefined, key: '', typename: undefined },
  { prev: { get: noPath }, key: { get: noPath }, typename: { get: noPath } },
);

/** What of a plan it is made from. */
interface Site {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** What resolvers are told of where they are. Below the root no path is kept: who asks for it is graphql-js's to serve. */
export function infoOf(
  { schema, operation, fragments }: Site,
  parentType: GraphQLObjectType,
  { name, type: returnType }: GraphQLField<unknown, unknown>,
  key: string,
  fieldNodes: readonly FieldNode[],
): InfoFor {
  const path = parentType === schema.getQueryType() ? { prev: undefined, key, typename: parentType.name } : NO_PATH;
  const [fieldName, nodes] = [name, [...fieldNodes]];
  // Member by member: to spread the fixed ones into each was half of the time of a look-up.
  return ({ variables }) => ({
    fieldName,
    fieldNodes: nodes,
    returnType,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues: variables,
  });
}
