// Lets Yoga take parsing and validation from operation.ts.

import type { DocumentNode, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Operations } from './operation.ts';

export function useOperation(operations: Operations): Plugin {
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    onParse({ params, setParsedDocument }) {
      const prepared = operations.prepare(String(params.source));
      if (prepared.kind === 'unparsable') throw prepared.error;
      verdicts.set(prepared.document, prepared.kind === 'invalid' ? prepared.errors : []);
      setParsedDocument(prepared.document);
    },
    onValidate({ params, setResult }) {
      const errors = verdicts.get(params.documentAST);
      if (errors) setResult(errors);
    },
  };
}
