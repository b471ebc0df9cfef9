// Documents that differ only in the texts written into them: clients that build documents by hand send another one for each
// parcel. Such a document is the same as one with variables in those places; that one is validated once, planned, and run
// with the texts as its variables. Knows documents only, nothing of how they are kept or run.

import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLID,
  GraphQLString,
  isNonNullType,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  TypeInfo,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A document cut at its texts. */
export interface Cut {
  /** The same for documents that differ in their texts only. */
  readonly skeleton: string;
  readonly texts: readonly string[];
}

/** A document with variables where its texts were. */
export interface Template {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The variables that stand for the texts; undefined: there are not as many, so something else looks alike. */
  valuesOf(texts: readonly string[]): Readonly<Record<string, string>> | undefined;
}

// A comment or a block text may hold quotes, and an escape must be read: such documents are not cut.
const PLAIN = /^[^#\\]*$/;
// What graphql-js takes without a closer look: no control characters, no halves of characters.

const TEXT = /"[^"\u0000-\u001f\ud800-\udfff]*"/g;

/** Cuts a document; undefined: it has no texts, or what looks like one may be something else. */
export function cut(source: string): Cut | undefined {
  if (!PLAIN.test(source) || source.includes('"""')) return undefined;
  const texts: string[] = [];
  const skeleton = source.replace(TEXT, (text) => {
    texts.push(text.slice(1, -1));
    return '"';
  });
  return texts.length > 0 ? { skeleton, texts } : undefined;
}

// Not a name that a person would give a variable.
const PREFIX = '_text_';
const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });

/**
 * The template of a valid document; undefined: it is to be taken as it is, because a text stands where its value matters to
 * validation, or may be compared with another by it.
 */
export function templateOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  texts: readonly string[],
): Template | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [only] = operations;
  if (!only || operations.length > 1 || only.operation !== 'query') return undefined;
  const lifted: { readonly text: string; readonly definition: VariableDefinitionNode }[] = [];
  const keys = new Map<string, number>();
  const liftedKeys: string[] = [];
  let odd = only.variableDefinitions?.some(({ variable }) => variable.name.value.startsWith(PREFIX)) ?? false;
  const types = new TypeInfo(schema);
  const rewritten = visit(
    document,
    visitWithTypeInfo(types, {
      Field(field) {
        const key = field.alias?.value ?? field.name.value;
        keys.set(key, (keys.get(key) ?? 0) + 1);
        if (field.arguments?.some(({ value }) => value.kind === Kind.STRING)) liftedKeys.push(key);
      },
      Argument(argument): ArgumentNode | undefined {
        if (argument.value.kind !== Kind.STRING) return undefined;
        const type = textType(types.getArgument()?.type);
        odd ||= type === undefined;
        const variable = { kind: Kind.VARIABLE, name: nameNode(`${PREFIX}${lifted.length}`) } as const;
        lifted.push({
          text: argument.value.value,
          definition: {
            kind: Kind.VARIABLE_DEFINITION,
            variable,
            type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: nameNode(type ?? '') } },
          },
        });
        return { ...argument, value: variable };
      },
      StringValue() {
        // In a list or an input object.
        odd = true;
      },
    }),
  );
  // Two fields of one key must agree in their arguments: by their values, which a template does not know.
  if (odd || liftedKeys.some((key) => keys.get(key) !== 1)) return undefined;
  if (lifted.length !== texts.length || lifted.some(({ text }, at) => text !== texts[at])) return undefined;
  const definitions = lifted.map(({ definition }) => definition);
  let operation = only;
  const templated = visit(rewritten, {
    OperationDefinition(node) {
      operation = { ...node, variableDefinitions: [...(node.variableDefinitions ?? []), ...definitions] };
      return operation;
    },
  });
  return {
    document: templated,
    operation,
    valuesOf(given) {
      if (given.length !== definitions.length) return undefined;
      const values: Record<string, string> = {};
      given.forEach((text, at) => {
        values[`${PREFIX}${at}`] = text;
      });
      return values;
    },
  };
}

/** The name of a type that takes every text; undefined: it looks at what it is. */
function textType(type: GraphQLInputType | undefined | null): string | undefined {
  const named = isNonNullType(type) ? type.ofType : type;
  return named === GraphQLString || named === GraphQLID ? named.name : undefined;
}
