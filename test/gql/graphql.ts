/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How a carrier works. */
export type CarrierKind =
  /** A courier; looked up every three hours by the upstream. */
  | 'EXPRESS'
  /** A national post; looked up every six hours by the upstream. */
  | 'POST';

/** A number to register. What is left out, null or `""` is not set. */
export type CreateTrackingInput = {
  /** Of the sender with the carrier; some carriers need it. */
  accountNumber?: string | null | undefined;
  /** false: the carrier stays as given; true: the upstream may correct it. Left out: the upstream decides. */
  autoCorrectCarrier?: boolean | null | undefined;
  /** A code of `carriers`; `detectCarriers` guesses it from a number. */
  carrierCode: string;
  /** Your note; cannot be changed later. */
  comment?: string | null | undefined;
  /** Personal data. */
  customerEmail?: string | null | undefined;
  /** Personal data. */
  customerName?: string | null | undefined;
  /** Personal data. The upstream stores it and never reads it back. */
  customerPhone?: string | null | undefined;
  /** Where the parcel goes. */
  destinationCountryCode?: string | null | undefined;
  /** Two letters: language of the event texts, fixed from here on for most carriers. */
  language?: string | null | undefined;
  /** Your carrier’s service or channel. */
  logisticsChannel?: string | null | undefined;
  /** When your order was placed, on the account’s clock; sent to the minute. */
  orderCreatedAt?: string | null | undefined;
  /** Your order; `trackings` can filter by it. */
  orderId?: string | null | undefined;
  /** Of the addressee; some carriers need it. */
  postalCode?: string | null | undefined;
  /** Day of posting; some carriers need it. */
  shipDate?: string | null | undefined;
  /** Destination in the carrier’s own words; few carriers need it. */
  specialDestination?: string | null | undefined;
  /** Your name for the parcel. */
  title?: string | null | undefined;
  /** Stored as written, compared without case. */
  trackingNumber: string;
};

/** A span of time, both ends included; an end that is left out is open. Compared in whole seconds. */
export type DateTimeRange = {
  /** Not before. */
  from?: string | null | undefined;
  /** Not after. */
  to?: string | null | undefined;
};

/** What became of a write, for programs; `message` is for people. */
export type TrackingErrorCode =
  /** The account has this tracking already. */
  | 'ALREADY_EXISTS'
  /** The upstream knows no such carrier; `carriers` lists them. */
  | 'INVALID_CARRIER_CODE'
  /** The upstream refuses the input without saying which part. */
  | 'INVALID_INPUT'
  /** The status cannot be set. */
  | 'INVALID_STATUS'
  /** The tracking number has a form no carrier uses. */
  | 'INVALID_TRACKING_NUMBER'
  /** The account has no such tracking. */
  | 'NOT_FOUND'
  /** It could not be learned whether this item was carried out. Read before repeating it. */
  | 'OUTCOME_UNKNOWN'
  /** The account may not register more numbers. */
  | 'QUOTA_EXCEEDED'
  /** The upstream budget had no room for this item in time; nothing was sent. */
  | 'RATE_LIMITED'
  /** The upstream could not be reached or failed; nothing was carried out. */
  | 'UPSTREAM_UNAVAILABLE';

/** What is left out does not filter. `trackingNumbers`, `orderIds` and `archived` are documented by sister brands of the upstream: an account without them lists everything. */
export type TrackingFilter = {
  /** true: archived only; false: the others. */
  archived?: boolean | null | undefined;
  /** When it was registered. */
  createdAt?: DateTimeRange | null | undefined;
  /** Two letters, passed on; changes texts only where the upstream has them. */
  language?: string | null | undefined;
  /** When your order was placed; leaves out what has no order time. */
  orderCreatedAt?: DateTimeRange | null | undefined;
  /** 1 to 40 of your order ids. */
  orderIds?: Array<string> | null | undefined;
  /** Where the parcel stands. UNKNOWN cannot be asked for. */
  status?: TrackingStatus | null | undefined;
  /** 1 to 40 numbers, of any carrier. */
  trackingNumbers?: Array<string> | null | undefined;
  /** When it was last looked up; leaves out what never was. */
  updatedAt?: DateTimeRange | null | undefined;
};

/** A parcel travels with one carrier or with two, one after the other. */
export type TrackingLegKind =
  /** The carrier that took over in the destination country. */
  | 'DESTINATION'
  /** The carrier the parcel was handed to. */
  | 'ORIGIN';

