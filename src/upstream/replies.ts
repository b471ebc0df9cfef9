// What every typed method of the client makes of a verdict: the error it means.

import type { Fault } from '../domain/errors.ts';
import { InvalidInput, type InputRefusal } from '../domain/errors.ts';
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
