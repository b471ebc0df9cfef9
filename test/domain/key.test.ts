// What names a tracking: its form, how it is compared, and its id.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseCarrierCode,
  parseKey,
  parseTrackingId,
  parseTrackingNumber,
  readKey,
  trackingId,
} from '../../src/domain/key.ts';
import { refusal } from './refusal.ts';

const NO_CARRIER = 'is not a carrier code: letters, digits, "-" and "_", at most 50 characters';
const NO_NUMBER = 'is not a tracking number: letters, digits, "-" and "_", 5 to 64 characters';
const WRONG_ANYWHERE = ['a.bcde', '../abc', 'ab/cde', 'ab cde', 'ab|cde', 'abcdeß', 'abcde\u212a', '$abcde', 'abcde$'];

describe('a carrier code', () => {
  it('is trimmed and compared in lower case', () => {
    expect(parseCarrierCode(' Russian-Post_2\n')).toBe('russian-post_2');
    expect(readKey(' CDEK ', 'RA12345')?.carrierCode).toBe('cdek');
  });

  it('has 1 to 50 characters', () => {
    for (const length of [1, 2, 50]) {
      const code = 'c'.repeat(length);
      expect(parseCarrierCode(code)).toBe(code);
      expect(readKey(code, '12345')).not.toBeNull();
    }
    for (const code of ['', ' ', 'c'.repeat(51)]) {
      expect(refusal(() => parseCarrierCode(code))).toEqual({ argument: 'carrierCode', reason: NO_CARRIER });
      expect(readKey(code, '12345')).toBeNull();
    }
  });

  it.each(WRONG_ANYWHERE)('is not %j', (code) => {
    expect(refusal(() => parseCarrierCode(code, 'input.carrierCode'))).toEqual({
      argument: 'input.carrierCode',
      reason: NO_CARRIER,
    });
    expect(readKey(code, '12345')).toBeNull();
  });
});

describe('a tracking number', () => {
  it('is trimmed and compared in upper case', () => {
    expect(parseTrackingNumber('\tra123456785ru ')).toBe('RA123456785RU');
    expect(readKey('cdek', ' ra12_45- ')?.trackingNumber).toBe('RA12_45-');
  });

  it('has 5 to 64 characters', () => {
    for (const length of [5, 6, 64]) {
      const number = '7'.repeat(length);
      expect(parseTrackingNumber(number)).toBe(number);
      expect(readKey('cdek', number)).not.toBeNull();
    }
    for (const number of ['', '1234', ' 1234 ', '7'.repeat(65)]) {
      expect(refusal(() => parseTrackingNumber(number))).toEqual({ argument: 'trackingNumber', reason: NO_NUMBER });
      expect(readKey('cdek', number)).toBeNull();
    }
  });

  it.each(WRONG_ANYWHERE)('is not %j', (number) => {
    expect(refusal(() => parseTrackingNumber(number, 'id'))).toEqual({ argument: 'id', reason: NO_NUMBER });
    expect(readKey('cdek', number)).toBeNull();
  });
});

describe('a key', () => {
  it('is made of both parts as a caller writes them, and names the one at fault', () => {
    expect(parseKey(' CDEK', 'ra12345 ')).toEqual({
      carrierCode: 'cdek',
      trackingNumber: 'RA12345',
      text: 'cdek|RA12345',
    });
    expect(refusal(() => parseKey('cd.ek', '12345'))?.argument).toBe('carrierCode');
    expect(refusal(() => parseKey('cdek', '1'))?.argument).toBe('trackingNumber');
  });

  it('is the same whoever wrote it', () => {
    expect(readKey(' CDEK', 'ra12345 ')).toEqual(parseKey('cdek', 'RA12345'));
  });
});

describe('the id of a tracking', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64url');

  it('stays what it is for ever', () => {
    expect(trackingId({ carrierCode: 'cdek', trackingNumber: 'RA12345' })).toBe('VHJhY2tpbmc6Y2Rla3xSQTEyMzQ1');
  });

  it('leads back to the key it was made of', () => {
    const part = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9A-Za-z_-]{${min},${max}}$`));
    fc.assert(
      fc.property(part(1, 50), part(5, 64), (carrier, number) => {
        const key = parseKey(carrier, number);
        expect(parseTrackingId(trackingId(key))).toEqual(key);
      }),
    );
  });

  it.each([
    ['empty', ''],
    ['no base64', '!!!'],
    ['of another type', base64('Shipment:cdek|RA12345')],
    ['as long as ours, with another prefix', base64('Tracked::cdek|RA12345')],
    ['without a number', base64('Tracking:cdek')],
    ['with a part too many', base64('Tracking:cdek|RA12345|X')],
    ['with an empty part too many', base64('Tracking:cdek|RA12345|')],
    ['with a carrier in upper case', base64('Tracking:CDEK|RA12345')],
    ['with a number in lower case', base64('Tracking:cdek|ra12345')],
    ['with a forbidden character', base64('Tracking:cd/ek|RA12345')],
    ['padded', `${base64('Tracking:cdek|RA1234')}=`],
    ['in the other alphabet, or with text behind', `${base64('Tracking:cdek|RA12345')} `],
  ])('that is %s leads nowhere', (_, id) => {
    expect(parseTrackingId(id)).toBeNull();
  });
});
