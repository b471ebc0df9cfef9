// Several processes that share one port and one account: the first holds the upstream client and starts the others, which
// serve. Knows node:cluster; what is said over its channels is upstream/wire-port.ts.

import cluster, { type Worker } from 'node:cluster';
import type { Clock } from './domain/clock.ts';
import type { Telemetry } from './telemetry.ts';
import type { UpstreamClient } from './upstream/client.ts';
import { type Port, serveClient } from './upstream/wire-port.ts';

export interface WorkersOptions {
  readonly count: number;
  readonly client: UpstreamClient;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

export interface Workers {
  /** Where they listen. */
  readonly port: number;
  /** Lets each finish what it does, for `graceMs`, then ends it. */
  close(graceMs: number): Promise<void>;
}

/** Is this process one of those that serve? */
export const isWorker = (): boolean => cluster.isWorker;

/** What a process with a parent can say and hear; `process` is one. */
export interface Channel {
  send?(message: object): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
  off(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

/** The connection to the process that holds the account; without that one there is nothing to serve: `orphaned`. */
export function portToOwner(channel: Channel, orphaned: () => void): Port & { close(): void } {
  channel.once('disconnect', orphaned);
  return {
    send: (message) => void channel.send?.(message),
    onMessage: (listener) => void channel.on('message', listener),
    close() {
      channel.off('disconnect', orphaned);
      channel.disconnect?.();
    },
  };
}

/** A worker that ends sooner than this is not replaced at once: most likely the next one would end too. */
const TOO_SOON_MS = 2_000;
const PATIENCE_MS = 1_000;

/** Starts `count` processes of this very program; resolves when all listen. Rejects when one ends before any does. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { client, clock, telemetry } = options;
  const running = new Map<Worker, Promise<void>>();
  let closing = false;
  let serving = 0;
  // The workers accept by themselves. Node's round robin hands connections over one by one, and one that is on its way to
  // a worker that has just died is answered by nobody. `setupPrimary` takes the policy as it is then.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ serialization: 'advanced' });

  function start(onFailure: () => void): void {
    const worker = cluster.fork();
    const since = clock.now();
    const stop = serveClient(
      client,
      {
        send: (message) => void (worker.isConnected() && worker.send(message)),
        onMessage: (listener) => void worker.on('message', listener),
      },
      clock,
    );
    // A channel that breaks while it is written to is the exit's affair.
    worker.on('error', () => {});
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', (code, signal) => {
        stop();
        running.delete(worker);
        resolve();
        if (closing) return;
        if (serving === 0) return onFailure();
        telemetry.log('error', 'a worker has ended and is replaced', { pid: worker.process.pid, code, signal });
        const wait = clock.now() - since < TOO_SOON_MS ? PATIENCE_MS : 0;
        clock.after(wait, () => {
          if (!closing) start(onFailure);
        });
      });
    });
    running.set(worker, ended);
  }

  const port = await new Promise<number>((resolve, reject) => {
    cluster.on('listening', (_worker, address) => {
      serving += 1;
      // Ready only now: the socket would close with the only worker that has it.
      if (serving === options.count) resolve(address.port);
    });
    const failed = () => reject(new Error('the workers do not start'));
    for (let started = 0; started < options.count; started += 1) start(failed);
  });

  return {
    port,
    async close(graceMs) {
      closing = true;
      for (const worker of running.keys()) worker.process.kill('SIGTERM');
      const cancel = clock.after(graceMs, () => {
        for (const worker of running.keys()) worker.process.kill('SIGKILL');
      });
      await Promise.all(running.values());
      cancel();
    },
  };
}
