// Which documents are taken for one another, and what stands for the texts in which they differ.

import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/schema/index.ts';
import { cut, templateOf } from '../../src/server/templates.ts';

const schema = createSchema();
const made = (source: string) => {
  const pieces = cut(source);
  return pieces && templateOf(schema, parse(source), pieces.texts);
};
const LOOK = (key: string, number: string) =>
  `${key}: tracking(carrierCode: "sto", trackingNumber: "${number}") { id }`;

describe('a document', () => {
  it('is cut at its texts', () => {
    expect(cut('{ a(b: "x", c: "") { d } }')).toEqual({ skeleton: '{ a(b: ", c: ") { d } }', texts: ['x', ''] });
  });

  it.each([
    ['without texts', '{ a }'],
    ['with a comment', '{ a(b: "x") } # "'],
    ['with an escape', '{ a(b: "\\u0041") }'],
    ['with a block text', '{ a(b: """x""") }'],
  ])('%s is not cut', (_, source) => {
    expect(cut(source)).toBeUndefined();
  });

  it('with a control character, or half a character, in a text has one text less than quotes', () => {
    for (const odd of ['\u0007', '\ud800', '\n']) {
      const pieces = cut(`{ a(b: "${odd}") c(d: "x") }`);
      expect(pieces?.texts).not.toHaveLength(pieces?.skeleton.split('"').length ?? 0);
      expect(pieces && made(`{ ${LOOK('a', 'x')} ${LOOK('b', 'y')} }`)?.valuesOf(pieces.texts)).toBeUndefined();
    }
  });
});

describe('a template', () => {
  it('has a variable of the argument\u2019s type for each text, in their order', () => {
    const template = made(
      'query Q($t: Int) { node(id: "abc") { id } carrier(code: "sto") { name } trackings(first: $t, after: "c") { totalCount } }',
    );
    expect(template && print(template.operation)).toBe(
      print(
        parse(
          'query Q($t: Int, $_text_0: ID!, $_text_1: String!, $_text_2: String!) { node(id: $_text_0) { id } carrier(code: $_text_1) { name } trackings(first: $t, after: $_text_2) { totalCount } }',
        ),
      ),
    );
    expect(template?.valuesOf(['1', '2', '3'])).toEqual({ _text_0: '1', _text_1: '2', _text_2: '3' });
    expect(template?.valuesOf(['1', '2'])).toBeUndefined();
  });

  it('is made of fragments too', () => {
    const template = made('{ ...F } fragment F on Query { carrier(code: "sto") { name } }');
    expect(template && print(template.document)).toContain('carrier(code: $_text_0)');
  });

  it.each([
    [
      'a text whose value is validated',
      '{ trackings(filter: { createdAt: { from: "2026-01-01T00:00:00Z" } }) { totalCount } }',
    ],
    ['a text in a list', '{ nodes(ids: ["abc"]) { id } }'],
    ['a text by default', 'query($c: String! = "sto") { carrier(code: $c) { name } }'],
    ['fields of one key, which must agree', `{ ${LOOK('a', 'x')} ${LOOK('a', 'x')} }`],
    ['several operations', 'query A { carrier(code: "sto") { name } } query B { __typename }'],
    ['a write', 'mutation { deleteTracking(carrierCode: "sto", trackingNumber: "402934299065") { __typename } }'],
    [
      'a variable of such a name',
      'query($_text_0: String!) { carrier(code: $_text_0) { name } node(id: "abc") { id } }',
    ],
  ])('is not made of a document with %s', (_, source) => {
    expect(cut(source)).toBeDefined();
    expect(made(source)).toBeUndefined();
  });
});
