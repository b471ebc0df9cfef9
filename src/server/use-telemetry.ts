// One log line per operation, and the operation's end: its deadline's timer, and what clients are told beside data.

import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import type { Telemetry } from '../telemetry.ts';
import { codeOf } from './use-errors.ts';

export interface TelemetryPluginOptions {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly newId: () => string;
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** `x-request-id` is taken from the caller where it looks like one, and always answered. */
export function useTelemetry({ telemetry, clock, newId }: TelemetryPluginOptions): Plugin<Context> {
  const ids = new WeakMap<Request, string>();
  return {
    onRequest({ request }) {
      const given = request.headers.get('x-request-id') ?? '';
      ids.set(request, REQUEST_ID.test(given) ? given : newId());
    },
    onResponse({ request, response }) {
      const id = ids.get(request);
      if (id) response.headers.set('x-request-id', id);
    },
    onExecute({ args }) {
      const context = args.contextValue;
      const startedAt = clock.now();
      return {
        onExecuteDone({ result, setResult }) {
          context.done();
          if (Symbol.asyncIterator in result) return;
          const operation = getOperationAST(args.document, args.operationName);
          const errors = result.errors ?? [];
          telemetry.log('info', 'operation', {
            requestId: ids.get(context.request) ?? null,
            operation: operation?.name?.value ?? null,
            type: operation?.operation ?? null,
            durationMs: clock.now() - startedAt,
            upstreamCalls: context.notes.get('upstream-call') ?? 0,
            errors: [...new Set(errors.map(codeOf))],
          });
          const told = toldBeside(context);
          if (told) setResult({ ...result, extensions: { ...result.extensions, ...told } });
        },
      };
    },
  };
}

/** What clients are told beside data: writes beyond the quota, and answers that are old because the upstream fails. */
function toldBeside({ notes }: Context): Record<string, unknown> | undefined {
  const because = [...notes.keys()]
    .filter((note) => note.startsWith('stale:'))
    .map((note) => note.slice('stale:'.length));
  const warning = { code: 'UPSTREAM_QUOTA_EXCEEDED', message: 'Created beyond the quota of the upstream account.' };
  if (because.length === 0 && !notes.has('quota-warning')) return undefined;
  return {
    ...(because.length > 0 ? { stale: { because } } : {}),
    ...(notes.has('quota-warning') ? { warnings: [warning] } : {}),
  };
}
