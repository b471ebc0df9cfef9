// What callers may ask of the upstream, in the facade's words. How it is written on the wire is upstream/wire-requests.ts.

import type { TrackingStatus, TrackingStatusOverride } from './tracking.ts';

/** The most items of one upstream call: of a batch create, and of the numbers or order ids of a list (upstream.md §10.1). */
export const MAX_BATCH = 40;

/** What a caller may leave out or give as null. */
export type Maybe<T> = T | null | undefined;

/** What a new tracking may carry. Strings are already validated; times are `YYYY-MM-DDTHH:mm:ss`, dates `YYYY-MM-DD`. */
export interface NewTracking {
  readonly carrierCode: string;
  readonly trackingNumber: string;
  readonly title?: Maybe<string>;
  readonly logisticsChannel?: Maybe<string>;
  readonly customerName?: Maybe<string>;
  readonly customerEmail?: Maybe<string>;
  readonly customerPhone?: Maybe<string>;
  readonly orderId?: Maybe<string>;
  readonly orderCreatedAt?: Maybe<string>;
  readonly destinationCountryCode?: Maybe<string>;
  readonly shipDate?: Maybe<string>;
  readonly postalCode?: Maybe<string>;
  readonly accountNumber?: Maybe<string>;
  readonly specialDestination?: Maybe<string>;
  readonly language?: Maybe<string>;
  readonly autoCorrectCarrier?: Maybe<boolean>;
  readonly comment?: Maybe<string>;
}

/** Absent = untouched; null and `""` clear where the upstream can clear (contract.md §4). */
export interface TrackingChanges extends Pick<
  NewTracking,
  | 'title'
  | 'logisticsChannel'
  | 'customerName'
  | 'customerEmail'
  | 'customerPhone'
  | 'orderId'
  | 'destinationCountryCode'
> {
  readonly archived?: Maybe<boolean>;
  readonly status?: Maybe<TrackingStatusOverride>;
}

/** What the carrier is asked with, beside the number itself. */
export type RealtimeQuestion = Pick<
  NewTracking,
  | 'destinationCountryCode'
  | 'shipDate'
  | 'postalCode'
  | 'accountNumber'
  | 'specialDestination'
  | 'orderId'
  | 'orderCreatedAt'
  | 'language'
>;

/** Both ends inclusive, unix milliseconds. */
export interface TimeRange {
  readonly from?: Maybe<number>;
  readonly to?: Maybe<number>;
}

export interface ListFilter {
  readonly status?: Maybe<TrackingStatus>;
  readonly createdAt?: Maybe<TimeRange>;
  readonly updatedAt?: Maybe<TimeRange>;
  readonly orderCreatedAt?: Maybe<TimeRange>;
  readonly trackingNumbers?: Maybe<readonly string[]>;
  readonly orderIds?: Maybe<readonly string[]>;
  readonly archived?: Maybe<boolean>;
  readonly language?: Maybe<string>;
}
