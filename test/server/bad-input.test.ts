// Bad input is refused before any upstream call, with a code and the argument's name.

import { beforeEach, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../src/domain/page.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { sandboxFor, startApp } from '../support/app.ts';

const sandbox: Sandbox = await sandboxFor();
const { run } = startApp({ baseUrl: sandbox.baseUrl });

const many = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => `1000000${100 + index}`));

const REFUSED: readonly (readonly [what: string, document: string, argument: string])[] = [
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

describe('bad input', () => {
  beforeEach(() => sandbox.clearCalls());

  it.each(REFUSED)('%s is refused before any upstream call', async (_what, document, argument) => {
    const { errors } = await run(document);
    expect(errors?.map((error) => error.extensions)).toEqual([
      expect.objectContaining({ code: 'BAD_USER_INPUT', argument }),
    ]);
    expect(errors?.[0]?.message).toContain(argument.split('.')[0]);
    const reads = argument === 'first' && document.includes('events') ? 1 : 0;
    expect(sandbox.calls()).toHaveLength(reads);
  });

  it('in a variable names the variable', async () => {
    const document = 'query ($filter: TrackingFilter) { trackings(filter: $filter) { totalCount } }';
    const { errors } = await run(document, { filter: { status: 'LOST' } });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'filter' });
    expect(errors?.[0]?.message).toContain('filter.status');
    expect(sandbox.calls()).toHaveLength(0);
  });

  it('in one field leaves the others of the operation unharmed', async () => {
    const { data } = await run(
      '{ bad: tracking(carrierCode: "cdek", trackingNumber: "1") { id } good: tracking(carrierCode: "sto", trackingNumber: "402934299065") { status } }',
    );
    expect(data).toEqual({ bad: null, good: { status: 'IN_TRANSIT' } });
  });
});

describe('a document that is none', () => {
  it('is coded as a parse failure or a validation failure', async () => {
    expect((await run('{ nope')).errors?.[0]?.extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    expect((await run('{ nope }')).errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await run(`{ ${'a'.repeat(10)} ${'{a '.repeat(20_000)}`)).errors?.[0]?.extensions?.code).toBe(
      'GRAPHQL_PARSE_FAILED',
    );
  });

  it('is refused by media type when it is a form', async () => {
    const answer = await run(
      '{ __typename }',
      {},
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    );
    expect(answer.status).toBe(415);
  });
});

describe('introspection', () => {
  it('is refused where it is off', async () => {
    const closed = startApp({ baseUrl: sandbox.baseUrl, env: { INTROSPECTION: 'off' } });
    const { errors } = await closed.run('{ __schema { types { name } } }');
    expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await closed.run('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});
