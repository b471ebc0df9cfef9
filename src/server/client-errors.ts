// How failures look to clients: coded, and without anything of the upstream's or ours in them. What is not expected is
// logged here, once, with its cause.

import { GraphQLError, Kind } from 'graphql';
import { Fault, InvalidInput } from '../domain/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import { asRequestError, withCode } from './operation.ts';

/** The code a client sees for `error`; nothing is logged. */
export function codeOf(error: GraphQLError): string {
  const original = originalOf(error);
  if (original instanceof Fault) return original.code;
  if (original !== undefined && !isProtocolMistake(error)) return 'INTERNAL_SERVER_ERROR';
  return String(protocolError(error).extensions.code);
}

/** The error a client may see for `error`. Logs what nobody expected. */
export function clientError(error: unknown, telemetry: Telemetry): GraphQLError {
  const original = originalOf(error);
  const place = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
  if (original instanceof Fault)
    return new GraphQLError(original.message, { ...place, extensions: extensionsOf(original) });
  if (error instanceof GraphQLError && (original === undefined || isProtocolMistake(error)))
    return protocolError(error);
  if (isAbandoned(original ?? error)) {
    return new GraphQLError('The request was abandoned.', { ...place, extensions: { code: 'UPSTREAM_TIMEOUT' } });
  }
  telemetry.log('error', 'an unexpected error was masked', { path: place.path?.join('.') ?? null }, original ?? error);
  return new GraphQLError('Internal server error.', { ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}

function originalOf(error: unknown): unknown {
  let original: unknown = error;
  while (original instanceof GraphQLError) original = original.originalError;
  return original;
}

function extensionsOf(fault: Fault): Record<string, unknown> {
  return {
    code: fault.code,
    ...(fault.retryable ? { retryable: true } : {}),
    ...(fault.retryAfterMs === undefined ? {} : { retryAfterMs: fault.retryAfterMs }),
    ...(fault instanceof InvalidInput ? { argument: fault.argument } : {}),
  };
}

/** A variable's scalar refused its value: graphql-js reports that with the scalar's own error inside. */
const isProtocolMistake = (error: GraphQLError) => error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;

function protocolError(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node?.kind === Kind.VARIABLE_DEFINITION) {
    const extensions = { code: 'BAD_USER_INPUT', argument: node.variable.name.value };
    return asRequestError(new GraphQLError(error.message, { nodes: error.nodes, extensions }));
  }
  // Yoga's own word for a request that is none.
  if (error.extensions.code === 'BAD_REQUEST') {
    return new GraphQLError(error.message, { extensions: { ...error.extensions, code: 'BAD_USER_INPUT' } });
  }
  return withCode(error, 'BAD_USER_INPUT');
}

/** The client left: nobody reads the answer any more. */
const isAbandoned = (error: unknown) => error instanceof Error && error.name === 'AbortError';
