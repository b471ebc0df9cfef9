// The scalars. Input is strict; output is written as the client room read it, which has checked it already.

import { GraphQLCountryCode, GraphQLEmailAddress, GraphQLLocalDate, GraphQLURL } from 'graphql-scalars';
import { isLocalDateTime, readDateTime } from '../domain/times.ts';
import type { Builder } from './builder.ts';

/** A text scalar's input check: the value, or an error that says what was expected. */
function checked(name: string, accepts: (text: string) => boolean) {
  return (value: unknown): string => {
    if (typeof value !== 'string' || !accepts(value)) throw new TypeError(`${name} cannot represent this value.`);
    return value;
  };
}

export function addScalars(builder: Builder): void {
  builder.scalarType('DateTime', {
    description:
      'An instant as RFC 3339, e.g. `2026-03-02T10:15:00+00:00`. Where the upstream gives an offset it is kept: it is the account’s, not the parcel’s.',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
    serialize: String,
    parseValue: checked('DateTime', (text) => readDateTime(text) === text && isLocalDateTime(text.slice(0, 19))),
  });
  builder.scalarType('LocalDateTime', {
    description:
      'A wall clock without a zone, e.g. `2026-02-24T10:17:00`: the time at the place where something happened. Do not convert it; where only the day is known the time is `00:00:00`.',
    serialize: String,
    parseValue: checked('LocalDateTime', isLocalDateTime),
  });
  builder.addScalarType('Date', GraphQLLocalDate, {
    description: 'A calendar day, e.g. `2026-02-24`.',
    serialize: String,
  });
  builder.addScalarType('URL', GraphQLURL, {
    description: 'A web address, http or https.',
    serialize: String,
    parseValue: checked('URL', (text) => URL.canParse(text)),
  });
  // `""` clears or leaves out, as everywhere in inputs (contract.md §4).
  builder.addScalarType('CountryCode', GraphQLCountryCode, {
    description: 'A country by its ISO 3166-1 alpha-2 code, e.g. `RU`. As input, `""` stands for none.',
    serialize: String,
    parseValue: (value) => (value === '' ? '' : GraphQLCountryCode.parseValue(value)),
    parseLiteral: undefined,
  });
  builder.addScalarType('EmailAddress', GraphQLEmailAddress, {
    description: 'An e-mail address. As input, `""` stands for none.',
    serialize: String,
    parseValue: (value) => (value === '' ? '' : GraphQLEmailAddress.parseValue(value)),
    parseLiteral: undefined,
  });
}
