// The upstream as typed methods: the only thing other rooms call. Puts budget, merging, transport and what is kept
// together, and says of each method what it costs and when it gives what.

import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { Fault, type InputRefusal, type Missing } from '../domain/errors.ts';
import { parseKey, type TrackingKey } from '../domain/key.ts';
import type { Page, PageWindow } from '../domain/page.ts';
import type { ListFilter, NewTracking, RealtimeQuestion, TrackingChanges } from '../domain/requests.ts';
import type { Carrier, HeldTracking, Tracking } from '../domain/tracking.ts';
import type { Telemetry } from '../telemetry.ts';
import { createBreaker } from './breaker.ts';
import { type BudgetState, createBudget } from './budget.ts';
import { accountFingerprint, type Lifetime } from './cache.ts';
import { type CallReply, type CallRequest, createCalls } from './calls.ts';
import { createFlights } from './flights.ts';
import { type CreateOutcome, createCreates, outcomeUnknown } from './creates.ts';
import type { RateClass } from './endpoints.ts';
import { saysGone } from './failures.ts';
import type { LookupBatching } from './lookups.ts';
import { createReads } from './reads.ts';
import { createWriteLine, type WriteOrder } from './order.ts';
import { faultOf, wrongShape } from './replies.ts';
import { createTransport } from './transport.ts';
import { readCarriers, readOne, readRealtime } from './wire.ts';
import { createBody, detectBody, realtimeBody, updateBody } from './wire-requests.ts';

export type { CreateOutcome } from './creates.ts';
export type UpdateOutcome = { readonly kind: 'updated'; readonly tracking: Tracking } | Missing | InputRefusal;
export type RemoveOutcome = { readonly kind: 'removed' } | Missing;
/** A create that could not be carried out or answered, in a batch whose other items go on. */
export type BatchItemOutcome = CreateOutcome | { readonly kind: 'failed'; readonly fault: Fault };

/** What operators want to know of the account and the upstream. */
export interface ClientState extends BudgetState {
  readonly breakerOpen: boolean;
}

/** Every method rejects with a `Fault` (domain/errors.ts) when the upstream cannot be asked or understood in time. */
export interface UpstreamClient {
  /**
   * Each tracking, or why it could not be read; rejects only where all failed alike. Share list calls, up to 40 in one, with
   * other look-ups that wait.
   */
  lookups(keys: readonly TrackingKey[], caller: Caller): Promise<readonly (HeldTracking | Error)[]>;
  /** One tracking by a call of its own: tells the destination country, which lists leave out (upstream.md Q33). */
  readSingly(key: TrackingKey, caller: Caller): Promise<Tracking | null>;
  /** May a single read tell the destination country at all? Not on every brand; learned from replies. */
  singleTellsDestination(): boolean;
  /** One page, one call; equal pages asked for at the same time share it. */
  list(filter: ListFilter, page: PageWindow, caller: Caller): Promise<Page>;
  /** Asks the carrier now; null: it has nothing yet. Registers the number. One call, two for a "nothing yet". */
  realtime(key: TrackingKey, question: RealtimeQuestion, caller: Caller): Promise<Tracking | null>;
  /** All carriers; kept for a day. */
  carriers(caller: Caller): Promise<readonly Carrier[]>;
  /** Candidates for a number, best first. Billed upstream. */
  detect(trackingNumber: string, caller: Caller): Promise<readonly Carrier[]>;
  /** Creates that wait for the budget share batch calls. */
  create(input: NewTracking, caller: Caller): Promise<CreateOutcome>;
  /** Many creates, answered in input order; repeats of a number inside the input cost nothing. */
  createMany(inputs: readonly NewTracking[], caller: Caller): Promise<readonly BatchItemOutcome[]>;
  update(key: TrackingKey, changes: TrackingChanges, caller: Caller): Promise<UpdateOutcome>;
  remove(key: TrackingKey, caller: Caller): Promise<RemoveOutcome>;
  /** Grows with every write, before its outcome is told: answers begun at a lower count may be older than it. */
  writes(): number;
  state(): ClientState;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly apiKeyHeader: string;
  /** Calls a second; 0 = no limit. */
  readonly rates: Readonly<Record<RateClass, number>>;
  readonly penaltyMs: number;
  readonly timeoutMs: number;
  readonly realtimeTimeoutMs: number;
  readonly lookupBatching: LookupBatching;
  /** Of reads that are kept; `freshMs` 0 keeps none. */
  readonly lifetime: Lifetime;
  /** Milliseconds for a refresh nobody waits for. */
  readonly refreshMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly telemetry: Telemetry;
}

