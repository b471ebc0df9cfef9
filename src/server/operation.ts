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
import { type Cut, cut, type Template, templateOf } from './templates.ts';

/** A document that may be executed. */
export interface Ready {
  readonly kind: 'ready';
  readonly source: string;
  /** The document as it came; the same object each time. */
  document(): DocumentNode;
  /** What plans are made from: with variables for the texts that are written into it (templates.ts), and these. */
  readonly template: DocumentNode;
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** The operation of that name, or the only one where none is given; undefined: there is no such. */
  operation(name: string | null | undefined): OperationDefinitionNode | undefined;
}

/** A document as far as it can be judged without variables. */
export type Prepared =
  | Ready
  | { readonly kind: 'invalid'; readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }
  | { readonly kind: 'unparsable'; readonly error: GraphQLError };

export interface Operations {
  /** Parses and validates; a text, or what is left of it without the values in it, that has come twice is kept. */
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
    maxSize: CACHE_BYTES / 2,
    sizeCalculation: (_, source) => 1 + source.length * BYTES_PER_CHARACTER,
  });
  /** By what documents have in common; `null`: those are no template. `last`: the newest of them. */
  const templates = new LRUCache<string, { readonly template: Template | null; last: string }>({
    maxSize: CACHE_BYTES / 2,
    sizeCalculation: (_, skeleton) => 1 + skeleton.length * BYTES_PER_CHARACTER,
  });

  // What comes once leaves no trace but its text: keeping what nobody asks for again costs more garbage collection than
  // parsing it.
  const seen = new LRUCache<string, true>({
    maxSize: SEEN_CHARACTERS,
    sizeCalculation: (_, source) => 1 + source.length,
  });

  /** Has it come before? From the second time on it is worth keeping. */
  function again(text: string): boolean {
    if (seen.delete(text)) return true;
    seen.set(text, true);
    return false;
  }

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

  /** Judged and kept by what it has in common with others; undefined: that is nothing. */
  function byTemplate(source: string, { skeleton, texts }: Cut): Prepared | undefined {
    const kept = templates.get(skeleton);
    if (kept) {
      if (!kept.template) return undefined;
      // The same again: not one of many, but one that has texts in it. It needs no variables for them.
      if (kept.last === source) known.set(source, judge(source));
      kept.last = source;
      return filled(source, kept.template, texts);
    }
    if (!again(skeleton)) return judge(source);
    const prepared = judge(source);
    const template = prepared.kind === 'ready' ? (templateOf(schema, prepared.document(), texts) ?? null) : null;
    templates.set(skeleton, { template, last: source });
    return template ? filled(source, template, texts) : prepared;
  }

  return {
    prepare(source) {
      const kept = known.get(source);
      if (kept) return kept;
      const pieces = cut(source);
      const templated = pieces && byTemplate(source, pieces);
      if (templated) return templated;
      const prepared = judge(source);
      if (again(source)) known.set(source, prepared);
      return prepared;
    },
  };
}

/** Another document of a template, which is valid as that is; parsed only where graphql-js must execute it. */
function filled(source: string, template: Template, texts: readonly string[]): Ready | undefined {
  const values = template.valuesOf(texts);
  if (!values) return undefined;
  let document: DocumentNode | undefined;
  const { operation } = template;
  return {
    kind: 'ready',
    source,
    document: () => (document ??= parse(source, { maxTokens: MAX_TOKENS })),
    template: template.document,
    texts: values,
    operation: (name) =>
      name === null || name === undefined || name === operation.name?.value ? operation : undefined,
  };
}

function ready(source: string, document: DocumentNode): Ready {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return {
    kind: 'ready',
    source,
    document: () => document,
    template: document,
    texts: undefined,
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
