// Creating trackings: singly or many in one batch call, and what becomes of a create whose reply was lost: it is looked
// for first, and only what is missing is sent once more (upstream.md §14.2, Q36). Never repeated blindly.

import { type Caller, UNENDING } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { STAYING } from '../domain/departure.ts';
import { asError, Fault, type AlreadyExists, type InputRefusal, type QuotaRefusal } from '../domain/errors.ts';
import { parseKey, type TrackingKey } from '../domain/key.ts';
import { MAX_BATCH, type NewTracking } from '../domain/requests.ts';
import type { Tracking } from '../domain/tracking.ts';
import type { Budget, Slot } from './budget.ts';
import type { CallReply, Calls } from './calls.ts';
import { createGatherer } from './coalesce.ts';
import { callerOf, type Entry } from './entries.ts';
import { classifyCode, type Verdict } from './failures.ts';
import { faultOf, wrongShape } from './replies.ts';
import { type BatchReply, readBatch, readOne } from './wire.ts';
import { batchBody, createBody } from './wire-requests.ts';

export type CreateOutcome =
  | { readonly kind: 'created'; readonly tracking: Tracking }
  | (AlreadyExists & { readonly key: TrackingKey })
  | InputRefusal
  | QuotaRefusal;

export interface Creates {
  /** Rejects with a `Fault` when the upstream could not be asked or its answer was lost for good. */
  create(input: NewTracking, caller: Caller): Promise<CreateOutcome>;
  /** For a caller who leaves at its deadline: rethrows, as "outcome unknown" where the call is on its way. */
  leftInDoubt(key: TrackingKey, caller: Caller): (error: unknown) => never;
}

export interface CreatesOptions {
  readonly calls: Calls;
  readonly budget: Budget;
  readonly clock: Clock;
  /** Reads one tracking now, past everything that is already on its way. */
  readonly read: (key: TrackingKey, caller: Caller) => Promise<Tracking | null>;
  /** A create of `key` is over, however it ended and whoever still waits: what was read before is out of date. */
  readonly written: (key: TrackingKey) => void;
}

type CreateEntry = Entry<NewTracking, CreateOutcome>;
type Lost = 'lost';

export function createCreates(options: CreatesOptions): Creates {
  const { calls, clock } = options;
  /** Entries whose call has left: from then on "no answer" does not mean "not done". */
  const onTheirWay = new Set<string>();
  const gatherer = createGatherer<NewTracking, CreateOutcome>({
    budget: options.budget,
    clock,
    single: 'create',
    many: 'createBatch',
    size: MAX_BATCH,
    merging: () => true,
    async send(entries, slot, endpoint) {
      for (const entry of entries) onTheirWay.add(entry.key);
      await deliver(entries, endpoint === 'create', slot, false);
      for (const entry of entries) {
        onTheirWay.delete(entry.key);
        options.written(keyOf(entry));
      }
    },
  });

  /** Sends entries, settles those that were answered, and goes after those that were not. */
  async function deliver(entries: readonly CreateEntry[], singly: boolean, slot: Slot | undefined, again: boolean) {
    const caller = attentive(callerOf(entries));
    const inputs = entries.map((entry) => entry.item);
    const [only] = inputs;
    let lost = entries;
    try {
      const request =
        singly && only
          ? ({ endpoint: 'create', body: createBody(only) } as const)
          : ({ endpoint: 'createBatch', body: batchBody(inputs) } as const);
      const reply = await calls.call({ ...request, again }, caller, slot);
      if (reply.verdict.kind === 'ok' && reply.verdict.overQuota) caller.note('quota-warning');
      const answerOf = readAnswers(reply, singly, entries.map(keyOf), clock.now());
      lost = entries.filter((entry) => !answered(entry, answerOf, again));
    } catch (error) {
      for (const entry of entries) gatherer.settle(entry, asError(error));
      return;
    }
    if (lost.length > 0) await (again ? giveUp(lost) : recover(lost));
  }

  /** Settles one entry with its own part of the reply; false where the reply says nothing of it. */
  function answered(entry: CreateEntry, answerOf: AnswerOf, again: boolean): boolean {
    try {
      const answer = answerOf(keyOf(entry));
      if (answer === 'lost') return false;
      if (answer.kind === 'quota') options.budget.latch('quota');
      if (again && answer.kind === 'exists') void confirm(entry);
      else gatherer.settle(entry, answer);
    } catch (error) {
      // What fails one item of a batch says nothing of the others.
      gatherer.settle(entry, asError(error));
    }
    return true;
  }

  /** The reply is lost: what is there by now was created by it, unless it differs; the rest is sent once more. */
  async function recover(entries: readonly CreateEntry[]): Promise<void> {
    const absent: CreateEntry[] = [];
    await Promise.all(
      entries.map(async (entry) => {
        try {
          const found = await options.read(keyOf(entry), attentive(callerOf([entry])));
          if (found) gatherer.settle(entry, compare(entry, found));
          else absent.push(entry);
        } catch (error) {
          gatherer.settle(entry, outcomeUnknown(error));
        }
      }),
    );
    if (absent.length > 0) await deliver(absent, absent.length === 1, undefined, true);
  }

  /** "Exists" on the repeat: the first attempt arrived late, or somebody else was quicker. */
  async function confirm(entry: CreateEntry): Promise<void> {
    try {
      const found = await options.read(keyOf(entry), attentive(callerOf([entry])));
      gatherer.settle(entry, found ? compare(entry, found) : { kind: 'exists', key: keyOf(entry) });
    } catch (error) {
      gatherer.settle(entry, outcomeUnknown(error));
    }
  }

  function giveUp(entries: readonly CreateEntry[]): void {
    for (const entry of entries) gatherer.settle(entry, outcomeUnknown());
  }

  return {
    async create(input, caller) {
      const id = parseKey(input.carrierCode, input.trackingNumber).text;
      try {
        return await gatherer.join(id, input, caller);
      } catch (error) {
        if (error instanceof Fault && error.code === 'UPSTREAM_QUOTA_EXCEEDED') return { kind: 'quota' };
        throw error;
      }
    },
    leftInDoubt: (key, caller) => (error) => {
      throw caller.signal.aborted && onTheirWay.has(key.text) ? outcomeUnknown(error) : error;
    },
  };
}

