// One account for several processes: the client lives in one of them, with budget, cache, merging and the order of
// writes, and the others ask it over a port. Nothing is paced, kept or ordered twice, so that two processes cannot spend
// the same call, and a write is seen by all at once. The price is a message for each read, kept ones included. What is
// said is in wire-messages.ts.

import type { Caller, CallerNote } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { createDeparture, leavable } from '../domain/departure.ts';
import { Fault } from '../domain/errors.ts';
import type { UpstreamClient } from './client.ts';
import { outcomeUnknown } from './creates.ts';
import {
  type Answer,
  decodeFault,
  decodeItems,
  decodeLookedUps,
  decodePage,
  encodeFault,
  encodeValue,
  failedOverThere,
  type FromOwner,
  type FromWorker,
  isOurs,
  type Method,
  METHODS,
  type Mirror,
  type Question,
} from './wire-messages.ts';

/** A two-way connection that carries what structured cloning can (`serialization: 'advanced'`). */
export interface Port {
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Several sends of one turn are one message. */
function batched<T>(send: (items: readonly T[]) => void): (item: T) => void {
  let waiting: T[] = [];
  return (item) => {
    if (waiting.length === 0) {
      setImmediate(() => {
        const items = waiting;
        waiting = [];
        send(items);
      });
    }
    waiting.push(item);
  };
}

/** The owner's side of one port. The returned function ends it: the other side has gone, and nobody waits there. */
export function serveClient(client: UpstreamClient, port: Port, clock: Clock): () => void {
  const asking = new Map<number, (reason?: unknown) => void>();
  let known = '';
  const mirror = (): Mirror => ({
    writes: client.writes(),
    tellsDestination: client.singleTellsDestination(),
    state: client.state(),
  });
  const answer = batched<Answer>((answers) => port.send({ upstream: { answers, mirror: mirror() } }));

  async function serve(question: Question): Promise<void> {
    const departure = createDeparture();
    const notes: CallerNote[] = [];
    asking.set(question.id, departure.leave);
    const caller: Caller = {
      deadline: clock.now() + question.remainingMs,
      signal: departure,
      priority: question.priority,
      readThrough: question.readThrough,
      note: (note) => void notes.push(note),
      errand: { over: false },
    };
    try {
      // The arguments are what a client of this very program was called with on the other side.
      const ask = client[question.method] as (...args: readonly unknown[]) => Promise<unknown>;
      const value = await ask(...question.args, caller);
      answer({ id: question.id, value: encodeValue(question.method, value), notes });
    } catch (error) {
      answer({ id: question.id, notes, ...(error instanceof Fault ? { fault: encodeFault(error) } : { bug: true }) });
    } finally {
      caller.errand.over = true;
      asking.delete(question.id);
    }
  }

  port.onMessage((message) => {
    if (!isOurs<FromWorker>(message)) return;
    for (const question of message.upstream.questions ?? []) void serve(question);
    for (const id of message.upstream.left ?? []) asking.get(id)?.(new Error('left'));
  });
  // What others do changes the mirror too: each worker hears of it within a second, and at once with any answer.
  let cancel = () => {};
  const beat = () => {
    const now = mirror();
    const text = JSON.stringify(now);
    if (text !== known) port.send({ upstream: { mirror: now } });
    known = text;
    cancel = clock.after(1_000, beat);
  };
  beat();
  return () => {
    cancel();
    for (const leave of asking.values()) leave(new Error('the process that asked has gone'));
  };
}

// So that what the owner says of a deadline arrives before the deadline itself.
const ANSWERED_EARLIER_MS = 20;

const UNKNOWN_YET: Mirror = {
  writes: 0,
  tellsDestination: true,
  state: { pausedUntil: 0, keyRejected: false, quotaExceeded: false, breakerOpen: false },
};

/** The client as the other processes have it. Rejects as the real one does. */
export function createRemoteClient(port: Port, clock: Clock): UpstreamClient {
  const waiting = new Map<
    number,
    { resolve(value: unknown): void; reject(error: unknown): void; readonly caller: Caller }
  >();
  let ids = 0;
  let mirror = UNKNOWN_YET;
  const question = batched<Question>((questions) => port.send({ upstream: { questions } }));
  const leave = batched<number>((left) => port.send({ upstream: { left } }));

  port.onMessage((message) => {
    if (!isOurs<FromOwner>(message)) return;
    mirror = message.upstream.mirror ?? mirror;
    for (const { id, value, fault, bug, notes } of message.upstream.answers ?? []) {
      const asked = waiting.get(id);
      waiting.delete(id);
      for (const note of notes) asked?.caller.note(note);
      if (fault) asked?.reject(decodeFault(fault));
      else if (bug) asked?.reject(failedOverThere());
      else asked?.resolve(value);
    }
  });

  function ask(method: Method, given: readonly unknown[]): Promise<unknown> {
    // Each method's last argument, see METHODS.
    const caller = given.at(-1) as Caller;
    const id = (ids += 1);
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject, caller }));
    question({
      id,
      method,
      args: given.slice(0, -1),
      remainingMs: Math.max(0, caller.deadline - clock.now() - ANSWERED_EARLIER_MS),
      priority: caller.priority,
      readThrough: caller.readThrough,
    });
    const left = () => {
      waiting.delete(id);
      leave(id);
    };
    return leavable(answer, caller.signal, left).catch((error: unknown) => {
      // Asked and not answered: nobody here knows what became of a write.
      const inDoubt = METHODS[method] === 'write' && caller.signal.aborted && error === caller.signal.reason;
      throw inDoubt ? outcomeUnknown(error) : error;
    });
  }

  /** The type of the real method: the owner's answer is the value it gave there. */
  const remote = <M extends Method>(method: M) =>
    ((...given: readonly unknown[]) => ask(method, given)) as UpstreamClient[M];

  return {
    lookups: (keys, caller) => ask('lookups', [keys, caller]).then(decodeLookedUps),
    readSingly: remote('readSingly'),
    list: (filter, page, caller) => ask('list', [filter, page, caller]).then(decodePage),
    realtime: remote('realtime'),
    carriers: remote('carriers'),
    detect: remote('detect'),
    create: remote('create'),
    createMany: (inputs, caller) => ask('createMany', [inputs, caller]).then(decodeItems),
    update: remote('update'),
    remove: remote('remove'),
    singleTellsDestination: () => mirror.tellsDestination,
    writes: () => mirror.writes,
    state: () => mirror.state,
    close: async () => {},
  };
}
