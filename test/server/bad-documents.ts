// Documents whose arguments are refused, and the argument that is named. Used by bad-input.test.ts and doors.test.ts.

import { encodeCursor } from '../../src/domain/page.ts';

const many = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => `1000000${100 + index}`));

export const REFUSED: readonly (readonly [what: string, document: string, argument: string])[] = [
  [
    'a carrier code with a path in it',
    '{ tracking(carrierCode: "../x", trackingNumber: "12345") { id } }',
    'carrierCode',
  ],
  ['a carrier code of blanks', '{ tracking(carrierCode: "  ", trackingNumber: "12345") { id } }', 'carrierCode'],
  ['a number that is too short', '{ tracking(carrierCode: "cdek", trackingNumber: "1234") { id } }', 'trackingNumber'],
  ['a number with a slash', '{ tracking(carrierCode: "cdek", trackingNumber: "12345/../6") { id } }', 'trackingNumber'],
  [
    'a malformed number for realtime',
    '{ realtime(carrierCode: "cdek", trackingNumber: "?????") { id } }',
    'trackingNumber',
  ],
  ['a malformed number for detection', '{ detectCarriers(trackingNumber: "no no no") { code } }', 'trackingNumber'],
  ['a malformed carrier code', '{ carrier(code: "a b") { code } }', 'code'],
  ['first: 0', '{ trackings(first: 0) { totalCount } }', 'first'],
  ['first: 101', '{ trackings(first: 101) { totalCount } }', 'first'],
  ['first: -1', '{ trackings(first: -1) { totalCount } }', 'first'],
  ['a cursor nobody gave out', '{ trackings(after: "abc") { totalCount } }', 'after'],
  [
    'a cursor of another filter',
    `{ trackings(after: "${encodeCursor(20, '[]')}", filter: {archived: true}) { totalCount } }`,
    'after',
  ],
  ['41 numbers', `{ trackings(filter: {trackingNumbers: ${many(41)}}) { totalCount } }`, 'filter.trackingNumbers'],
  ['no numbers at all', '{ trackings(filter: {trackingNumbers: []}) { totalCount } }', 'filter.trackingNumbers'],
  ['41 orders', `{ trackings(filter: {orderIds: ${many(41)}}) { totalCount } }`, 'filter.orderIds'],
  ['an order id that would be two', '{ trackings(filter: {orderIds: ["1,2"]}) { totalCount } }', 'filter.orderIds'],
  ['the status that is no word', '{ trackings(filter: {status: UNKNOWN}) { totalCount } }', 'filter.status'],
  ['an unknown status', '{ trackings(filter: {status: LOST}) { totalCount } }', 'filter'],
  [
    'a day that does not exist',
    '{ trackings(filter: {createdAt: {from: "2026-02-30T00:00:00Z"}}) { totalCount } }',
    'filter',
  ],
  ['a time without a zone', '{ trackings(filter: {createdAt: {from: "2026-02-03 10:00"}}) { totalCount } }', 'filter'],
  [
    'a ship date that is none',
    '{ realtime(carrierCode: "cdek", trackingNumber: "12345", shipDate: "yesterday") { id } }',
    'shipDate',
  ],
  ['a language that is none', '{ trackings(filter: {language: "english"}) { totalCount } }', 'filter.language'],
  ['an id of another graph', '{ node(id: "VXNlcjox") { id } }', 'id'],
  ['one bad id among good ones', '{ nodes(ids: ["VXNlcjox"]) { id } }', 'ids'],
  [
    'events(first: 0)',
    '{ tracking(carrierCode: "sto", trackingNumber: "402934299065") { events(first: 0) { leg } } }',
    'first',
  ],
  [
    'a malformed number to create',
    'mutation { createTracking(input: {carrierCode: "cdek", trackingNumber: "!"}) { __typename } }',
    'input.trackingNumber',
  ],
  [
    'a malformed carrier to update',
    'mutation { updateTracking(carrierCode: "a/b", trackingNumber: "12345", input: {}) { __typename } }',
    'carrierCode',
  ],
  [
    'a malformed number to delete',
    'mutation { deleteTracking(carrierCode: "cdek", trackingNumber: "..") { __typename } }',
    'trackingNumber',
  ],
  [
    'an e-mail that is none',
    'mutation { createTracking(input: {carrierCode: "cdek", trackingNumber: "12345", customerEmail: "@"}) { __typename } }',
    'input',
  ],
  [
    'a country that is none',
    'mutation { createTracking(input: {carrierCode: "cdek", trackingNumber: "12345", destinationCountryCode: "Russia"}) { __typename } }',
    'input',
  ],
  ['an empty batch', 'mutation { batchCreateTrackings(input: []) { createdCount } }', 'input'],
  [
    'a batch of 401',
    `mutation { batchCreateTrackings(input: [${Array(401).fill('{carrierCode: "cdek", trackingNumber: "12345"}').join()}]) { createdCount } }`,
    'input',
  ],
];
