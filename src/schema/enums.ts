// The enums, each value said to mean what it means.

import type { LegKind, TrackingStatus, TrackingStatusOverride, TrackingSubstatus } from '../domain/tracking.ts';
import type { Builder } from './builder.ts';

type Described<Name extends string> = Readonly<Record<Name, { readonly description: string }>>;

const STATUSES = {
  PENDING: { description: 'Registered, and not looked up at the carrier yet.' },
  NOT_FOUND: { description: 'The carrier has no information yet.' },
  INFO_RECEIVED: { description: 'Announced to the carrier, not handed over yet.' },
  IN_TRANSIT: { description: 'Under way.' },
  PICKUP: { description: 'Out for delivery, or waiting to be collected.' },
  DELIVERED: { description: 'With the addressee: the end of the way.' },
  UNDELIVERED: { description: 'A delivery was tried and failed.' },
  EXCEPTION: { description: 'Returned, held by customs, lost or damaged; the events say which.' },
  EXPIRED: { description: 'Under way for long without a result: no longer refreshed.' },
  UNKNOWN: {
    description: 'The upstream used a word this graph does not know; `statusText` has it. Cannot be filtered by.',
  },
} satisfies Described<TrackingStatus>;

const SUBSTATUSES = {
  AWAITING_PICKUP: { description: 'Information received, awaiting pickup (notfound001).' },
  NO_INFORMATION: { description: 'No tracking information (notfound002).' },
  ON_THE_WAY: { description: 'On the way (transit001).' },
  ARRIVED_AT_HUB: { description: 'Arrived at a hub (transit002).' },
  AT_DELIVERY_FACILITY: { description: 'At the delivery facility (transit003).' },
  ARRIVED_IN_DESTINATION_COUNTRY: { description: 'Arrived in the destination country (transit004).' },
  CUSTOMS_CLEARED: { description: 'Customs finished (transit005).' },
  DISPATCHED: { description: 'Dispatched (transit006).' },
  LEFT_AIRPORT: { description: 'Left the airport (transit007).' },
  OUT_FOR_DELIVERY: { description: 'Out for delivery (pickup001).' },
  READY_FOR_COLLECTION: { description: 'Ready for collection (pickup002).' },
  CUSTOMER_CONTACTED: { description: 'The customer was contacted (pickup003).' },
  DELIVERED: { description: 'Delivered (delivered001).' },
  COLLECTED: { description: 'Collected by the customer (delivered002).' },
  SIGNED_FOR: { description: 'Signed for (delivered003).' },
  LEFT_WITH_NEIGHBOUR: { description: 'Left at the door or with a neighbour (delivered004).' },
  NO_INFORMATION_FOR_LONG: { description: 'Added long ago, still no information (exception001).' },
  TOO_LONG_IN_TRANSIT: { description: 'Too long in transit (exception002).' },
  NOT_DELIVERED_FOR_LONG: { description: 'Added long ago, not delivered (exception003).' },
  UNCLAIMED: { description: 'Unclaimed (exception004).' },
  SENT_BACK: { description: 'Sent back to the sender (exception005).' },
  HELD_BY_CUSTOMS: { description: 'Held by customs, prohibited goods (exception006).' },
  DAMAGED_OR_LOST: { description: 'Damaged, lost or discarded (exception007).' },
  CANCELLED: { description: 'Cancelled before delivery (exception008).' },
  REFUSED: { description: 'Refused by the addressee (exception009).' },
  RETURNED: { description: 'Returned to the sender (exception010).' },
  RETURNING: { description: 'On the way back to the sender (exception011).' },
} satisfies Described<TrackingSubstatus>;

const OVERRIDES = {
  DELIVERED: { description: 'Shown as delivered, whatever the carrier says.' },
  EXCEPTION: { description: 'Shown as an exception, whatever the carrier says.' },
  ORIGINAL: { description: 'The parcel’s own status again.' },
} satisfies Described<TrackingStatusOverride>;

const LEGS = {
  ORIGIN: { description: 'The carrier the parcel was handed to.' },
  DESTINATION: { description: 'The carrier that took over in the destination country.' },
} satisfies Described<LegKind>;

const CARRIER_KINDS = {
  EXPRESS: { description: 'A courier; looked up every three hours by the upstream.' },
  POST: { description: 'A national post; looked up every six hours by the upstream.' },
};

const ERROR_CODES = {
  ALREADY_EXISTS: { description: 'The account has this tracking already.' },
  NOT_FOUND: { description: 'The account has no such tracking.' },
  INVALID_TRACKING_NUMBER: { description: 'The tracking number has a form no carrier uses.' },
  INVALID_CARRIER_CODE: { description: 'The upstream knows no such carrier; `carriers` lists them.' },
  INVALID_STATUS: { description: 'The status cannot be set.' },
  INVALID_INPUT: { description: 'The upstream refuses the input without saying which part.' },
  QUOTA_EXCEEDED: { description: 'The account may not register more numbers.' },
  RATE_LIMITED: { description: 'The upstream budget had no room for this item in time; nothing was sent.' },
  UPSTREAM_UNAVAILABLE: { description: 'The upstream could not be reached or failed; nothing was carried out.' },
  OUTCOME_UNKNOWN: {
    description: 'It could not be learned whether this item was carried out. Read before repeating it.',
  },
};

export type Enums = ReturnType<typeof addEnums>;

/** The enums as references for other files' fields. */
export function addEnums(builder: Builder) {
  return {
    status: builder.enumType('TrackingStatus', {
      description: 'What a parcel, or one event of its log, says of the delivery.',
      values: STATUSES,
    }),
    substatus: builder.enumType('TrackingSubstatus', {
      description:
        'The finer reason under a status. null wherever the upstream gives none, or one this graph does not know; the code is beside it.',
      values: SUBSTATUSES,
    }),
    override: builder.enumType('TrackingStatusOverride', {
      description: 'A status a caller may force on a tracking.',
      values: OVERRIDES,
    }),
    legKind: builder.enumType('TrackingLegKind', {
      description: 'A parcel travels with one carrier or with two, one after the other.',
      values: LEGS,
    }),
    carrierKind: builder.enumType('CarrierKind', { description: 'How a carrier works.', values: CARRIER_KINDS }),
    errorCode: builder.enumType('TrackingErrorCode', {
      description: 'What became of a write, for programs; `message` is for people.',
      values: ERROR_CODES,
    }),
  };
}