/** A create that has left is followed to its end, also when everybody who waited has gone. */
const attentive = (caller: Caller): Caller => ({
  deadline: caller.deadline,
  signal: STAYING,
  priority: caller.priority,
  readThrough: true,
  note: caller.note,
  errand: UNENDING,
});

const keyOf = (entry: CreateEntry) => parseKey(entry.item.carrierCode, entry.item.trackingNumber);

/** A write that may or may not have been carried out. */
export function outcomeUnknown(cause?: unknown): Fault {
  return new Fault(
    'OUTCOME_UNKNOWN',
    'The upstream did not say whether this write was carried out. Read before repeating it.',
    {
      cause,
    },
  );
}

/** Is what is there what we meant to create? Members that a read does not tell cannot speak against it. */
function compare(entry: CreateEntry, found: Tracking): CreateOutcome {
  const { item } = entry;
  const same = (wanted: string | null | undefined, is: string | null | undefined) =>
    is === undefined || (wanted?.trim() || null) === is;
  const ours =
    same(item.title, found.title) &&
    same(item.orderId, found.orderId) &&
    same(item.comment, found.comment) &&
    same(item.customerName, found.customerName) &&
    (found.customerEmails === undefined || (item.customerEmail ?? '') === found.customerEmails.join());
  return ours ? { kind: 'created', tracking: found } : { kind: 'exists', key: found.key };
}

/** What a reply says of one entry. Throws what it says of that entry alone. */
type AnswerOf = (key: TrackingKey) => CreateOutcome | Lost;

/** The reply, asked by entry. Throws where it says the same failure of all. `keys` are all that were sent. */
function readAnswers(reply: CallReply, singly: boolean, keys: readonly TrackingKey[], now: number): AnswerOf {
  const { verdict, data } = reply;
  if (verdict.kind === 'failed') {
    if (verdict.ambiguous) return () => 'lost';
    throw verdict.fault;
  }
  if (verdict.kind !== 'ok') return (key) => outcomeOf(verdict, key);
  if (singly) {
    const tracking = readOne(data, 'create', now);
    // By number alone: the upstream may have corrected the carrier.
    return (key) => (tracking?.key.trackingNumber === key.trackingNumber ? { kind: 'created', tracking } : 'lost');
  }
  const batch = readBatch(data, now);
  return batch ? matchBatch(batch, keys) : () => 'lost';
}

type BatchElement = BatchReply['created'][number] | BatchReply['failed'][number];

/**
 * By carrier and number. By the number alone where the reply gives it no carrier that was asked for (some brands' errors
 * have none, and the upstream may correct one, upstream.md §4.1, §4.2), and only if one item of the batch can be meant.
 */
function matchBatch({ created, failed }: BatchReply, keys: readonly TrackingKey[]): AnswerOf {
  const asked = new Set(keys.map(({ text }) => text));
  const named = new Map<string, BatchElement>();
  const unnamed: BatchElement[] = [];
  for (const element of [...failed, ...created]) {
    const id = element.key && element.key.text;
    if (id !== null && asked.has(id)) named.set(id, element);
    else unnamed.push(element);
  }
  return (key) => {
    const element = named.get(key.text);
    if (element) return outcomeOfElement(element, key);
    const number = key.trackingNumber;
    const rivals = keys.filter((other) => other.trackingNumber === number && !named.has(other.text));
    const [only, ...others] = unnamed.filter((each) => numberOf(each) === number);
    return rivals.length === 1 && only && others.length === 0 ? outcomeOfElement(only, key) : 'lost';
  };
}

const numberOf = (element: BatchElement) => ('code' in element ? element.trackingNumber : element.key.trackingNumber);

function outcomeOfElement(element: BatchElement, key: TrackingKey): CreateOutcome | Lost {
  if (!('code' in element)) return { kind: 'created', tracking: element };
  const verdict = classifyCode(element.code);
  const unclear = verdict.kind === 'ok' || (verdict.kind === 'failed' && verdict.ambiguous);
  return unclear ? 'lost' : outcomeOf(verdict, key);
}

function outcomeOf(verdict: Verdict, key: TrackingKey): CreateOutcome {
  if (verdict.kind === 'refused') {
    switch (verdict.refusal.kind) {
      case 'exists':
        return { kind: 'exists', key };
      case 'invalid':
      case 'quota':
        return verdict.refusal;
      case 'missing':
        throw wrongShape('create');
    }
  }
  if (verdict.kind === 'failed' && verdict.signal === 'quota-exceeded') return { kind: 'quota' };
  if (verdict.kind === 'ok') throw wrongShape('create');
  throw faultOf(verdict);
}
