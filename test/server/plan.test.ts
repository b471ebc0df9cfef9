// Plans beside graphql-js, over a small graph of their own that has what ours has and what it might get: whatever a query
// meets, both give the same, and no root field is asked twice.

import fc from 'fast-check';
import {
  execute,
  type ExecutionResult,
  GraphQLEnumType,
  GraphQLError,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import { keyedBy, keyedField } from '../../src/schema/builder.ts';
import { rootOf, withMemory } from '../../src/schema/remembered.ts';
import { createPlans } from '../../src/server/plans.ts';

/** What a field gives, by the text of its argument. */
const GIVEN: Readonly<Record<string, () => unknown>> = {
  value: () => 'text',
  later: () => Promise.resolve('text'),
  null: () => null,
  nothing: () => undefined,
  'null later': () => Promise.resolve(null),
  error: () => new Error('given'),
  'error later': () => Promise.reject(new Error('rejected')),
  thrown: () => {
    throw new Error('thrown');
  },
  'no text': () => ({ an: 'object' }),
};
const HOW = Object.keys(GIVEN);

/** What is found by a key: in its box, or an error. */
const FOUND: Readonly<Record<string, { readonly value: unknown } | Error>> = {
  item: { value: { name: 'found' } },
  nothing: { value: null },
  failed: new Error('not found out'),
  'no item': { value: 'text' },
};
const KEYS = [...Object.keys(FOUND), 'wrong'];

interface Asked {
  readonly roots: string[];
  /** Keys that were looked up. */
  readonly loads: string[];
}

function graph(asked: Asked): GraphQLSchema {
  const even = new GraphQLScalarType({
    name: 'Even',
    serialize(value) {
      if (typeof value !== 'number' || value % 2 !== 0) throw new GraphQLError('not even');
      return value;
    },
  });
  const size = new GraphQLEnumType({ name: 'Size', values: { SMALL: { value: 1 }, LARGE: { value: 2 } } });
  const how = { how: { type: GraphQLString, defaultValue: 'value' } };
  const given = (_: unknown, args: { readonly how?: string | null }) => GIVEN[args.how ?? 'null']?.();
  const texts = {
    text: { type: GraphQLString, args: how, resolve: given },
    sureText: { type: new GraphQLNonNull(GraphQLString), args: how, resolve: given },
  };
  const named = new GraphQLInterfaceType({
    name: 'Named',
    fields: { name: { type: GraphQLString } },
  });
  const item: GraphQLObjectType<{ readonly name: string }> = new GraphQLObjectType({
    name: 'Item',
    interfaces: [named],
    fields: () => ({
      ...texts,
      name: { type: GraphQLString },
      sureName: { type: new GraphQLNonNull(GraphQLString), resolve: ({ name }: { readonly name: string }) => name },
      method: { type: GraphQLString },
      known: {
        type: GraphQLString,
        args: how,
        resolve: (_, args) => GIVEN[args.how]?.() ?? 'read',
        extensions: { peek: (_: object, args: { how: string }) => (args.how === 'value' ? 'text' : undefined) },
      },
      even: { type: even, args: { of: { type: GraphQLInt } }, resolve: (_, { of }) => of },
      size: { type: size, args: { of: { type: GraphQLInt } }, resolve: (_, { of }) => of },
      self: { type: item, resolve: (source) => source },
      sureSelf: { type: new GraphQLNonNull(item), args: how, resolve: given },
      table: { type: new GraphQLList(new GraphQLList(GraphQLInt)), resolve: () => [[1, 2], null, []] },
      list: {
        type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
        args: how,
        resolve: (_, args) => ['first', ...[given(_, args)], Promise.resolve('last')],
      },
      noList: { type: new GraphQLList(GraphQLString), resolve: () => 'characters' },
      iterable: { type: new GraphQLList(GraphQLString), resolve: () => new Set(['a', 'b']) },
    }),
  });
  const other = new GraphQLObjectType({
    name: 'Other',
    interfaces: [named],
    fields: { name: { type: GraphQLString }, count: { type: GraphQLInt } },
    isTypeOf: (value) => typeof value === 'object' && value !== null && 'count' in value,
  });
  const either = new GraphQLUnionType({
    name: 'Either',
    types: [item, other],
    resolveType: (value) => value.kind,
  });
  const ITEM = { __typename: 'Item', kind: 'Item', name: 'an item', method: () => 'called' };
  const OTHER = { __typename: 'Other', kind: 'Other', name: 'another', count: 3 };
  const NOBODY = { __typename: 'Nobody', kind: 'Nobody', name: 'nobody' };
  const kinds = { Item: ITEM, Other: OTHER, Nobody: NOBODY, Wrong: { ...ITEM, __typename: 'Other', kind: 'Other' } };
  const ofKind = (_: unknown, { kinds: names }: { kinds: readonly (keyof typeof kinds)[] }) =>
    names.map((name) => (name === 'Other' ? Promise.resolve(kinds[name]) : kinds[name]));
  const kindsArgument = { kinds: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)), defaultValue: ['Item'] } };
  const lookedUp = (key: string) => {
    asked.loads.push(key);
    return FOUND[key] ?? new Error('no such key');
  };
  const byKey = {
    args: { by: { type: new GraphQLNonNull(GraphQLString) } },
    ...keyedField({
      keyOf({ by }: { readonly by: string }) {
        if (by === 'wrong') throw new Error('wrong key');
        return by;
      },
      async load(key) {
        const found = lookedUp(key);
        if (found instanceof Error) throw found;
        return found.value;
      },
      loadAll: async (keys) => keys.map(lookedUp),
      take: ({ value }) => value,
    }),
  };
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: {
      ...texts,
      found: { type: item, ...byKey },
      sureFound: { type: new GraphQLNonNull(item), ...byKey },
      item: { type: item, resolve: () => Promise.resolve(ITEM) },
      itemNow: { type: item, resolve: () => ITEM },
      sureItem: {
        type: new GraphQLNonNull(item),
        args: how,
        resolve: (_, args) => (args.how === 'value' ? ITEM : given(_, args)),
      },
      either: { type: new GraphQLList(either), args: kindsArgument, resolve: ofKind },
      named: { type: new GraphQLList(named), args: kindsArgument, resolve: ofKind },
      echo: {
        type: GraphQLString,
        args: {
          text: { type: GraphQLString, defaultValue: 'by default' },
          sure: { type: new GraphQLNonNull(GraphQLString) },
          number: { type: GraphQLInt },
        },
        resolve: (_, args) => JSON.stringify(args),
      },
    },
  });
  for (const field of Object.values(query.getFields())) {
    const { resolve } = field;
    if (keyedBy(field)) continue;
    field.resolve = (source, args, context, info) => {
      asked.roots.push(String(info.path.key));
      return resolve?.(source, args, context, info);
    };
  }
  return withMemory(new GraphQLSchema({ query, types: [item, other] }));
}

