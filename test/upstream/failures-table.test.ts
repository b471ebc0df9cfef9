// What each answer means, row by row (faults.md §2, upstream.md §9): the table that failures.test.ts shows from outside.

import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/domain/errors.ts';
import {
  classifyCode,
  classifyError,
  classifyStatus,
  type Failed,
  invalidResponse,
  saysGone,
  timedOut,
  type Verdict,
} from '../../src/upstream/failures.ts';

/** What a failure allows, in a few words: `retry` a read may be repeated, `unclear` a write may have been done. */
const inWords = ({ fault, retry, ambiguous, signal, brokenOff }: Failed) =>
  [
    fault.code,
    fault.retryable && 'retryable',
    retry && 'retry',
    ambiguous && 'unclear',
    signal,
    brokenOff && 'broken off',
  ]
    .filter(Boolean)
    .join(', ');

function failed(verdict: Verdict): Failed {
  if (verdict.kind !== 'failed') throw new Error(`is no failure but ${verdict.kind}`);
  return verdict;
}

const UNAVAILABLE = 'UPSTREAM_UNAVAILABLE, retryable, retry, unclear';
const REJECTED = 'UPSTREAM_REJECTED_KEY, key-rejected';
const NO_QUOTA = 'UPSTREAM_QUOTA_EXCEEDED, quota-exceeded';
const THROTTLED = 'RATE_LIMITED, retryable, throttled';