/** What a parcel, or one event of its log, says of the delivery. */
export type TrackingStatus =
  /** Delivered. */
  | 'DELIVERED'
  /** Returned, held by customs, lost or damaged; the events say which. */
  | 'EXCEPTION'
  /** Under way for long without a result: no longer refreshed. */
  | 'EXPIRED'
  /** Announced to the carrier, not handed over yet. */
  | 'INFO_RECEIVED'
  /** Under way. */
  | 'IN_TRANSIT'
  /** The carrier has no information yet. */
  | 'NOT_FOUND'
  /** Registered, and not looked up at the carrier yet. */
  | 'PENDING'
  /** Out for delivery, or waiting to be collected. */
  | 'PICKUP'
  /** A delivery was tried and failed. */
  | 'UNDELIVERED'
  /** The upstream used a word this graph does not know; `statusText` has it. Cannot be filtered by. */
  | 'UNKNOWN';

/** A status a caller may force on a tracking. */
export type TrackingStatusOverride =
  /** Shown as delivered, whatever the carrier says. */
  | 'DELIVERED'
  /** Shown as an exception, whatever the carrier says. */
  | 'EXCEPTION'
  /** The parcel’s own status again. */
  | 'ORIGINAL';

/** The finer reason under a status. null wherever the upstream gives none, or one this graph does not know; the code is beside it. */
export type TrackingSubstatus =
  /** Arrived at a hub (transit002). */
  | 'ARRIVED_AT_HUB'
  /** Arrived in the destination country (transit004). */
  | 'ARRIVED_IN_DESTINATION_COUNTRY'
  /** At the delivery facility (transit003). */
  | 'AT_DELIVERY_FACILITY'
  /** Information received, awaiting pickup (notfound001). */
  | 'AWAITING_PICKUP'
  /** Cancelled before delivery (exception008). */
  | 'CANCELLED'
  /** Collected by the customer (delivered002). */
  | 'COLLECTED'
  /** The customer was contacted (pickup003). */
  | 'CUSTOMER_CONTACTED'
  /** Customs finished (transit005). */
  | 'CUSTOMS_CLEARED'
  /** Damaged, lost or discarded (exception007). */
  | 'DAMAGED_OR_LOST'
  /** Delivered (delivered001). */
  | 'DELIVERED'
  /** Dispatched (transit006). */
  | 'DISPATCHED'
  /** Held by customs, prohibited goods (exception006). */
  | 'HELD_BY_CUSTOMS'
  /** Left the airport (transit007). */
  | 'LEFT_AIRPORT'
  /** Left at the door or with a neighbour (delivered004). */
  | 'LEFT_WITH_NEIGHBOUR'
  /** Added long ago, not delivered (exception003). */
  | 'NOT_DELIVERED_FOR_LONG'
  /** No tracking information (notfound002). */
  | 'NO_INFORMATION'
  /** Added long ago, still no information (exception001). */
  | 'NO_INFORMATION_FOR_LONG'
  /** On the way (transit001). */
  | 'ON_THE_WAY'
  /** Out for delivery (pickup001). */
  | 'OUT_FOR_DELIVERY'
  /** Ready for collection (pickup002). */
  | 'READY_FOR_COLLECTION'
  /** Refused by the addressee (exception009). */
  | 'REFUSED'
  /** Returned to the sender (exception010). */
  | 'RETURNED'
  /** On the way back to the sender (exception011). */
  | 'RETURNING'
  /** Sent back to the sender (exception005). */
  | 'SENT_BACK'
  /** Signed for (delivered003). */
  | 'SIGNED_FOR'
  /** Too long in transit (exception002). */
  | 'TOO_LONG_IN_TRANSIT'
  /** Unclaimed (exception004). */
  | 'UNCLAIMED';

/** A member that is left out stays as it is; null and `""` clear it. */
export type UpdateTrackingInput = {
  /** true archives, false takes it back; null changes nothing. */
  archived?: boolean | null | undefined;
  /** Personal data; replaces all addresses. */
  customerEmail?: string | null | undefined;
  /** Personal data. */
  customerName?: string | null | undefined;
  /** Personal data. */
  customerPhone?: string | null | undefined;
  /** Where the parcel goes. */
  destinationCountryCode?: string | null | undefined;
  /** Your carrier’s service or channel. */
  logisticsChannel?: string | null | undefined;
  /** Your order. */
  orderId?: string | null | undefined;
  /** Shown instead of the parcel’s own status until ORIGINAL; null changes nothing. */
  status?: TrackingStatusOverride | null | undefined;
  /** Your name for the parcel. */
  title?: string | null | undefined;
};

export type BatchCreateTrackingsMutationVariables = Exact<{
  input: Array<CreateTrackingInput> | CreateTrackingInput;
}>;


