// Which fields a selection asks a type for, as graphql-js collects them: in order, through fragments, equal keys together.

import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
  type TypeNode,
  visit,
} from 'graphql';
import type { Variables } from './plan-inputs.ts';

/** What decides about fields: the schema, the fragments, and the variables of conditions. */
export interface Ground {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Variables;
}

/** The nodes behind each key of a result, in the order of its keys. */
export function groupFields(
  ground: Ground,
  type: GraphQLObjectType,
  parents: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const groups = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const { selectionSet } of parents) if (selectionSet) collect(ground, type, selectionSet, groups, visited);
  return groups;
}

function collect(
  ground: Ground,
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  groups: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of selections) {
    if (!included(selection, ground.variables)) continue;
    switch (selection.kind) {
      case Kind.FIELD: {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = groups.get(key);
        if (nodes) nodes.push(selection);
        else groups.set(key, [selection]);
        break;
      }
      case Kind.INLINE_FRAGMENT:
        if (applies(ground.schema, selection.typeCondition, type))
          collect(ground, type, selection.selectionSet, groups, visited);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const name = selection.name.value;
        const fragment = ground.fragments[name];
        if (visited.has(name) || !fragment) break;
        visited.add(name);
        if (applies(ground.schema, fragment.typeCondition, type))
          collect(ground, type, fragment.selectionSet, groups, visited);
        break;
      }
    }
  }
}

function included(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}

function applies(schema: GraphQLSchema, condition: TypeNode | undefined, type: GraphQLObjectType): boolean {
  if (!condition || condition.kind !== Kind.NAMED_TYPE) return true;
  const wanted = typeFromAST(schema, condition);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include';

/** The variables that decide whether fields of the document are there. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      if (!isCondition(directive)) return;
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