type Variables = Readonly<Record<string, unknown>>;

/** As text: the order of keys counts, that of errors does not, since it says only whose promise was settled first. */
const shown = ({ errors, ...result }: ExecutionResult) =>
  JSON.stringify({ errors: errors?.map((error) => JSON.stringify(error)).toSorted(), ...result });

/** What both give. */
async function both(source: string, variables: Variables = {}, operationName?: string) {
  const document = parse(source);
  const plain: Asked = { roots: [], loads: [] };
  const planned: Asked = { roots: [], loads: [] };
  const schema = graph(planned);
  expect(validate(schema, document)).toEqual([]);
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === 'OperationDefinition',
  );
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  if (!operation) throw new Error('no operation');
  const contextValue = {};
  const shared = { document, operationName, variableValues: variables, contextValue };
  const expected = shown(await execute({ ...shared, schema: graph(plain) }));
  const plans = createPlans(schema, document, operation);
  const run = async () => {
    let alone = true;
    // These resolvers look at no context.
    const result: ExecutionResult = await plans.run(variables, contextValue as Context, (remembered) => {
      alone = false;
      return execute({ ...shared, schema, rootValue: remembered && rootOf(remembered) });
    });
    return { text: shown(result), alone };
  };
  const { text, alone } = await run();
  expect(text).toBe(expected);
  expect(planned.roots).toEqual(plain.roots);
  expect(planned.loads.toSorted()).toEqual(plain.loads.toSorted());
  expect((await run()).text).toBe(expected);
  return { text, alone };
}

/** The plan does it alone. */
async function alone(source: string, variables?: Variables, operationName?: string) {
  const result = await both(source, variables, operationName);
  expect(result.alone).toBe(true);
  return result.text;
}

/** graphql-js does it, with what the plan has asked already. */
async function handedOn(source: string, variables?: Variables) {
  const result = await both(source, variables);
  expect(result.alone).toBe(false);
  return result.text;
}

