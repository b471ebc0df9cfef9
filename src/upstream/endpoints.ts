// THE table: what each REST call is and costs (upstream.md §4, §5, §10.1). Nothing else knows a path.

import type { TrackingKey } from '../domain/key.ts';

/**
 * What sending a call twice does. `read`: nothing. `idempotent`: the same as once. `create`: may do it twice or be
 * refused. `paid`: reads at the carrier, registers the number and spends quota, so it is not repeated by itself.
 */
export type Effect = 'read' | 'idempotent' | 'create' | 'paid';

/** Which of the three configured rates paces a call. `other` is paced per endpoint (upstream.md §10.2). */
export type RateClass = 'list' | 'realtime' | 'other';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: (key: TrackingKey) => string;
  readonly effect: Effect;
  readonly rate: RateClass;
  /** Spends the account's quota: stopped while the upstream says there is none. */
  readonly paid: boolean;
}

const ofKey = (key: TrackingKey) =>
  `/trackings/${encodeURIComponent(key.carrierCode)}/${encodeURIComponent(key.trackingNumber)}`;

export const ENDPOINTS = {
  create: { method: 'POST', path: () => '/trackings/post', effect: 'create', rate: 'other', paid: true },
  createBatch: { method: 'POST', path: () => '/trackings/batch', effect: 'create', rate: 'other', paid: true },
  readOne: { method: 'GET', path: ofKey, effect: 'read', rate: 'other', paid: false },
  update: { method: 'PUT', path: ofKey, effect: 'idempotent', rate: 'other', paid: false },
  remove: { method: 'DELETE', path: ofKey, effect: 'idempotent', rate: 'other', paid: false },
  list: { method: 'GET', path: () => '/trackings/get', effect: 'read', rate: 'list', paid: false },
  realtime: { method: 'POST', path: () => '/trackings/realtime', effect: 'paid', rate: 'realtime', paid: true },
  carriers: { method: 'GET', path: () => '/carriers', effect: 'read', rate: 'other', paid: false },
  detect: { method: 'POST', path: () => '/carriers/detect', effect: 'paid', rate: 'other', paid: true },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
