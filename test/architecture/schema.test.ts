// A walk over the schema: everything is described, and the names and nullability of contract.md §4 hold.

import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/schema/index.ts';
import { CONTRACT } from './contract.ts';

const schema = createSchema();
const contract = buildSchema(CONTRACT);

/** Types of the author, not of GraphQL itself. */
const ownTypes = (of: GraphQLSchema): readonly GraphQLNamedType[] =>
  Object.values(of.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

interface Part {
  /** Where it is: `Query.tracking(carrierCode:)`. */
  readonly place: string;
  readonly part: Described;
}

/** Every type, field, argument, input field and enum value. */
function parts(of: GraphQLSchema): readonly Part[] {
  return ownTypes(of).flatMap((type): readonly Part[] => {
    const at = (place: string, part: Described): Part => ({ place: `${type.name}${place}`, part });
    const own = at('', type);
    if (isEnumType(type)) return [own, ...type.getValues().map((value) => at(`.${value.name}`, value))];
    if (isInputObjectType(type)) {
      return [own, ...Object.values(type.getFields()).map((field) => at(`.${field.name}`, field))];
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [own];
    const fields = Object.values(type.getFields()).flatMap((field) => [
      at(`.${field.name}`, field),
      ...field.args.map((arg) => at(`.${field.name}(${arg.name}:)`, arg)),
    ]);
    return [own, ...fields];
  });
}

/** Letters only, without the words that say nothing: "The tracking's title." is `trackingtitle`. */
const bare = (text: string) =>
  text
    .toLowerCase()
    .replace(/\b(a|an|the|of|is|its|this)\b|['’]s\b/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

const places = parts(schema);

it('describes every type, field, argument, input field and enum value', () => {
  expect(places.length).toBeGreaterThan(200);
  expect(places.filter(({ part }) => !part.description?.trim()).map(({ place }) => place)).toEqual([]);
});

it('has no description that only repeats the name', () => {
  const repeating = places.filter(({ place, part }) => {
    const [owner = ''] = place.split('.');
    return [part.name, `${owner} ${part.name}`].some((name) => bare(name) === bare(part.description ?? ''));
  });
  expect(repeating.map(({ place, part }) => `${place}: ${part.description}`)).toEqual([]);
});

it('ends every description as a sentence, without white space around it', () => {
  const odd = places.filter(({ part }) => !/^\S[^]*[.)`?]$/.test(part.description ?? '.'));
  expect(odd.map(({ place, part }) => `${place}: ${part.description}`)).toEqual([]);
});

/** What the contract promises of one type and the schema does not keep. */
function broken(promised: GraphQLNamedType): readonly string[] {
  const { name } = promised;
  const real = schema.getType(name);
  if (!real) return [`${name} is missing`];
  if (real.constructor !== promised.constructor) return [`${name} is another kind of type`];
  if (isUnionType(promised) && isUnionType(real)) {
    const members = new Set(real.getTypes().map((type) => type.name));
    const missing = promised.getTypes().filter((type) => !members.has(type.name));
    return missing.map((type) => `${name} has no ${type.name}`);
  }
  if (isEnumType(promised) && isEnumType(real)) {
    return promised
      .getValues()
      .filter((value) => !real.getValue(value.name))
      .map((value) => `${name} has no ${value.name}`);
  }
  if (isInputObjectType(promised) && isInputObjectType(real)) {
    const extra = Object.values(real.getFields()).filter((field) => isRequiredInputField(field));
    return [
      ...Object.values(promised.getFields()).flatMap((field) =>
        differs(`${name}.${field.name}`, field, real.getFields()[field.name]),
      ),
      ...extra.filter((field) => !promised.getFields()[field.name]).map((field) => `${name}.${field.name} is required`),
    ];
  }
  if (!isFielded(promised) || !isFielded(real)) return [];
  const interfaces = new Set(real.getInterfaces().map((type) => type.name));
  return [
    ...promised
      .getInterfaces()
      .filter((type) => !interfaces.has(type.name))
      .map((type) => `${name} is no ${type.name}`),
    ...Object.values(promised.getFields()).flatMap((field) => {
      const there = real.getFields()[field.name];
      const place = `${name}.${field.name}`;
      return [...differs(place, field, there), ...argumentsBroken(place, field.args, there?.args ?? [])];
    }),
  ];
}

const isFielded = (type: GraphQLNamedType) => isObjectType(type) || isInterfaceType(type);

interface Typed {
  readonly type: GraphQLType;
  readonly defaultValue?: unknown;
}

function differs(place: string, promised: Typed, real: Typed | undefined): readonly string[] {
  if (!real) return [`${place} is missing`];
  if (String(promised.type) !== 'Unspecified' && String(promised.type) !== String(real.type)) {
    return [`${place} is ${String(real.type)}, promised ${String(promised.type)}`];
  }
  if (promised.defaultValue !== undefined && promised.defaultValue !== real.defaultValue) {
    return [`${place} has the default ${String(real.defaultValue)}`];
  }
  return [];
}

function argumentsBroken(
  place: string,
  promised: readonly GraphQLArgument[],
  real: readonly GraphQLArgument[],
): readonly string[] {
  const names = new Set(promised.map((arg) => arg.name));
  return [
    ...promised.flatMap((arg) =>
      differs(
        `${place}(${arg.name}:)`,
        arg,
        real.find(({ name }) => name === arg.name),
      ),
    ),
    ...real
      .filter((arg) => isRequiredArgument(arg) && !names.has(arg.name))
      .map((arg) => `${place}(${arg.name}:) is required`),
  ];
}

describe('contract.md §4', () => {
  it.each(
    ownTypes(contract)
      .map(({ name }) => name)
      .filter((name) => name !== 'Unspecified'),
  )('keeps %s', (name) => {
    const promised = contract.getType(name);
    expect(promised && broken(promised)).toEqual([]);
  });

  it.each(['TrackingStatus', 'TrackingStatusOverride', 'TrackingLegKind'])('keeps exactly the values of %s', (name) => {
    const values = (of: GraphQLSchema) => {
      const type = of.getType(name);
      return isEnumType(type)
        ? type
            .getValues()
            .map((value) => value.name)
            .sort()
        : [];
    };
    expect(values(schema)).toEqual(values(contract));
  });
});