describe('a code', () => {
  it.each([
    [200, false],
    [201, false],
    [202, true],
  ])('%i is a success', (code, overQuota) => {
    expect(classifyCode(code)).toEqual({ kind: 'ok', overQuota });
  });

  it('4031 says that there is nothing', () => {
    expect(classifyCode(4031)).toEqual({ kind: 'empty' });
  });

  it.each([
    [404, { kind: 'missing' }],
    [4017, { kind: 'missing' }],
    [409, { kind: 'exists' }],
    [4016, { kind: 'exists' }],
    [400, { kind: 'invalid', reason: 'OTHER' }],
    [4012, { kind: 'invalid', reason: 'OTHER' }],
    [4013, { kind: 'invalid', reason: 'TRACKING_NUMBER' }],
    [4014, { kind: 'invalid', reason: 'TRACKING_NUMBER' }],
    [4015, { kind: 'invalid', reason: 'CARRIER_CODE' }],
    [4020, { kind: 'invalid', reason: 'OTHER' }],
    [4032, { kind: 'invalid', reason: 'CARRIER_CODE' }],
    [4033, { kind: 'invalid', reason: 'STATUS' }],
  ])('%i refuses', (code, refusal) => {
    expect(classifyCode(code)).toEqual({ kind: 'refused', refusal, code });
  });

  it.each([
    [401, REJECTED],
    [403, REJECTED],
    [4001, REJECTED],
    [4002, REJECTED],
    [402, NO_QUOTA],
    [4018, NO_QUOTA],
    [4019, NO_QUOTA],
    [4021, NO_QUOTA],
    [405, 'UPSTREAM_INVALID_RESPONSE'],
    [429, THROTTLED],
    [500, UNAVAILABLE],
    [502, UNAVAILABLE],
    [503, UNAVAILABLE],
    [504, UNAVAILABLE],
    // Nobody knows these. A number that begins with 4 is a refusal.
    [499, 'UPSTREAM_INVALID_RESPONSE'],
    [4099, 'UPSTREAM_INVALID_RESPONSE'],
    [4, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [40, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [40_123, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [1_400, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [0, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [299, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [599, 'UPSTREAM_INVALID_RESPONSE, unclear'],
    [-4_001, 'UPSTREAM_INVALID_RESPONSE, unclear'],
  ])('%i fails and keeps its number', (code, words) => {
    const verdict = failed(classifyCode(code));
    expect(inWords(verdict)).toBe(words);
    expect(verdict.code).toBe(code);
  });

  it('that nobody knows is named in the cause, for the log', () => {
    expect(failed(classifyCode(7)).fault.cause).toEqual(new Error('unknown code 7'));
    expect(failed(classifyCode(405)).fault.cause).toEqual(new Error('method not allowed'));
  });
});

it('a caller is told by a sentence what failed', () => {
  const messages = [
    classifyCode(500),
    classifyCode(7),
    classifyCode(401),
    classifyCode(429),
    classifyCode(402),
    timedOut(),
  ].map((verdict) => failed(verdict).fault.message);
  expect(messages).toEqual([
    'The upstream is not available.',
    'The upstream gave an answer that could not be understood.',
    'The upstream rejects the API key of this server.',
    'The upstream asks this account to pause.',
    'The quota of the upstream account is used up.',
    'The upstream did not answer in time.',
  ]);
});

it.each([
  [4031, true],
  [4017, true],
  [404, false],
  [4016, false],
  [4012, false],
  [200, false],
  [500, false],
])('%i to a write says that there is no such tracking: %s', (code, gone) => {
  expect(saysGone(classifyCode(code))).toBe(gone);
});

describe('a status without an envelope', () => {
  it.each([
    [429, THROTTLED],
    [401, REJECTED],
    [403, REJECTED],
    [500, UNAVAILABLE],
    [501, UNAVAILABLE],
    [599, UNAVAILABLE],
    [200, 'UPSTREAM_INVALID_RESPONSE, retry, unclear'],
    [302, 'UPSTREAM_INVALID_RESPONSE, retry, unclear'],
    [404, 'UPSTREAM_INVALID_RESPONSE, retry, unclear'],
    [499, 'UPSTREAM_INVALID_RESPONSE, retry, unclear'],
  ])('of %i fails', (status, words) => {
    expect(inWords(failed(classifyStatus(status)))).toBe(words);
  });

  it('is named in the cause', () => {
    expect(failed(classifyStatus(302)).fault.cause).toEqual(new Error('HTTP 302 without an envelope'));
  });
});

describe('an attempt that ended with an error', () => {
  const withCode = (code: unknown, name = 'Error') => Object.assign(new Error('x'), { code, name });

  it.each([
    ['ECONNREFUSED', 'UPSTREAM_UNAVAILABLE, retryable, retry'],
    ['ENOTFOUND', 'UPSTREAM_UNAVAILABLE, retryable, retry'],
    ['EAI_AGAIN', 'UPSTREAM_UNAVAILABLE, retryable, retry'],
    ['EHOSTUNREACH', 'UPSTREAM_UNAVAILABLE, retryable, retry'],
    ['ENETUNREACH', 'UPSTREAM_UNAVAILABLE, retryable, retry'],
    ['UND_ERR_CONNECT_TIMEOUT', 'UPSTREAM_UNAVAILABLE, retryable, retry'],
    ['UND_ERR_HEADERS_TIMEOUT', 'UPSTREAM_TIMEOUT, retryable, retry, unclear'],
    ['UND_ERR_BODY_TIMEOUT', 'UPSTREAM_TIMEOUT, retryable, retry, unclear'],
    ['ETIMEDOUT', 'UPSTREAM_TIMEOUT, retryable, retry, unclear'],
    ['ECONNRESET', 'UPSTREAM_UNAVAILABLE, retryable, retry, unclear, broken off'],
    ['EPIPE', 'UPSTREAM_UNAVAILABLE, retryable, retry, unclear, broken off'],
    ['UND_ERR_SOCKET', 'UPSTREAM_UNAVAILABLE, retryable, retry, unclear, broken off'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UPSTREAM_UNAVAILABLE, retryable, retry, unclear, broken off'],
    ['SOMETHING_ELSE', 'UPSTREAM_UNAVAILABLE, retryable, unclear'],
    ['', 'UPSTREAM_UNAVAILABLE, retryable, unclear'],
  ])('%s keeps it as its cause', (code, words) => {
    const error = withCode(code);
    const verdict = classifyError(error);
    expect(inWords(verdict)).toBe(words);
    expect(verdict.fault.cause).toBe(error);
  });

  it.each([
    ['an answer too large', withCode('UND_ERR_RES_EXCEEDED_MAX_SIZE'), 'unclear', 'answer too large'],
    ['a parser’s code', withCode('HPE_INVALID_CONSTANT'), 'retry, unclear', 'not HTTP'],
    ['a parser’s name', withCode(undefined, 'HTTPParserError'), 'retry, unclear', 'not HTTP'],
  ])('%s is an answer that is not understood', (_, error, words, why) => {
    const verdict = classifyError(error);
    expect(inWords(verdict)).toBe(`UPSTREAM_INVALID_RESPONSE, ${words}`);
    expect(verdict.fault.cause).toEqual(new Error(why));
  });

  it.each([
    ['no code', new Error('x')],
    ['a parser’s code somewhere in it', withCode('NOT_HPE_')],
    ['no error at all', 'ECONNREFUSED'],
    ['an object with a code', { code: 'ECONNREFUSED' }],
    ['an object with a parser’s name', { name: 'HTTPParserError' }],
    ['nothing', undefined],
    ['null', null],
  ])('with %s is never repeated', (_, error) => {
    expect(inWords(classifyError(error))).toBe('UPSTREAM_UNAVAILABLE, retryable, unclear');
  });

  it('of its own time limit is a time-out, with its cause', () => {
    const cause = new Fault('UPSTREAM_TIMEOUT', 'x');
    expect(inWords(timedOut(cause))).toBe('UPSTREAM_TIMEOUT, retryable, retry, unclear');
    expect(timedOut(cause).fault.cause).toBe(cause);
    expect(inWords(invalidResponse('why'))).toBe('UPSTREAM_INVALID_RESPONSE, retry, unclear');
  });
});