export function createClient(options: ClientOptions): UpstreamClient {
  const { clock } = options;
  const transport = createTransport(options);
  const breaker = createBreaker(clock);
  const budget = createBudget({ ...options, gate: breaker.peek });
  const calls = createCalls({ ...options, transport, budget, breaker });
  const account = accountFingerprint(options.baseUrl, options.apiKey);
  const reads = createReads({ ...options, calls, budget, account });
  const creates = createCreates({
    calls,
    budget,
    clock,
    read: reads.readNow,
    written: reads.written,
  });
  const order: WriteOrder = new Map();
  const creations = createWriteLine<CreateOutcome>(order);
  const updates = createWriteLine<UpdateOutcome>(order);
  const removals = createWriteLine<RemoveOutcome>(order);
  const realtimes = createFlights<Tracking | null>();

  /** Updates and deletes whose call has left. */
  const onTheirWay = new Set<string>();

  /** Sends a write; whatever becomes of it, what was read before it is out of date. */
  async function write(
    request: CallRequest & { readonly key: TrackingKey },
    id: string,
    caller: Caller,
  ): Promise<CallReply> {
    try {
      return await calls.call({ ...request, onSent: () => onTheirWay.add(id) }, caller);
    } finally {
      onTheirWay.delete(id);
      reads.written(request.key);
    }
  }

  /** A caller whose deadline passes while the call is on its way does not know what became of it. */
  const leftInDoubt = (id: string, caller: Caller) => (error: unknown) => {
    throw caller.signal.aborted && onTheirWay.has(id) ? outcomeUnknown(error) : error;
  };

  async function create(input: NewTracking, caller: Caller): Promise<CreateOutcome> {
    const key = parseKey(input.carrierCode, input.trackingNumber);
    const outcome = await creations
      .join(key.text, createBody(input), caller, (group) => creates.create(input, group))
      .catch(creates.leftInDoubt(key, caller));
    if (outcome.kind !== 'created') return outcome;
    reads.written(outcome.tracking.key);
    return { kind: 'created', tracking: reads.learned(outcome.tracking) };
  }

  async function askCarrier(key: TrackingKey, body: string, caller: Caller): Promise<Tracking | null> {
    // The first call for a new number may say "nothing" although the second succeeds (upstream.md Q20).
    for (let tried = 0; tried < 2; tried += 1) {
      const { verdict, data } = await calls.call({ endpoint: 'realtime', body }, caller);
      if (verdict.kind === 'empty') {
        reads.written(key);
        continue;
      }
      if (verdict.kind !== 'ok') throw faultOf(verdict);
      if (verdict.overQuota) caller.note('quota-warning');
      const tracking = readRealtime(data, clock.now());
      if (tracking?.key.trackingNumber !== key.trackingNumber) throw wrongShape('realtime');
      const full = reads.learned(tracking);
      reads.written(key);
      return full;
    }
    return null;
  }

  async function update(key: TrackingKey, body: string, id: string, caller: Caller): Promise<UpdateOutcome> {
    const { verdict, data } = await write({ endpoint: 'update', key, body }, id, caller);
    if (saysGone(verdict)) return { kind: 'missing' };
    if (verdict.kind === 'refused' && verdict.refusal.kind === 'invalid') return verdict.refusal;
    if (verdict.kind === 'failed' && verdict.ambiguous) throw outcomeUnknown(verdict.fault);
    if (verdict.kind !== 'ok') throw faultOf(verdict);
    const tracking = readOne(data, 'update', clock.now());
    if (!tracking || tracking.key.text !== key.text) throw outcomeUnknown(wrongShape('update'));
    return { kind: 'updated', tracking: reads.learned(tracking) };
  }

  async function remove(key: TrackingKey, id: string, caller: Caller): Promise<RemoveOutcome> {
    const { verdict } = await write({ endpoint: 'remove', key }, id, caller);
    if (saysGone(verdict)) return { kind: 'missing' };
    if (verdict.kind === 'failed' && verdict.ambiguous) throw outcomeUnknown(verdict.fault);
    if (verdict.kind !== 'ok') throw faultOf(verdict);
    reads.deleted(key);
    return { kind: 'removed' };
  }

  return {
    lookups: reads.lookups,
    readSingly: reads.readSingly,
    singleTellsDestination: reads.singleTellsDestination,
    list: reads.list,
    carriers: reads.carriers,

    realtime(key, question, caller) {
      const body = realtimeBody(key, question);
      return realtimes.join(body, caller, (group) => askCarrier(key, body, group));
    },

    async detect(trackingNumber, caller) {
      const { verdict, data } = await calls.call({ endpoint: 'detect', body: detectBody(trackingNumber) }, caller);
      // "Cannot detect" is an empty list (upstream.md §5.2).
      if (verdict.kind === 'empty' || (verdict.kind === 'refused' && verdict.code === 4032)) return [];
      if (verdict.kind !== 'ok') throw faultOf(verdict);
      const list = readCarriers(data);
      if (!list) throw wrongShape('detect');
      return list;
    },

    create,
    createMany(inputs, caller) {
      const firsts = new Map<string, Promise<BatchItemOutcome>>();
      return Promise.all(
        inputs.map(async (input) => {
          const id = `${input.carrierCode.trim().toLowerCase()}|${input.trackingNumber.trim().toUpperCase()}`;
          const first = firsts.get(id);
          if (first) return repeated(await first);
          const outcome = create(input, caller).catch(failedItem);
          firsts.set(id, outcome);
          return outcome;
        }),
      );
    },

    update(key, changes, caller) {
      const body = updateBody(changes);
      const id = `${key.text}|${body}`;
      return updates
        .join(key.text, body, caller, (group) => update(key, body, id, group))
        .catch(leftInDoubt(id, caller));
    },
    remove(key, caller) {
      const id = key.text;
      return removals.join(id, '', caller, (group) => remove(key, id, group)).catch(leftInDoubt(id, caller));
    },

    writes: reads.writes,
    state: () => ({ ...budget.state(), breakerOpen: breaker.isOpen() }),
    close: transport.close,
  };
}

/** A number repeated inside one batch: it exists by then, as the upstream would say; other failures are the same. */
function repeated(first: BatchItemOutcome): BatchItemOutcome {
  return first.kind === 'created' ? { kind: 'exists', key: first.tracking.key } : first;
}

/** Faults belong to their own item; a bug does not hide in one. */
function failedItem(error: unknown): BatchItemOutcome {
  if (error instanceof Fault) return { kind: 'failed', fault: error };
  throw error;
}
