// One call with everything around it: its turn in the budget, one attempt or several, and what the answer tells about
// the account. Does not merge calls (flights.ts, coalesce.ts) and does not settle lost writes (creates.ts).

import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import { type Departure, leavable } from '../domain/departure.ts';
import { rateLimited } from '../domain/errors.ts';
import type { TrackingKey } from '../domain/key.ts';
import type { Telemetry } from '../telemetry.ts';
import { type Breaker, createRepeatBudget } from './breaker.ts';
import type { Budget, Slot } from './budget.ts';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import { type Failed, invalidResponse, saysGone, type Verdict } from './failures.ts';
import type { AttemptReply, Transport, Understands } from './transport.ts';

export interface CallRequest {
  readonly endpoint: EndpointName;
  /** Names the tracking, for the endpoints whose path holds one. */
  readonly key?: TrackingKey;
  readonly query?: URLSearchParams;
  /** JSON text. */
  readonly body?: string;
  /** An answer that is not understood counts as a failed attempt. */
  readonly understands?: Understands;
  /** Made only because an earlier call was lost; `true` for a create that is sent once more. */
  readonly again?: boolean;
  /** Called when an attempt leaves: from then on "no answer" does not mean "not done". */
  readonly onSent?: () => void;
}

export interface CallReply {
  readonly verdict: Verdict;
  /** The envelope's; undefined where there was none, and where the request `understands` it itself. */
  readonly data: unknown;
}

export interface Calls {
  /**
   * Sends a call in its turn. Reads are sent up to three times, PUT and DELETE twice, everything else once
   * (upstream.md §14.2). `slot` is a turn the caller already holds. Rejects with a `Fault` when there is no turn
   * before the deadline, or with the signal's reason; every answer, also a failed one, is a reply.
   */
  call(request: CallRequest, caller: Caller, slot?: Slot): Promise<CallReply>;
}

export interface CallsOptions {
  readonly transport: Transport;
  readonly budget: Budget;
  readonly breaker: Breaker;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly timeoutMs: number;
  readonly realtimeTimeoutMs: number;
  readonly telemetry: Telemetry;
}

const ATTEMPTS = { read: 3, idempotent: 2, create: 1, paid: 1 } as const;
const NO_KEY: TrackingKey = { carrierCode: '', trackingNumber: '', text: '' };

/** The path from allow-listed parts and an encoded query. */
function pathOf(request: CallRequest): string {
  const path = ENDPOINTS[request.endpoint].path(request.key ?? NO_KEY);
  const query = request.query?.toString();
  return query ? `${path}?${query}` : path;
}