export type BatchCreateTrackingsMutation = { batchCreateTrackings: { submittedCount: number, createdCount: number, failedCount: number, results: Array<
      | { __typename: 'CreateTrackingPayload', tracking: { id: string, trackingNumber: string } }
      | { __typename: 'TrackingAlreadyExistsError', trackingNumber: string, code: TrackingErrorCode, message: string }
      | { __typename: 'TrackingInputError', path: Array<string>, code: TrackingErrorCode, message: string }
      | { __typename: 'TrackingQuotaError', code: TrackingErrorCode, message: string }
      | { __typename: 'TrackingUpstreamError', retryable: boolean, retryAfterMs: number | null, code: TrackingErrorCode, message: string }
    > } };

export type CarriersQueryVariables = Exact<{
  code: string;
  trackingNumber: string;
}>;


export type CarriersQuery = { carriers: Array<{ code: string, name: string, phone: string | null, website: string | null, logo: string | null, kind: CarrierKind | null }>, carrier: { name: string } | null, detectCarriers: Array<{ code: string, name: string, phone: string | null }> };

export type CreateTrackingMutationVariables = Exact<{
  input: CreateTrackingInput;
}>;


export type CreateTrackingMutation = { createTracking:
    | { __typename: 'CreateTrackingPayload', tracking: { id: string, carrierCode: string, trackingNumber: string, status: TrackingStatus, title: string | null, comment: string | null, logisticsChannel: string | null, orderId: string | null, orderCreatedAt: string | null, archived: boolean | null, createdAt: string | null, updatedAt: string | null, customer: { name: string | null, emails: Array<string>, phone: string | null } | null, destinationCountry: { code: string | null, name: string } | null, events: Array<{ occurredAt: string }> } }
    | { __typename: 'TrackingAlreadyExistsError', carrierCode: string, trackingNumber: string, code: TrackingErrorCode, message: string, existing: { id: string, title: string | null } | null }
    | { __typename: 'TrackingInputError', path: Array<string>, code: TrackingErrorCode, message: string }
    | { __typename: 'TrackingQuotaError', code: TrackingErrorCode, message: string }
    | { __typename: 'TrackingUpstreamError', code: TrackingErrorCode, message: string }
   };

export type DeleteTrackingMutationVariables = Exact<{
  carrierCode: string;
  trackingNumber: string;
}>;


export type DeleteTrackingMutation = { deleteTracking:
    | { __typename: 'DeleteTrackingPayload', id: string, carrierCode: string, trackingNumber: string }
    | { __typename: 'TrackingNotFoundError', code: TrackingErrorCode, message: string }
   };

export type NodeQueryVariables = Exact<{
  id: string | number;
  ids: Array<string | number> | string | number;
}>;


export type NodeQuery = { node: { __typename: 'Tracking', trackingNumber: string, id: string } | null, nodes: Array<{ id: string } | null> };

export type PageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: TrackingFilter | null | undefined;
}>;


