// The sketch of contract.md §4 as SDL. `Unspecified` stands where the contract names a member and not its type. Names
// and nullability are promises to other teams: a change here needs an issue that says so.

export const CONTRACT = /* GraphQL */ `
  scalar Unspecified
  scalar CountryCode
  scalar Date
  scalar DateTime
  scalar LocalDateTime
  scalar EmailAddress
  scalar URL

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    tracking(carrierCode: String!, trackingNumber: String!): Tracking
    trackings(first: Int = 20, after: String, filter: TrackingFilter): TrackingConnection!
    realtime(
      carrierCode: String!
      trackingNumber: String!
      destinationCountryCode: CountryCode
      shipDate: Date
      postalCode: String
      accountNumber: String
      specialDestination: String
      orderId: String
      orderCreatedAt: LocalDateTime
      language: String
    ): Tracking
    carriers: [Carrier!]!
    carrier(code: String!): Carrier
    detectCarriers(trackingNumber: String!): [Carrier!]!
  }

  type Mutation {
    createTracking(input: CreateTrackingInput!): CreateTrackingResult!
    updateTracking(carrierCode: String!, trackingNumber: String!, input: UpdateTrackingInput!): UpdateTrackingResult!
    deleteTracking(carrierCode: String!, trackingNumber: String!): DeleteTrackingResult!
    batchCreateTrackings(input: [CreateTrackingInput!]!): BatchCreateTrackingsPayload!
  }

  interface Node {
    id: ID!
  }

  type Carrier {
    code: Unspecified
    name: Unspecified
  }

  type Tracking implements Node {
    id: ID!
    upstreamId: String
    carrierCode: String!
    trackingNumber: String!
    carrier: Carrier
    status: TrackingStatus!
    statusText: String!
    substatus: TrackingSubstatus
    substatusCode: String
    title: String
    comment: String
    logisticsChannel: String
    orderId: String
    orderCreatedAt: LocalDateTime
    customer: TrackingCustomer
    originCountry: Country
    destinationCountry: Country
    archived: Boolean
    createdAt: DateTime
    updatedAt: DateTime
    transitDays: Int
    idleDays: Int
    origin: TrackingLeg
    destination: TrackingLeg
    events(first: Int): [TrackingEvent!]!
    latestEvent: TrackingEvent
    fetchedAt: DateTime!
  }

  type TrackingCustomer {
    name: Unspecified
    emails: Unspecified
    phone: Unspecified
  }

  type Country {
    code: CountryCode
    name: String!
  }

  type TrackingEvent {
    occurredAt: LocalDateTime!
    description: String!
    location: String
    status: TrackingStatus
    statusText: String
    substatus: TrackingSubstatus
    substatusCode: String
    leg: TrackingLegKind!
  }

  type TrackingLeg {
    kind: Unspecified
    carrierCode: Unspecified
    carrier: Unspecified
    phone: Unspecified
    website: URL
    referenceNumber: Unspecified
    receivedAt: LocalDateTime
    dispatchedAt: LocalDateTime
    departedAt: LocalDateTime
    arrivedAbroadAt: LocalDateTime
    clearedCustomsAt: LocalDateTime
    arrivedAt: LocalDateTime
    events: [TrackingEvent!]!
  }

  enum TrackingLegKind {
    ORIGIN
    DESTINATION
  }

  enum TrackingStatus {
    PENDING
    NOT_FOUND
    INFO_RECEIVED
    IN_TRANSIT
    PICKUP
    DELIVERED
    UNDELIVERED
    EXCEPTION
    EXPIRED
    UNKNOWN
  }

  enum TrackingStatusOverride {
    DELIVERED
    EXCEPTION
    ORIGINAL
  }

  enum TrackingSubstatus {
    ON_THE_WAY
  }

  enum TrackingErrorCode {
    NOT_FOUND
  }

  input DateTimeRange {
    from: DateTime
    to: DateTime
  }

  input TrackingFilter {
    status: TrackingStatus
    createdAt: DateTimeRange
    updatedAt: DateTimeRange
    orderCreatedAt: DateTimeRange
    trackingNumbers: [String!]
    orderIds: [String!]
    archived: Boolean
    language: String
  }

  input CreateTrackingInput {
    carrierCode: String!
    trackingNumber: String!
    title: String
    logisticsChannel: String
    customerName: String
    customerEmail: EmailAddress
    customerPhone: String
    orderId: String
    orderCreatedAt: LocalDateTime
    destinationCountryCode: CountryCode
    shipDate: Date
    postalCode: String
    accountNumber: String
    specialDestination: String
    language: String
    autoCorrectCarrier: Boolean
    comment: String
  }

  input UpdateTrackingInput {
    title: String
    logisticsChannel: String
    customerName: String
    customerEmail: EmailAddress
    customerPhone: String
    orderId: String
    destinationCountryCode: CountryCode
    archived: Boolean
    status: TrackingStatusOverride
  }

  interface TrackingError {
    message: String!
    code: TrackingErrorCode!
  }

  union CreateTrackingResult =
    | CreateTrackingPayload
    | TrackingAlreadyExistsError
    | TrackingInputError
    | TrackingQuotaError
  union UpdateTrackingResult = UpdateTrackingPayload | TrackingNotFoundError | TrackingInputError
  union DeleteTrackingResult = DeleteTrackingPayload | TrackingNotFoundError

  type CreateTrackingPayload {
    tracking: Tracking!
  }

  type UpdateTrackingPayload {
    tracking: Tracking!
  }

  type DeleteTrackingPayload {
    id: ID!
    carrierCode: String!
    trackingNumber: String!
  }

  type TrackingAlreadyExistsError implements TrackingError {
    message: String!
    code: TrackingErrorCode!
    carrierCode: Unspecified
    trackingNumber: Unspecified
    tracking: Tracking
  }

  type TrackingInputError implements TrackingError {
    message: String!
    code: TrackingErrorCode!
    path: [String!]!
  }

  type TrackingQuotaError implements TrackingError {
    message: String!
    code: TrackingErrorCode!
  }

  type TrackingNotFoundError implements TrackingError {
    message: String!
    code: TrackingErrorCode!
  }

  type BatchCreateTrackingsPayload {
    results: [CreateTrackingResult!]!
    submittedCount: Int!
    createdCount: Int!
    failedCount: Int!
  }

  type TrackingConnection {
    edges: Unspecified
    nodes: Unspecified
    pageInfo: Unspecified
    totalCount: Int!
  }
`;