export function createCalls(options: CallsOptions): Calls {
  const { budget, breaker, clock, telemetry } = options;
  const repeats = createRepeatBudget();

  /** What an answer tells about the account as a whole. */
  function learn(request: CallRequest, { verdict, retryAfterMs }: AttemptReply): Verdict {
    if (verdict.kind !== 'failed') {
      if (verdict.kind === 'refused' && verdict.code === 4020) {
        telemetry.log('error', 'the upstream calls a call too large: this is our bug', {
          endpoint: request.endpoint,
          code: verdict.code,
        });
      }
      if (budget.state().keyRejected) telemetry.log('info', 'the upstream accepts the API key again');
      budget.release('key');
      if (ENDPOINTS[request.endpoint].paid && verdict.kind === 'ok' && !verdict.overQuota) budget.release('quota');
      return verdict;
    }
    const { endpoint } = request;
    const fields = { endpoint, code: verdict.code ?? null, fault: verdict.fault.code };
    switch (verdict.signal) {
      case 'throttled': {
        budget.pause(retryAfterMs);
        const pausedUntil = budget.state().pausedUntil;
        telemetry.log('error', 'the upstream limits this account: no call leaves until the pause is over', {
          ...fields,
          pausedUntil: new Date(pausedUntil).toISOString(),
        });
        return { ...verdict, fault: rateLimited(pausedUntil - clock.now()) };
      }
      case 'key-rejected':
        if (!budget.state().keyRejected) {
          telemetry.log(
            'error',
            'THE UPSTREAM REJECTS THE API KEY: check TRACKRU_API_KEY and TRACKRU_API_KEY_HEADER',
            fields,
          );
        }
        budget.latch('key');
        return verdict;
      case 'quota-exceeded':
        if (!budget.state().quotaExceeded)
          telemetry.log('error', 'the quota of the upstream account is used up', fields);
        budget.latch('quota');
        return verdict;
      case undefined:
        telemetry.log('warn', 'an upstream call failed', fields, verdict.fault.cause);
        return verdict;
    }
  }

  async function attempt(
    request: CallRequest,
    caller: Caller,
    slot: Slot,
    { again, anew }: { readonly again: boolean; readonly anew: boolean },
  ): Promise<CallReply> {
    const endpoint = ENDPOINTS[request.endpoint];
    const limit = endpoint.rate === 'realtime' ? options.realtimeTimeoutMs : options.timeoutMs;
    const timeoutMs = Math.max(1, Math.min(limit, caller.deadline - clock.now()));
    let sent = false;
    let verdict: Verdict | undefined;
    let probe: boolean;
    try {
      probe = breaker.check();
    } catch (error) {
      slot.unused();
      throw error;
    }
    // Where an idle connection that is just being closed would cost more than opening one: what is sent once only, and what a
    // probe finds is to count.
    const onNew = anew || probe || endpoint.effect === 'paid';
    try {
      const reply = await options.transport.attempt({
        method: endpoint.method,
        path: pathOf(request),
        body: request.body,
        timeoutMs,
        anew: onNew,
        understands: request.understands,
        // A write is never abandoned once sent: its outcome would be unknown for nothing.
        signal: endpoint.effect === 'read' ? caller.signal : undefined,
        onSent() {
          sent = true;
          slot.sent();
          caller.note('upstream-call');
          if (telemetry.hears('debug'))
            telemetry.log('debug', 'upstream attempt', { endpoint: request.endpoint, again });
          request.onSent?.();
        },
      });
      verdict = reply.understood ? reply.verdict : notUnderstood(request.endpoint);
      return { verdict: learn(request, { ...reply, verdict }), data: reply.data };
    } finally {
      // A carrier that is slow, or a caller who could not wait, says nothing of the upstream.
      const hurried = endpoint.effect === 'paid' || timeoutMs < Math.min(limit, FAIR_WAIT_MS);
      report(verdict, (failed) => (hurried && isTimeout(failed)) || (!onNew && closedWhenIdle(failed)), probe);
      if (sent) slot.answered();
      else slot.unused();
    }
  }

  /** Tells the breaker what an attempt says of the upstream's health; undefined: it was abandoned. */
  function report(verdict: Verdict | undefined, unfair: (verdict: Failed) => boolean, probe: boolean): void {
    if (verdict && !isSickness(verdict)) breaker.succeeded();
    else if (verdict && !unfair(verdict)) breaker.failed();
    else if (probe) breaker.withdrawn();
  }

  async function turn(request: CallRequest, caller: Caller): Promise<Slot> {
    const ticket = budget.reserve(request.endpoint, caller.deadline, caller.priority);
    return await leavable(
      ticket.slot,
      caller.signal,
      () => ticket.cancel(),
      (slot) => slot.unused(),
    );
  }

  return {
    async call(request, caller, slot) {
      const attempts = ATTEMPTS[ENDPOINTS[request.endpoint].effect];
      repeats.earn();
      const again = request.again ?? false;
      const first = { again, anew: again };
      let reply = await attempt(request, caller, slot ?? (await turn(request, caller)), first);
      let sentBefore = ambiguous(reply.verdict);
      for (let tried = 1; tried < attempts && mayRepeat(reply.verdict) && !breaker.isOpen(); tried += 1) {
        const anew = reply.verdict.kind === 'failed' && closedWhenIdle(reply.verdict);
        const atOnce = tried === 1 && anew;
        // An idle connection that was just closed is no sign of sickness: it does not draw on the repeats.
        if (!atOnce && !repeats.take()) break;
        const pause = atOnce ? 0 : 100 * 4 ** (tried - 1) * (0.5 + options.random());
        if (clock.now() + pause >= caller.deadline) break;
        if (pause > 0) await sleep(clock, pause, caller.signal);
        try {
          reply = await attempt(request, caller, await turn(request, caller), { again: true, anew });
        } catch (error) {
          // No turn left for a repeat: the first answer stands.
          if (caller.signal.aborted) throw error;
          break;
        }
        sentBefore ||= ambiguous(reply.verdict);
      }
      return { verdict: settle(request, reply.verdict, sentBefore), data: reply.data };
    },
  };
}

/** Time in which any healthy upstream answers. */
const FAIR_WAIT_MS = 1_000;

/** Only what a healthy upstream never does; refusals, limits, rejected keys and unknown codes are answers. */
const isSickness = (verdict: Verdict): verdict is Failed =>
  verdict.kind === 'failed' &&
  verdict.signal === undefined &&
  (verdict.code === undefined || verdict.code < 4_000) &&
  verdict.fault.code !== 'UPSTREAM_REJECTED_KEY';

const isTimeout = ({ fault }: Failed) => fault.code === 'UPSTREAM_TIMEOUT';
/** Most likely; all idle connections at once maybe. What is sent next, on a new one, will tell. */
const closedWhenIdle = ({ brokenOff }: Failed) => brokenOff === true;

const notUnderstood = (endpoint: EndpointName) => invalidResponse(`${endpoint}: data of no documented shape`);

const mayRepeat = (verdict: Verdict) => verdict.kind === 'failed' && verdict.retry;
const ambiguous = (verdict: Verdict) => verdict.kind === 'failed' && verdict.ambiguous;

/** A DELETE that finds nothing on its repeat was done by the lost attempt (upstream.md §14.2). */
function settle(request: CallRequest, verdict: Verdict, sentBefore: boolean): Verdict {
  if (verdict.kind === 'failed') return { ...verdict, ambiguous: sentBefore };
  const done = request.endpoint === 'remove' && sentBefore && saysGone(verdict);
  return done ? { kind: 'ok', overQuota: false } : verdict;
}

function sleep(clock: Clock, ms: number, signal: Departure): Promise<void> {
  let cancel = () => {};
  const slept = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  return leavable(slept, signal, () => cancel());
}
