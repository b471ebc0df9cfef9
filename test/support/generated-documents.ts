// Documents made up from the schema, from a seed: valid ones with aliases, fragments, variables and directives, and ones
// that were broken on purpose. Queries and mutations, the latter over a few numbers only.

import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export interface GeneratedRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName?: string;
}

/** A small generator of numbers from 0 to 1 that repeats itself for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  carrierCode: ['sto', 'china-post', 'cdek', 'CDEK', 'no-such-carrier', '../x', ''],
  code: ['cdek', 'sto', 'nobody', 'a b'],
  trackingNumber: ['402934299065', 'LX123456785CN', '0000000000', ' 402934299065 ', '12', 'ab/cd/ef'],
  id: ['VHJhY2tpbmc6c3RvfDQwMjkzNDI5OTA2NQ', 'nonsense', ''],
  ids: ['VHJhY2tpbmc6c3RvfDQwMjkzNDI5OTA2NQ', 'nonsense'],
  language: ['en', 'english'],
};
const OTHER_TEXTS = ['', 'x', 'O\'Neill "quoted"', 'значение', '2026-02-30T00:00:00Z', 'null'];
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 3, 5, 0, -1, 101, 2.5, '3', null],
  Boolean: [true, false, 'true', null],
  DateTime: ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00+03:00', 'yesterday', 5],
  LocalDateTime: ['2026-03-01T09:30:00', '2026-02-30T09:30:00'],
  Date: ['2026-03-01', '2026-13-01'],
  CountryCode: ['CN', 'ru', 'Russia'],
  EmailAddress: ['anna@example.test', '@'],
  URL: ['https://example.test'],
};

export function generateRequest(schema: GraphQLSchema, random: () => number): GeneratedRequest {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (of: number) => random() < of;
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fragments: string[] = [];
  let names = 0;

  /** Mostly right, now and then wrong. */
  function value(type: GraphQLInputType, name: string, depth: number): unknown {
    if (isNonNullType(type)) return value(type.ofType, name, depth);
    if (isListType(type)) {
      if (chance(0.1)) return value(type.ofType, name, depth);
      return Array.from({ length: Math.floor(random() * 3) }, () => value(type.ofType, name, depth));
    }
    if (isEnumType(type)) return chance(0.95) ? pick(type.getValues()).name : 'NO_SUCH_VALUE';
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => (isNonNullType(field.type) && chance(0.97)) || (depth < 2 && chance(0.25)),
      );
      const object = Object.fromEntries(fields.map((field) => [field.name, value(field.type, field.name, depth + 1)]));
      return chance(0.03) ? { ...object, noSuchField: 1 } : object;
    }
    const texts = TEXTS[name] ?? OTHER_TEXTS;
    const known = SCALARS[getNamedType(type).name];
    // The first of each list is right.
    if (known) return chance(0.8) ? known[0] : pick(known);
    return chance(0.6) ? texts[0] : pick(texts);
  }

  function literal(given: unknown, type: GraphQLInputType): string {
    const named = getNamedType(type);
    if (Array.isArray(given)) return `[${given.map((each) => literal(each, type)).join(', ')}]`;
    if (isEnumType(named) && typeof given === 'string') return given;
    if (isInputObjectType(named) && typeof given === 'object' && given !== null) {
      const fields = named.getFields();
      return `{${Object.entries(given)
        .map(([name, each]) => `${name}: ${literal(each, fields[name]?.type ?? named)}`)
        .join(', ')}}`;
    }
    return JSON.stringify(given);
  }

  function args(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.filter((arg) => (isNonNullType(arg.type) ? chance(0.98) : chance(0.3)));
    if (given.length === 0) return '';
    const texts = given.map((arg) => {
      const chosen = value(arg.type, arg.name, 0);
      if (chance(0.5)) return `${arg.name}: ${literal(chosen, arg.type)}`;
      const variable = `v${(names += 1)}`;
      declared.push(`$${variable}: ${String(arg.type)}`);
      if (chance(0.97)) variables[variable] = chosen;
      return `${arg.name}: $${variable}`;
    });
    return `(${texts.join(', ')})`;
  }

  function directive(): string {
    if (!chance(0.08)) return '';
    const which = pick(['skip', 'include']);
    if (chance(0.5)) return ` @${which}(if: ${chance(0.5)})`;
    const variable = `c${(names += 1)}`;
    declared.push(`$${variable}: Boolean!`);
    variables[variable] = chance(0.95) ? chance(0.5) : 'yes';
    return ` @${which}(if: $${variable})`;
  }

  function selection(type: GraphQLNamedType, depth: number): string {
    if (isLeafType(type)) return '';
    const parts: string[] = chance(0.3) ? ['__typename'] : [];
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (chance(0.7)) parts.push(`... on ${possible.name} ${selection(possible, depth + 1)}`);
      }
      return `{ ${['__typename', ...parts].join(' ')} }`;
    }
    if (!isObjectType(type)) return '';
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (!chance(isLeafType(inner) ? 0.35 : depth < 3 ? 0.2 : 0)) continue;
      const alias = chance(0.1) ? `a${(names += 1)}: ` : '';
      parts.push(`${alias}${field.name}${args(field)}${directive()} ${selection(inner, depth + 1)}`.trim());
    }
    const own = parts.length > 0 ? parts.join(' ') : '__typename';
    if (!chance(0.1)) return `{ ${own} }`;
    const name = `F${(names += 1)}`;
    fragments.push(`fragment ${name} on ${type.name} { ${own} }`);
    return `{ ...${name}${directive()} }`;
  }

  const isMutation = chance(0.12);
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('the schema has no such root');
  const roots = Object.values(root.getFields());
  const picked = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(roots));
  const body = picked
    .map((field, at) => `r${at}: ${field.name}${args(field)}${directive()} ${selection(getNamedType(field.type), 1)}`)
    .join('\n  ');
  const named = chance(0.7);
  const head = `${isMutation ? 'mutation' : 'query'} ${named ? 'Made' : ''}${declared.length > 0 ? `(${declared.join(', ')})` : ''}`;
  const second = named && chance(0.15) ? '\nquery Other { __typename }' : '';
  const query = `${head} {\n  ${body}\n}${second}\n${fragments.join('\n')}`;
  const operationName = named && (second !== '' || chance(0.3)) ? pick(['Made', 'Made', 'Other', 'Nobody']) : undefined;
  return {
    query: chance(0.15) ? broken(query, random) : query,
    variables,
    ...(operationName === undefined ? {} : { operationName }),
  };
}

/** The document with something wrong in it, most of the time. */
function broken(query: string, random: () => number): string {
  const at = Math.floor(random() * query.length);
  const cut = 1 + Math.floor(random() * 6);
  switch (Math.floor(random() * 5)) {
    case 0:
      return query.slice(0, at) + query.slice(at + cut);
    case 1:
      return `${query.slice(0, at)} noSuchField ${query.slice(at)}`;
    case 2:
      return query.slice(0, at);
    case 3:
      return `${query.slice(0, at)}${'{}()$@:!"…'[Math.floor(random() * 10)] ?? ''}${query.slice(at)}`;
    default:
      return query.replace(/: String!/, ': Int').replace(/__typename/, '__schema { queryType { name } }');
  }
}
