// Lets Yoga take parsing, validation and execution from the functions that the short way (fast-path.ts) calls too.

import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import type { Execute } from './execute.ts';
import type { Operations, Prepared } from './operation.ts';

export function useOperation(operations: Operations, execute: Execute): Plugin<Context> {
  const verdicts = new WeakMap<DocumentNode, Exclude<Prepared, { kind: 'unparsable' }>>();
  return {
    onParse({ params, setParsedDocument }) {
      const prepared = operations.prepare(String(params.source));
      if (prepared.kind === 'unparsable') throw prepared.error;
      const document = prepared.kind === 'ready' ? prepared.document() : prepared.document;
      verdicts.set(document, prepared);
      setParsedDocument(document);
    },
    onValidate({ params, setResult }) {
      const verdict = verdicts.get(params.documentAST);
      if (verdict) setResult(verdict.kind === 'invalid' ? verdict.errors : []);
    },
    onExecute({ args, setExecuteFn }) {
      const verdict = verdicts.get(args.document);
      if (verdict?.kind !== 'ready') return;
      const request = { operationName: args.operationName, variables: args.variableValues };
      setExecuteFn(() => execute(verdict, request, args.contextValue));
    },
  };
}
