// What happens to one operation before it is executed, as plain functions that know nothing of HTTP: parse and validate
// once per document. Yoga's plugins call these, and so can any other door.

import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** A document that may be executed. */
export interface Ready {
  readonly kind: 'ready';
  readonly source: string;
  readonly document: DocumentNode;
  /** The operation of that name, or the only one where none is given; undefined: there is no such. */
  operation(name: string | null | undefined): OperationDefinitionNode | undefined;
}

/** A document as far as it can be judged without variables. */
export type Prepared =
  | Ready
  | { readonly kind: 'invalid'; readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }
  | { readonly kind: 'unparsable'; readonly error: GraphQLError };

export interface Operations {
  /** Parses and validates; a text that has come twice is kept and costs a look into a map. */
  prepare(source: string): Prepared;
}

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
}

/** graphql-js stops parsing here; operations of real clients have a few hundred tokens. */
const MAX_TOKENS = 10_000;
const CACHE_BYTES = 64 * 1024 * 1024;
/** Of texts that have come once. */
const SEEN_CHARACTERS = 4 * 1024 * 1024;
// A parsed document takes some 85 times its text (faults.md §3.3).
const BYTES_PER_CHARACTER = 85;

export function createOperations({ schema, introspection }: OperationsOptions): Operations {
  const rules = specifiedRules.map((rule) => (rule === ValuesOfCorrectTypeRule ? valuesOfCorrectType : rule));
  if (!introspection) rules.push(NoSchemaIntrospectionCustomRule);
  const known = new LRUCache<string, Prepared>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (_, source) => 1 + source.length * BYTES_PER_CHARACTER,
  });

  // A client that writes values into its documents sends each once: what is made of them is not kept, since keeping what
  // nobody asks for again costs more garbage collection than parsing it.
  const seen = new LRUCache<string, true>({
    maxSize: SEEN_CHARACTERS,
    sizeCalculation: (_, source) => 1 + source.length,
  });

  function judge(source: string): Prepared {
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: MAX_TOKENS });
    } catch (error) {
      const message = error instanceof GraphQLError ? error.message : 'The document is nested too deeply.';
      const positions = error instanceof GraphQLError ? { source: error.source, positions: error.positions } : {};
      const extensions = { code: 'GRAPHQL_PARSE_FAILED', http: REQUEST_ERROR };
      return { kind: 'unparsable', error: new GraphQLError(message, { ...positions, extensions }) };
    }
    const errors = validate(schema, document, rules).map((error) =>
      asRequestError(withCode(error, 'GRAPHQL_VALIDATION_FAILED')),
    );
    return errors.length > 0 ? { kind: 'invalid', document, errors } : ready(source, document);
  }

  return {
    prepare(source) {
      let prepared = known.get(source);
      if (!prepared) {
        prepared = judge(source);
        if (seen.delete(source)) known.set(source, prepared);
        else seen.set(source, true);
      }
      return prepared;
    },
  };
}

function ready(source: string, document: DocumentNode): Ready {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return {
    kind: 'ready',
    source,
    document,
    operation(name) {
      if (name !== null && name !== undefined) return operations.find((each) => each.name?.value === name);
      return operations.length === 1 ? operations[0] : undefined;
    },
  };
}

/**
 * An operation that was never executed: HTTP 400 where the client asked for `application/graphql-response+json`, 200 for
 * plain JSON (GraphQL over HTTP). Yoga reads and removes this.
 */
const REQUEST_ERROR = { status: 400, spec: true };

/** Marks an error as one of the request and not of a field. */
export function asRequestError(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    extensions: { ...error.extensions, http: REQUEST_ERROR },
  });
}

/** The same error with a code, unless it has one. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  if (typeof error.extensions.code === 'string') return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    originalError: error.originalError,
    extensions: { ...error.extensions, code },
  });
}

/**
 * graphql-js's rule, whose errors say which argument they are about: a wrong value is a caller's bad input, the rest
 * of validation a wrong document.
 */
function valuesOfCorrectType(context: ValidationContext): ReturnType<ValidationRule> {
  const naming = Object.create(context, {
    reportError: {
      value(error: GraphQLError) {
        const argument = context.getArgument()?.name;
        context.reportError(
          new GraphQLError(argument === undefined ? error.message : `Argument "${argument}": ${error.message}`, {
            nodes: error.nodes,
            extensions: { code: 'BAD_USER_INPUT', ...(argument === undefined ? {} : { argument }) },
          }),
        );
      },
    },
  });
  return ValuesOfCorrectTypeRule(naming);
}
