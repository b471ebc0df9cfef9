// One execution for equal queries that are in flight: same viewer, same body, no write of this process between them.
// What is shared is the finished text of the answer.

import type { ExecutionResult } from 'graphql';
import type { Context, Viewer } from '../context.ts';
import type { Clock } from '../domain/clock.ts';

/** An execution, and those who wait for it. */
export interface Running {
  readonly requestId: string;
  readonly settled: boolean;
  /** Resolves when `payload` can be asked for; never rejects. */
  /** undefined until it is settled. */
  result(): ExecutionResult | undefined;
  readonly done: Promise<void>;
  /** The answer as it is sent; undefined: it was never executed. */
  payload(): string | Buffer | undefined;
  /** One more waits; the returned function says that it has gone. With the last one the execution is abandoned. */
  join(): () => void;
}

export interface Sharing {
  /** An equal execution whose answer may be taken. */
  find(key: string): Running | undefined;
  /** Makes an execution known under `key`; without one it is shared with nobody. */
  start(key: string | undefined, context: Context, result: ExecutionResult | Promise<ExecutionResult>): Running;
}

/**
 * Names what must be equal. Each part stands in a place of its own and is encoded, so that no missing or odd part can
 * make the keys of two viewers equal.
 */
export function shareKey(viewer: Viewer, writes: number, body: string): string {
  return `${viewerKey(viewer)}\n${writes}\n${body}`;
}

const viewerKeys = new WeakMap<Viewer, string>();

function viewerKey(viewer: Viewer): string {
  let key = viewerKeys.get(viewer);
  if (key === undefined) {
    key = JSON.stringify([viewer.id, [...viewer.scopes].sort()]);
    viewerKeys.set(viewer, key);
  }
  return key;
}

/** Who joins has a deadline of his own: only an execution younger than a tenth of `deadlineMs` is joined. */
export function createSharing(clock: Clock, deadlineMs: number): Sharing {
  const running = new Map<string, Execution>();
  let finished: { readonly key: string; readonly execution: Execution }[] = [];

  /** At the end of this turn of the event loop: equal queries that came with it are still being read from their sockets. */
  function forgetSoon(key: string, execution: Execution): void {
    if (finished.length === 0) {
      setImmediate(() => {
        for (const each of finished) if (running.get(each.key) === each.execution) running.delete(each.key);
        finished = [];
      });
    }
    finished.push({ key, execution });
  }

  return {
    find(key) {
      const execution = running.get(key);
      const joinable =
        execution && !execution.abandoned() && clock.now() - execution.startedAt <= deadlineMs / JOINABLE_SHARE;
      return joinable ? execution : undefined;
    },
    start(key, context, result) {
      const execution = createExecution(context, result, () => {
        if (key !== undefined) forgetSoon(key, execution);
      });
      if (key !== undefined) running.set(key, execution);
      if (execution.settled && key !== undefined) forgetSoon(key, execution);
      return execution;
    },
  };
}

const JOINABLE_SHARE = 10;
// A payload this long is encoded once for all who share it; a short one goes out with the headers in one piece.
const ENCODE_ONCE = 4_096;

interface Execution extends Running {
  readonly startedAt: number;
  abandoned(): boolean;
}

/** `onSettled` is not called for a result that is here already. */
function createExecution(
  context: Context,
  result: ExecutionResult | Promise<ExecutionResult>,
  onSettled: () => void,
): Execution {
  let waiting = 0;
  let abandoned = false;
  let settled: ExecutionResult | undefined = result instanceof Promise ? undefined : result;
  let sent = 0;
  let payload: string | Buffer | undefined;
  const done =
    result instanceof Promise
      ? result.then((value) => {
          settled = value;
          onSettled();
        })
      : Promise.resolve();
  return {
    requestId: context.requestId,
    startedAt: context.startedAt,
    get settled() {
      return settled !== undefined;
    },
    done,
    payload() {
      if (settled?.data === undefined) return undefined;
      sent += 1;
      payload ??= JSON.stringify(settled);
      if (sent === 2 && payload.length >= ENCODE_ONCE && typeof payload === 'string') payload = Buffer.from(payload);
      return payload;
    },
    join() {
      waiting += 1;
      return () => {
        waiting -= 1;
        if (waiting > 0 || settled) return;
        abandoned = true;
        context.abandon();
      };
    },
    result: () => settled,
    abandoned: () => abandoned,
  };
}
