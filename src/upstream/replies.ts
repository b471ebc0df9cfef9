// Small steps that every typed method of the client shares: a verdict as the error it means, and several waiting
// entries as one caller.

import type { Caller } from '../domain/caller.ts';
import { createDeparture } from '../domain/departure.ts';
import type { Fault } from '../domain/errors.ts';
import { InvalidInput, type InputRefusal } from '../domain/errors.ts';
import type { Entry } from './coalesce.ts';
import type { EndpointName } from './endpoints.ts';
import { invalidResponse, type Verdict } from './failures.ts';

/** A good code over a `data` that is none of the endpoint's shapes (upstream.md §3.2). */
export function wrongShape(endpoint: EndpointName): Fault {
  return invalidResponse(`${endpoint}: data of no documented shape`).fault;
}

const REFUSED_ARGUMENT: Readonly<Record<InputRefusal['reason'], string>> = {
  TRACKING_NUMBER: 'trackingNumber',
  CARRIER_CODE: 'carrierCode',
  STATUS: 'filter.status',
  OTHER: 'input',
};

/** The error of a verdict where nothing but success was expected. */
export function faultOf(verdict: Exclude<Verdict, { kind: 'ok' }>): Fault {
  switch (verdict.kind) {
    case 'failed':
      return verdict.fault;
    case 'empty':
      return invalidResponse('nothing where something was expected').fault;
    case 'refused':
      return verdict.refusal.kind === 'invalid'
        ? new InvalidInput(REFUSED_ARGUMENT[verdict.refusal.reason], 'is refused by the upstream')
        : invalidResponse(`code ${verdict.code} out of place`).fault;
  }
}

/**
 * Entries that leave in one call, as its caller: it waits as long as the most patient of them and is abandoned when
 * all of them are.
 */
export function settledCaller<I, R>(entries: readonly Entry<I, R>[]): Caller {
  const departure = createDeparture();
  let staying = entries.length;
  for (const { group } of entries) {
    const leave = () => {
      staying -= 1;
      if (staying === 0) departure.leave(group.signal.reason);
    };
    if (group.signal.aborted) leave();
    else group.signal.addEventListener('abort', leave, { once: true });
  }
  return {
    deadline: Math.max(...entries.map((entry) => entry.group.deadline)),
    signal: departure,
    priority: entries.some((entry) => entry.group.priority === 'user') ? 'user' : 'refresh',
    readThrough: false,
    note: (note) => {
      for (const entry of entries) entry.group.note(note);
    },
  };
}