export type PageQuery = { trackings: { totalCount: number, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ carrierCode: string, trackingNumber: string, status: TrackingStatus }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type RealtimeQueryVariables = Exact<{
  carrierCode: string;
  trackingNumber: string;
  destinationCountryCode?: string | null | undefined;
  orderId?: string | null | undefined;
}>;


export type RealtimeQuery = { realtime: { id: string, status: TrackingStatus, statusText: string, orderCreatedAt: string | null, transitDays: number | null, idleDays: number | null, originCountry: { code: string | null } | null, destinationCountry: { code: string | null } | null, latestEvent: { occurredAt: string, description: string, leg: TrackingLegKind } | null } | null };

export type TrackingQueryVariables = Exact<{
  carrierCode: string;
  trackingNumber: string;
}>;


export type TrackingQuery = { tracking: { id: string, upstreamId: string | null, carrierCode: string, trackingNumber: string, status: TrackingStatus, statusText: string, substatus: TrackingSubstatus | null, substatusCode: string | null, title: string | null, comment: string | null, logisticsChannel: string | null, orderId: string | null, orderCreatedAt: string | null, archived: boolean | null, createdAt: string | null, updatedAt: string | null, transitDays: number | null, idleDays: number | null, carrier: { code: string, name: string, kind: CarrierKind | null } | null, customer: { name: string | null, emails: Array<string>, phone: string | null } | null, originCountry: { code: string | null, name: string } | null, destinationCountry: { code: string | null, name: string } | null, origin: { kind: TrackingLegKind, carrierCode: string | null, phone: string | null, website: string | null, referenceNumber: string | null, receivedAt: string | null, dispatchedAt: string | null, departedAt: string | null, arrivedAbroadAt: string | null, clearedCustomsAt: string | null, arrivedAt: string | null, carrier: { name: string } | null, events: Array<{ occurredAt: string }> } | null, destination: { kind: TrackingLegKind, carrierCode: string | null, phone: string | null, website: string | null, referenceNumber: string | null, receivedAt: string | null, dispatchedAt: string | null, departedAt: string | null, arrivedAbroadAt: string | null, clearedCustomsAt: string | null, arrivedAt: string | null, carrier: { name: string } | null, events: Array<{ occurredAt: string }> } | null, events: Array<{ occurredAt: string, description: string, location: string | null, status: TrackingStatus | null, statusText: string | null, substatus: TrackingSubstatus | null, substatusCode: string | null, leg: TrackingLegKind }>, latestEvent: { occurredAt: string, description: string } | null } | null };

export type WholeTrackingFragment = { id: string, upstreamId: string | null, carrierCode: string, trackingNumber: string, status: TrackingStatus, statusText: string, substatus: TrackingSubstatus | null, substatusCode: string | null, title: string | null, comment: string | null, logisticsChannel: string | null, orderId: string | null, orderCreatedAt: string | null, archived: boolean | null, createdAt: string | null, updatedAt: string | null, transitDays: number | null, idleDays: number | null, carrier: { code: string, name: string, kind: CarrierKind | null } | null, customer: { name: string | null, emails: Array<string>, phone: string | null } | null, originCountry: { code: string | null, name: string } | null, destinationCountry: { code: string | null, name: string } | null, origin: { kind: TrackingLegKind, carrierCode: string | null, phone: string | null, website: string | null, referenceNumber: string | null, receivedAt: string | null, dispatchedAt: string | null, departedAt: string | null, arrivedAbroadAt: string | null, clearedCustomsAt: string | null, arrivedAt: string | null, carrier: { name: string } | null, events: Array<{ occurredAt: string }> } | null, destination: { kind: TrackingLegKind, carrierCode: string | null, phone: string | null, website: string | null, referenceNumber: string | null, receivedAt: string | null, dispatchedAt: string | null, departedAt: string | null, arrivedAbroadAt: string | null, clearedCustomsAt: string | null, arrivedAt: string | null, carrier: { name: string } | null, events: Array<{ occurredAt: string }> } | null, events: Array<{ occurredAt: string, description: string, location: string | null, status: TrackingStatus | null, statusText: string | null, substatus: TrackingSubstatus | null, substatusCode: string | null, leg: TrackingLegKind }>, latestEvent: { occurredAt: string, description: string } | null };

export type LegFragment = { kind: TrackingLegKind, carrierCode: string | null, phone: string | null, website: string | null, referenceNumber: string | null, receivedAt: string | null, dispatchedAt: string | null, departedAt: string | null, arrivedAbroadAt: string | null, clearedCustomsAt: string | null, arrivedAt: string | null, carrier: { name: string } | null, events: Array<{ occurredAt: string }> };

export type EventFragment = { occurredAt: string, description: string, location: string | null, status: TrackingStatus | null, statusText: string | null, substatus: TrackingSubstatus | null, substatusCode: string | null, leg: TrackingLegKind };

export type UpdateTrackingMutationVariables = Exact<{
  carrierCode: string;
  trackingNumber: string;
  input: UpdateTrackingInput;
}>;


export type UpdateTrackingMutation = { updateTracking:
    | { __typename: 'TrackingInputError', path: Array<string>, code: TrackingErrorCode, message: string }
    | { __typename: 'TrackingNotFoundError', code: TrackingErrorCode, message: string }
    | { __typename: 'UpdateTrackingPayload', tracking: { id: string, title: string | null, logisticsChannel: string | null, orderId: string | null, archived: boolean | null, status: TrackingStatus, statusText: string, customer: { name: string | null, emails: Array<string>, phone: string | null } | null, destinationCountry: { code: string | null, name: string } | null } }
   };

export const LegFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Leg"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingLeg"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","name":{"kind":"Name","value":"referenceNumber"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dispatchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"departedAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAbroadAt"}},{"kind":"Field","name":{"kind":"Name","value":"clearedCustomsAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}}]} as unknown as DocumentNode<LegFragment, unknown>;
export const EventFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Event"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"location"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"substatus"}},{"kind":"Field","name":{"kind":"Name","value":"substatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"leg"}}]}}]} as unknown as DocumentNode<EventFragment, unknown>;
export const WholeTrackingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WholeTracking"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tracking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamId"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"substatus"}},{"kind":"Field","name":{"kind":"Name","value":"substatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"comment"}},{"kind":"Field","name":{"kind":"Name","value":"logisticsChannel"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderCreatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"emails"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"originCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"destinationCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"transitDays"}},{"kind":"Field","name":{"kind":"Name","value":"idleDays"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Leg"}}]}},{"kind":"Field","name":{"kind":"Name","value":"destination"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Leg"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Event"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latestEvent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Leg"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingLeg"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","name":{"kind":"Name","value":"referenceNumber"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dispatchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"departedAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAbroadAt"}},{"kind":"Field","name":{"kind":"Name","value":"clearedCustomsAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Event"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"location"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"substatus"}},{"kind":"Field","name":{"kind":"Name","value":"substatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"leg"}}]}}]} as unknown as DocumentNode<WholeTrackingFragment, unknown>;
export const BatchCreateTrackingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BatchCreateTrackings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTrackingInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"batchCreateTrackings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submittedCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTrackingPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tracking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingAlreadyExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingUpstreamError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<BatchCreateTrackingsMutation, BatchCreateTrackingsMutationVariables>;
export const CarriersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Carriers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"carriers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","name":{"kind":"Name","value":"logo"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"detectCarriers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"trackingNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]}}]} as unknown as DocumentNode<CarriersQuery, CarriersQueryVariables>;
export const CreateTrackingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTracking"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTrackingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTracking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTrackingPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tracking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"comment"}},{"kind":"Field","name":{"kind":"Name","value":"logisticsChannel"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderCreatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"emails"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"destinationCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingAlreadyExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","alias":{"kind":"Name","value":"existing"},"name":{"kind":"Name","value":"tracking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateTrackingMutation, CreateTrackingMutationVariables>;
export const DeleteTrackingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteTracking"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteTracking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"carrierCode"},"value":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}}},{"kind":"Argument","name":{"kind":"Name","value":"trackingNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteTrackingPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteTrackingMutation, DeleteTrackingMutationVariables>;
export const NodeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Node"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tracking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<NodeQuery, NodeQueryVariables>;
export const PageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Page"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trackings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<PageQuery, PageQueryVariables>;
export const RealtimeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Realtime"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"destinationCountryCode"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CountryCode"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"realtime"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"carrierCode"},"value":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}}},{"kind":"Argument","name":{"kind":"Name","value":"trackingNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}}},{"kind":"Argument","name":{"kind":"Name","value":"destinationCountryCode"},"value":{"kind":"Variable","name":{"kind":"Name","value":"destinationCountryCode"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"orderCreatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"originCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"destinationCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"transitDays"}},{"kind":"Field","name":{"kind":"Name","value":"idleDays"}},{"kind":"Field","name":{"kind":"Name","value":"latestEvent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"leg"}}]}}]}}]}}]} as unknown as DocumentNode<RealtimeQuery, RealtimeQueryVariables>;
export const TrackingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Tracking"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tracking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"carrierCode"},"value":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}}},{"kind":"Argument","name":{"kind":"Name","value":"trackingNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WholeTracking"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Leg"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingLeg"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","name":{"kind":"Name","value":"referenceNumber"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dispatchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"departedAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAbroadAt"}},{"kind":"Field","name":{"kind":"Name","value":"clearedCustomsAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Event"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"location"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"substatus"}},{"kind":"Field","name":{"kind":"Name","value":"substatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"leg"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WholeTracking"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tracking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamId"}},{"kind":"Field","name":{"kind":"Name","value":"carrierCode"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"substatus"}},{"kind":"Field","name":{"kind":"Name","value":"substatusCode"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"comment"}},{"kind":"Field","name":{"kind":"Name","value":"logisticsChannel"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderCreatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"emails"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"originCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"destinationCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"transitDays"}},{"kind":"Field","name":{"kind":"Name","value":"idleDays"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Leg"}}]}},{"kind":"Field","name":{"kind":"Name","value":"destination"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Leg"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Event"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latestEvent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]}}]} as unknown as DocumentNode<TrackingQuery, TrackingQueryVariables>;
export const UpdateTrackingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateTracking"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateTrackingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateTracking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"carrierCode"},"value":{"kind":"Variable","name":{"kind":"Name","value":"carrierCode"}}},{"kind":"Argument","name":{"kind":"Name","value":"trackingNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"trackingNumber"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateTrackingPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tracking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"logisticsChannel"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"emails"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"destinationCountry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TrackingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateTrackingMutation, UpdateTrackingMutationVariables>;