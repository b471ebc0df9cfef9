// What the soak asks: a mix as a shop's back office would make it, over a set of keys that does not grow, so that
// everything that is bounded by what is asked for has filled when the warm-up is over.

import { encodeCursor } from '../src/domain/page.ts';
import { CARRIER, numberOf } from './wire.ts';

const text = (document: string, variables: object = {}) => JSON.stringify({ query: document, variables });

const TRACKING = `id trackingNumber status title updatedAt customer { name emails }
  origin { carrier { name } events { occurredAt description } } latestEvent { description }`;
const KEY = `carrierCode: "${CARRIER}", trackingNumber: $n`;

const one = (serial: number, count: number) =>
  text(`query One($n: String!) { tracking(${KEY}) { ${TRACKING} } }`, { n: numberOf(serial % count) });

const ten = (serial: number, count: number) =>
  text(
    `query Ten { ${Array.from(
      { length: 10 },
      // Values in the document, so that documents differ too: a hundred of them.
      (_, index) =>
        `t${index}: tracking(carrierCode: "${CARRIER}", trackingNumber: "${numberOf(((serial % 100) * 10 + index) % count)}") { ${TRACKING} }`,
    ).join(' ')} }`,
  );

const page = (serial: number, count: number) =>
  text(
    `query Page($after: String) { trackings(first: 50, after: $after) { totalCount nodes { ${TRACKING} } pageInfo { endCursor } } }`,
    { after: encodeCursor((serial * 50) % count, '[]') },
  );

const missing = (serial: number) =>
  text(`query Missing($n: String!) { tracking(${KEY}) { id } }`, { n: numberOf(500_000 + (serial % 100)) });

const carriers = () => text('{ carriers { code name } }');

const update = (serial: number, count: number) =>
  text(
    `mutation Update($n: String!, $title: String) { updateTracking(${KEY}, input: { title: $title }) {
      __typename ... on UpdateTrackingPayload { tracking { title } } } }`,
    { n: numberOf(serial % Math.min(count, 100)), title: `Parcel ${serial % 1_000}` },
  );

const NEW = 60;
// Each of these numbers is created at one time and deleted at another.
const create = (serial: number) =>
  text(
    `mutation Create($n: String!) { createTracking(input: { carrierCode: "${CARRIER}", trackingNumber: $n }) { __typename } }`,
    { n: numberOf(600_000 + (serial % NEW)) },
  );
const remove = (serial: number) =>
  text(`mutation Remove($n: String!) { deleteTracking(${KEY}) { __typename } }`, {
    n: numberOf(600_000 + (serial % NEW)),
  });

const broken = () => text('{ tracking(carrierCode: "cdek") { nothing } }');

/** One of each hundred, by place. */
const MIX: readonly ((serial: number, count: number) => string)[] = [
  ...Array.from({ length: 60 }, () => one),
  ...Array.from({ length: 10 }, () => ten),
  ...Array.from({ length: 10 }, () => page),
  ...Array.from({ length: 5 }, () => missing),
  ...Array.from({ length: 2 }, () => carriers),
  ...Array.from({ length: 5 }, () => update),
  ...Array.from({ length: 3 }, () => create),
  ...Array.from({ length: 3 }, () => remove),
  ...Array.from({ length: 2 }, () => broken),
];

/** The body of operation `serial`. `count` trackings are there. The order is mixed, and the same in every run. */
export function mixedOperation(serial: number, count: number): string {
  const mixed = Math.imul(serial + 1, 2_654_435_761) >>> 0;
  return (MIX[mixed % MIX.length] ?? one)(mixed >>> 8, count);
}