describe('a plan gives what graphql-js gives', () => {
  it('for keys in the order in which they are asked for, merged where they are equal', async () => {
    const text = await alone(
      '{ b: itemNow { name } a: item { name x: name } b: itemNow { self { text } name } ...F } fragment F on Query { a: item { text name } }',
    );
    expect(text).toBe(
      '{"data":{"b":{"name":"an item","self":{"text":"text"}},"a":{"name":"an item","x":"an item","text":"text"}}}',
    );
  });

  it('for fragments on interfaces, unions and the type itself', async () => {
    await alone(
      `{ named(kinds: ["Item", "Other"]) { __typename name ... on Item { text } ...O ... on Named { again: name } }
         either(kinds: ["Other", "Item"]) { ... on Named { name } ...O ...O ... { t: __typename } } }
       fragment O on Other { count }`,
    );
  });

  it('for conditions, constant or by variables, on fields and fragments', async () => {
    const query = `query($yes: Boolean!, $no: Boolean = false) { a: text @include(if: $yes) b: text @skip(if: $yes)
      item { name @skip(if: true) text @include(if: $no) ...F @include(if: $yes) ... @skip(if: $no) { k: known } } }
      fragment F on Item { even(of: 2) }`;
    const texts = [await alone(query, { yes: true }), await alone(query, { yes: false, no: true })];
    expect(new Set(texts).size).toBe(2);
    const many = Array.from({ length: 5 }, (_, at) => `$v${at}: Boolean!`).join();
    const fields = Array.from({ length: 5 }, (_, at) => `t${at}: text @skip(if: $v${at})`).join(' ');
    await handedOn(`query(${many}) { ${fields} }`, { v0: true, v1: false, v2: true, v3: false, v4: true });
  });

  it('for a condition without a value, and for names that mean something to JavaScript', async () => {
    await handedOn('query($c: Boolean = true) { text item { name @include(if: $c) } }', { c: null });
    await handedOn('query($__proto__: String!) { echo(sure: $__proto__) }', JSON.parse('{"__proto__":"a"}'));
    await handedOn('{ __proto__: text item { name } }');
    await handedOn('{ item { __proto__: name constructor: name } }');
    await alone('query($constructor: String!) { toString: echo(sure: $constructor) }', { constructor: 'a' });
  });

  it('for arguments by constants, variables, defaults and what is left out', async () => {
    const query = 'query($t: String, $s: String!, $n: Int) { echo(text: $t, sure: $s, number: $n) }';
    await alone(query, { t: 'a', s: 'b', n: 4 });
    await alone(query, { s: 'b' });
    await alone(query, { t: null, s: 'b', n: null });
    await alone('query($s: String! = "def") { echo(sure: $s) other: echo(text: null, sure: "x") }');
    await alone('query($k: String!) { either(kinds: ["Item", $k]) { __typename } }', { k: 'Other' });
    await handedOn(query, { t: 'a' });
    await handedOn(query, { s: 5 });
    await handedOn(query, { s: 'b', n: 'many' });
  });

  it('for lists of lists, promises in lists, and values that come later', async () => {
    await alone('{ item { table list(how: "later") } text(how: "later") sureText(how: "later") }');
  });

  it('for leaves that are not texts', async () => {
    await alone('{ itemNow { even(of: 4) none: even size(of: 2) } }');
    await handedOn('{ itemNow { even(of: 3) } }');
    await handedOn('{ itemNow { size(of: 3) } }');
  });

  it('for what a source knows, and what must be read for it', async () => {
    await alone('{ itemNow { a: known b: known(how: "later") c: known(how: "null") } }');
    await handedOn('{ itemNow { known(how: "thrown") } }');
  });

  it('for what is found by key, all of it in one go', async () => {
    await alone(
      '{ a: found(by: "item") { name } text b: found(by: "nothing") { name } c: sureFound(by: "item") { text } }',
    );
    await alone('query($k: String!) { a: found(by: $k) { name } b: found(by: "item") { name } }', { k: 'item' });
    for (const by of ['failed', 'no item', 'wrong']) {
      await handedOn(`{ a: found(by: "item") { name } b: found(by: "${by}") { name } text }`);
      await handedOn(
        `{ a: found(by: "item") { name } b: sureFound(by: "${by}") { name } c: found(by: "item") { name } }`,
      );
    }
    await handedOn('{ a: found(by: "item") { name } sureItem(how: "thrown") { name } b: found(by: "item") { name } }');
    await handedOn('{ a: found(by: "failed") { name } sureFound(by: "nothing") { name } }');
  });

  it('for one of two operations', async () => {
    const document = 'query A { a: text } query B { b: sureText ...F } fragment F on Query { item { name } }';
    expect(await alone(document, {}, 'B')).toContain('"b"');
    expect(await alone(document, {}, 'A')).not.toContain('"b"');
  });

  it.each(HOW)('where a field gives: %s', async (how) => {
    const irregular = ['error', 'error later', 'thrown', 'no text'].includes(how);
    const check = irregular ? handedOn : alone;
    const sure = irregular || /null|nothing/.test(how) ? handedOn : alone;
    await check(`{ text(how: "${how}") item { text(how: "${how}") name } }`);
    await sure(`{ itemNow { name self { sureText(how: "${how}") } } text }`);
    await sure(`{ item { sureText(how: "${how}") } a: sureText(how: "${how}") b: text }`);
    await sure(`{ item { list(how: "${how}") } }`);
  });

  it('where graphql-js does what a plan does not', async () => {
    await handedOn('{ itemNow { method } }');
    await handedOn('{ itemNow { noList } }');
    await handedOn('{ itemNow { iterable } }');
    await handedOn('{ __schema { queryType { name } } text }');
    for (const kind of ['Nobody', 'Wrong']) {
      await handedOn(`{ either(kinds: ["${kind}"]) { __typename } }`);
      await handedOn(`{ named(kinds: ["Item", "${kind}"]) { name } }`);
    }
  });

  it('and begins no later root field after an error that fails all', async () => {
    const asked: Asked = { roots: [], loads: [] };
    const schema = graph(asked);
    const document = parse('{ first: text sureItem(how: "thrown") { name } last: text }');
    const [operation] = document.definitions as [OperationDefinitionNode];
    const plans = createPlans(schema, document, operation);
    await plans.run({}, {} as Context, (remembered) =>
      execute({ schema, document, rootValue: remembered && rootOf(remembered) }),
    );
    expect(asked.roots).toEqual(['first', 'sureItem']);
  });

  it('for any query', async () => {
    const how = fc.constantFrom(...HOW);
    const leaf = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('name', '__typename', 'table', 'known', 'sureName') },
      how.map((way) => `text(how: "${way}")`),
      how.map((way) => `sureText(how: "${way}")`),
      fc.integer({ min: 0, max: 3 }).map((of) => `size(of: ${of})`),
      how.map((way) => `list(how: "${way}")`),
    );
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const { item } = fc.letrec<{ item: string }>((tie) => ({
      item: fc
        .uniqueArray(
          fc.tuple(
            key,
            fc.oneof(
              { depthSize: 'small' },
              leaf,
              tie('item').map((inner) => `self ${inner}`),
            ),
            fc.constantFrom('', ' @include(if: $yes)', ' @skip(if: $yes)'),
          ),
          { minLength: 1, maxLength: 5, selector: ([name]) => name },
        )
        .map(
          (fields) =>
            `{ ${fields.map(([name, field, when]) => `${name}: ${field.replace(/ \{|$/, (at) => `${when}${at}`)}`).join(' ')} }`,
        ),
    }));
    const roots = [
      item.map((inner) => `item ${inner}`),
      item.map((inner) => `itemNow ${inner}`),
      how.map((way) => `text(how: "${way}")`),
      item.map((inner) => `either(kinds: ["Item", "Other"]) { ... on Item ${inner} ... on Other { count } }`),
    ];
    const sure = fc.tuple(how, item).map(([way, inner]) => `sureItem(how: "${way}") ${inner}`);
    const found = fc.tuple(fc.constantFrom(...KEYS), item).map(([by, inner]) => `found(by: "${by}") ${inner}`);
    // Not both: which errors come before the one that fails all depends on whose promise is settled first.
    const several = (last: fc.Arbitrary<string>) => fc.array(fc.oneof(...roots, last), { minLength: 1, maxLength: 4 });
    const document = fc
      .oneof(several(sure), several(found))
      .map(
        (asked) =>
          `query($yes: Boolean!) { ${asked.map((field, at) => `r${at}: ${field}`).join(' ')} z: text @skip(if: $yes) }`,
      );
    let byPlans = 0;
    await fc.assert(
      fc.asyncProperty(document, fc.boolean(), async (source, yes) => {
        byPlans += Number((await both(source, { yes })).alone);
      }),
      { numRuns: 400 },
    );
    expect(byPlans).toBeGreaterThan(40);
    expect(byPlans).toBeLessThan(390);
  });
});
