// Two sample subgraphs of a shop: orders and shops. Their data are the first parcels of the sandbox.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

const parcel = (carrierCode, trackingNumber) => ({ carrierCode, trackingNumber });

// Parcels change hands: what one order got, the next one sends back, so that two paths lead to the same parcel.
const ORDERS = [
  ['#1085', '2026-02-09', 'north', parcel('cdek', '1255186421'), parcel('boxberry', 'BXB459332702')],
  ['#1086', '2026-02-11', 'south', parcel('boxberry', 'BXB459332702'), parcel('cdek', '1255186421')],
  ['#1087', '2026-02-12', 'north', parcel('sto', '402933072457'), null],
  ['#1088', '2026-02-12', 'south', parcel('ups', '1Z999AA11509325820'), parcel('sto', '402933072457')],
  ['#1089', '2026-02-13', 'south', parcel('cdek', '1979128680'), parcel('ups', '1Z999AA11509325820')],
].map(([id, placedOn, shop, sent, back]) => ({ id, placedOn, shop: { id: shop }, parcel: sent, returnParcel: back }));

const idOf = (carrierCode, trackingNumber) =>
  Buffer.from(`Tracking:${carrierCode}|${trackingNumber}`).toString('base64url');
const SHOPS = [
  { id: 'north', name: 'North street', delivery: { id: idOf('cdek', '1255186421') } },
  { id: 'south', name: 'South square', delivery: { id: idOf('boxberry', 'BXB459332702') } },
];

const byId = (list) => (reference) => list.find(({ id }) => id === reference.id) ?? null;

export const SUBGRAPHS = {
  orders: { Query: { orders: () => ORDERS }, Order: { __resolveReference: byId(ORDERS) } },
  shops: { Query: { shops: () => SHOPS }, Shop: { __resolveReference: byId(SHOPS) } },
};

export const sdlOf = (name) => readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8');

/** Serves a sample subgraph on a free port; gives its address. */
export function serve(name) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdlOf(name)), resolvers: SUBGRAPHS[name] });
  const server = createServer(createYoga({ schema, logging: false, maskedErrors: false }));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/graphql`));
  });
}
