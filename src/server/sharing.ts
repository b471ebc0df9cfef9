// One execution for equal queries that are in flight: same viewer, same body, no write of this process between them.
// What is shared is the finished text of the answer.

import { hash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { Context, Viewer } from '../context.ts';
import type { Clock } from '../domain/clock.ts';
import { createRegister } from '../domain/register.ts';
import type { CacheControl } from './cache-control.ts';

/** An answer as it is sent. */
export interface Answer {
  readonly payload: string | Buffer;
  /** Of the header with that name; undefined: none. */
  readonly cacheControl: string | undefined;
}

/** An execution, and those who wait for it. */
export interface Running {
  readonly requestId: string;
  readonly settled: boolean;
  /** Resolves when `answer` can be asked for; never rejects. */
  readonly done: Promise<void>;
  /** undefined: it was never executed. */
  answer(): Answer | undefined;
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
 * make the keys of two viewers equal. A long body is named by its digest: fifty look-ups take 10 kB, which would outlive their
 * answer as a key.
 */
export function shareKey(viewer: Viewer, writes: number, body: Buffer): string {
  const named = body.length > LONGEST_KEY ? `digest ${hash('sha256', body, 'base64')}` : `text ${body.toString()}`;
  return `${viewerKey(viewer)}\n${writes}\n${named}`;
}

const LONGEST_KEY = 2_048;

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
export function createSharing(clock: Clock, deadlineMs: number, cacheControl: CacheControl): Sharing {
  const running = createRegister<Execution>();
  const encoded = createEncoder();
  let finished: { readonly key: string | undefined; readonly execution: Execution }[] = [];

  /**
   * At the end of this turn of the event loop: equal queries that came with it are still being read from their sockets, and
   * everybody who waits has the answer by then.
   */
  function forgetSoon(key: string | undefined, execution: Execution): void {
    if (finished.length === 0) {
      setImmediate(() => {
        for (const each of finished) {
          if (each.key !== undefined && running.get(each.key) === each.execution) running.delete(each.key);
          each.execution.letGo();
        }
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
      const execution = createExecution(context, result, cacheControl, encoded, () => forgetSoon(key, execution));
      if (key !== undefined) running.set(key, execution);
      if (execution.settled) forgetSoon(key, execution);
      return execution;
    },
  };
}

const JOINABLE_SHARE = 10;
// A short payload goes out with the headers in one piece; a longer one is encoded here, once for all who share it.
const ENCODED_FROM = 4_096;
const MOST_BYTES_OF_A_UNIT = 3;
const MOST_SCRATCH_BYTES = 4 * 1024 * 1024;

/** Text as UTF-8, written once into a buffer that holds it in any case: to count its bytes first takes as long again. */
function createEncoder(): (text: string) => Buffer {
  let scratch: Buffer | undefined;
  return (text) => {
    const most = text.length * MOST_BYTES_OF_A_UNIT;
    if (most > MOST_SCRATCH_BYTES) return Buffer.from(text);
    if (!scratch || scratch.length < most) scratch = Buffer.allocUnsafeSlow(most);
    return Buffer.from(scratch.subarray(0, scratch.write(text)));
  };
}

/** The executors' own promises, long old to the garbage collector, hold the result too: so they hold a hollow one. */
function emptied({ data }: ExecutionResult): void {
  for (const field in data) data[field] = null;
}

interface Execution extends Running {
  readonly startedAt: number;
  abandoned(): boolean;
  /** Nobody asks for the answer any more. What refers to this is old by then, and would keep it until the next full collection. */
  letGo(): void;
}

/** `onSettled` is not called for a result that is here already. */
function createExecution(
  { requestId, startedAt, abandon }: Context,
  result: ExecutionResult | Promise<ExecutionResult>,
  cacheControl: CacheControl,
  encoded: (text: string) => Buffer,
  onSettled: () => void,
): Execution {
  let waiting = 0;
  let abandoned = false;
  // Let go of as soon as it is text: until the socket has taken that, garbage collections would copy thousands of objects.
  let unsent: ExecutionResult | undefined = result instanceof Promise ? undefined : result;
  let answer: Answer | undefined;
  // No getter in a literal: V8 makes a hidden class of its own for each such object, which is old at once and keeps what the
  // getter sees, here the whole operation, until the next full collection.
  const execution: Execution & { settled: boolean } = {
    requestId,
    startedAt,
    settled: !(result instanceof Promise),
    done:
      result instanceof Promise
        ? result.then((value) => {
            execution.settled = true;
            unsent = value;
            onSettled();
          })
        : Promise.resolve(),
    answer() {
      if (unsent?.data !== undefined) {
        const payload = JSON.stringify(unsent);
        answer = {
          payload: payload.length < ENCODED_FROM ? payload : encoded(payload),
          cacheControl: cacheControl.of(unsent),
        };
        emptied(unsent);
        unsent = undefined;
      }
      return answer;
    },
    join() {
      waiting += 1;
      return () => {
        waiting -= 1;
        if (waiting > 0 || execution.settled) return;
        abandoned = true;
        abandon();
      };
    },
    abandoned: () => abandoned,
    letGo() {
      answer = undefined;
    },
  };
  return execution;
}
