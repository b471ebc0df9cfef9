// Bad input is refused before any upstream call, with a code and the argument's name.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { sandboxFor, startApp } from '../support/app.ts';
import { REFUSED } from './bad-documents.ts';

const sandbox: Sandbox = await sandboxFor();
const { run } = startApp({ baseUrl: sandbox.baseUrl });

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
