// Variables and arguments of a run. graphql-js coerces them; what is nearly always there, a text for a variable and a
// variable for an argument, is taken as it is, since a document of fifty look-ups has a hundred of them.

import {
  type FieldNode,
  getArgumentValues,
  getVariableValues,
  type GraphQLField,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  visit,
} from 'graphql';

/** Coerced. */
export type Variables = Readonly<Record<string, unknown>>;
/** As a client sends them. */
export type Given = Variables | null | undefined;

/** Coerces what a client sent for the variables of an operation; undefined: something is wrong with them. */
export function variablesOf(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (given: Given) => Variables | undefined {
  const texts = variableDefinitions.map(({ variable, type }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    const isText = named.kind === Kind.NAMED_TYPE && (named.name.value === 'String' || named.name.value === 'ID');
    return isText ? variable.name.value : undefined;
  });
  // As a member of a plain object it would be something else.
  const odd = texts.includes('__proto__');
  // With all names there already: fifty that are added one after the other are moved about seventeen times.
  const blank: Record<string, unknown> = Object.fromEntries(texts.map((name) => [name ?? '', undefined]));
  return (given) => {
    if (odd) return undefined;
    const taken = { ...blank };
    for (const name of texts) {
      const value = name !== undefined && given && Object.hasOwn(given, name) ? given[name] : undefined;
      if (name === undefined || typeof value !== 'string') return coerced(given);
      taken[name] = value;
    }
    return taken;
  };

  function coerced(given: Given): Variables | undefined {
    return getVariableValues(schema, variableDefinitions, given ?? {}, { maxErrors: 1 }).coerced;
  }
}

type Arguments = Readonly<Record<string, unknown>>;

/** The arguments of a field, by the variables of a run. Throws where they are wrong. */
export function argumentsOf(
  { schema, operation }: { readonly schema: GraphQLSchema; readonly operation: OperationDefinitionNode },
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Arguments {
  const given = node.arguments ?? [];
  const varying = given.filter(hasVariable);
  if (varying.length === 0) {
    let fixed: Arguments | undefined;
    return () => (fixed ??= getArgumentValues(field, node));
  }
  // A variable of the very type that the argument takes needs no look at its value.
  const direct = varying.flatMap(({ name, value }) => {
    const argument = field.args.find((each) => each.name === name.value);
    if (value.kind !== Kind.VARIABLE || !argument || !isNonNullType(argument.type)) return [];
    const definition = operation.variableDefinitions?.find((each) => each.variable.name.value === value.name.value);
    const type = definition && typeFromAST(schema, definition.type);
    return String(type) === String(argument.type) ? [{ name: name.value, variable: value.name.value }] : [];
  });
  if (direct.length < varying.length) return (variables) => getArgumentValues(field, node, variables);
  const others: FieldNode = { ...node, arguments: given.filter((argument) => !hasVariable(argument)) };
  const optional = { ...field, args: field.args.filter(({ name }) => !direct.some((each) => each.name === name)) };
  const varied = Object.fromEntries(direct.map(({ name }) => [name, undefined]));
  let fixed: Arguments | undefined;
  return (variables) => {
    // With all names there already: to add one to a copy is slow.
    fixed ??= { ...getArgumentValues(optional, others), ...varied };
    const args: Record<string, unknown> = { ...fixed };
    for (const { name, variable } of direct) args[name] = variables[variable];
    return args;
  };
}

function hasVariable(node: NonNullable<FieldNode['arguments']>[number]): boolean {
  let found = false;
  visit(node, { Variable: () => void (found = true) });
  return found;
}
