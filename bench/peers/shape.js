// What the peers have in common: where they listen, what they ask, and how a reply's object becomes the fields that the
// scenarios ask for. The plain thing everybody writes first: no cache, no batching, no budget.

export const port = Number(process.env.PORT);
export const upstream = process.env.UPSTREAM ?? '';
export const headers = { 'Api-Key': process.env.API_KEY ?? '', 'Content-Type': 'application/json' };

export const typeDefs = /* GraphQL */ `
  type Query {
    tracking(carrierCode: String!, trackingNumber: String!): Tracking
    trackings(first: Int = 20, page: Int = 1): TrackingPage!
  }
  type TrackingPage {
    totalCount: Int!
    nodes: [Tracking!]!
  }
  type Tracking {
    trackingNumber: String!
    carrierCode: String!
    statusText: String!
    title: String
    orderId: String
    updatedAt: String
    idleDays: Int
    events: [TrackingEvent!]!
    customer: Customer
    origin: Leg
    destination: Leg
  }
  type Customer {
    name: String
    emails: [String!]!
  }
  type Leg {
    carrierCode: String
    phone: String
    website: String
    events: [TrackingEvent!]!
  }
  type TrackingEvent {
    occurredAt: String!
    description: String!
    location: String
    statusText: String
  }
`;

const toEvent = (wire) => ({
  occurredAt: wire.Date,
  description: wire.StatusDescription,
  location: wire.Details,
  statusText: wire.checkpoint_status,
});

const toLeg = (wire) =>
  wire && {
    carrierCode: wire.carrier_code,
    phone: wire.phone,
    website: wire.weblink,
    events: (wire.trackinfo ?? []).map(toEvent),
  };

export const toTracking = (wire) => {
  const origin = toLeg(wire.origin_info);
  const destination = toLeg(wire.destination_info);
  return { ...plainly(wire), events: [...(origin?.events ?? []), ...(destination?.events ?? [])], origin, destination };
};

const plainly = (wire) => ({
  trackingNumber: wire.tracking_number,
  carrierCode: wire.carrier_code,
  statusText: wire.status,
  title: wire.title,
  orderId: wire.order_id,
  updatedAt: wire.updated_at,
  idleDays: wire.stayTimeLength,
  customer: { name: wire.customer_name, emails: wire.customer_email ? [wire.customer_email] : [] },
});

export const singlePath = (carrierCode, trackingNumber) =>
  `/trackings/${encodeURIComponent(carrierCode)}/${encodeURIComponent(trackingNumber)}`;
export const pagePath = (page, first) => `/trackings/get?page=${Number(page)}&limit=${Number(first)}`;

/** The tracking of a single reply; null: not there. Throws what the upstream says went wrong. */
export function readSingle({ meta, data }) {
  if (meta.code === 4031 || meta.code === 4017) return null;
  if (meta.code !== 200) throw new Error(`upstream code ${meta.code}`);
  return toTracking(data[0]);
}

/** The page of a list reply. */
export function readPage({ meta, data }) {
  if (meta.code === 4031) return { totalCount: 0, nodes: [] };
  if (meta.code !== 200) throw new Error(`upstream code ${meta.code}`);
  return { totalCount: Number(data.total), nodes: data.items.map(toTracking) };
}
