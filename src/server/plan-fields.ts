// The fields of a plan: from where each is read, and how its value becomes what is sent.

import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  print,
} from 'graphql';
import { keyedBy } from '../schema/builder.ts';
import type { KeyedRead } from './plan-groups.ts';
import { type InfoFor, infoOf } from './plan-info.ts';
import { argumentsOf, type Variables } from './plan-inputs.ts';
import { groupFields } from './plan-selections.ts';
import {
  type Complete,
  fill,
  IRREGULAR,
  isPromise,
  isSource,
  leafOf,
  listOf,
  nonNull,
  type Run,
  type Source,
  takesAnyText,
} from './plan-values.ts';

/** A field as it is run. */
export interface Field {
  readonly key: string;
  /** What is sent, where the source knows it and it takes no resolver; undefined: the other way. */
  readonly prompt: ((source: Source, run: Run) => unknown) | undefined;
  /** Its value, or the promise of it. Throws what its resolver throws. */
  readonly read: (source: Source, run: Run) => unknown;
  readonly complete: Complete;
  /** How a keyed field is asked for together with others. */
  readonly keyed: KeyedRead | undefined;
}

type Selection = readonly Field[];

/** What a plan is made from. */
export interface Site {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Variables;
  /** Equal selections of one type are one: fifty look-ups usually ask for the same. */
  readonly selections: Map<string, Selection>;
}

type Parent = { readonly selectionSet?: FieldNode['selectionSet'] | undefined };

export function selectionOf(site: Site, type: GraphQLObjectType, parents: readonly Parent[]): Selection {
  const name = `${type.name} ${parents.map(({ selectionSet }) => (selectionSet ? print(selectionSet) : '')).join()}`;
  const known = site.selections.get(name);
  if (known) return known;
  const groups = groupFields(site, type, parents);
  const selection = [...groups].map(([key, nodes]) => fieldOf(site, type, key, nodes));
  site.selections.set(name, selection);
  return selection;
}

function fieldOf(site: Site, type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Field {
  // As a member of a plain object it would be something else.
  if (key === '__proto__') throw IRREGULAR;
  const [node] = nodes;
  const name = node?.name.value ?? '';
  if (name === '__typename') {
    const read = () => type.name;
    return { key, prompt: read, read, complete: (value) => value, keyed: undefined };
  }
  const field = type.getFields()[name];
  if (!node || !field) throw new Error(`${type.name} has no field ${name}, though the document is valid`);
  const info = infoOf(site, type, field, key, nodes);
  const complete = completeOf(site, field.type, nodes, info);
  return { key, complete, ...readsOf(site, field, node, info, complete) };
}

type Peek = (source: object, args: Readonly<Record<string, unknown>>) => unknown;
const isPeek = (value: unknown): value is Peek => typeof value === 'function';

/** How a field is read: in place, by a peek at its source (`known` in schema/builder.ts), or by its resolver. */
function readsOf(
  site: Site,
  { name, resolve, ...field }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  info: InfoFor,
  complete: Complete,
): Pick<Field, 'prompt' | 'read' | 'keyed'> {
  if (!resolve) {
    const isText = takesAnyText(field.type);
    return {
      keyed: undefined,
      prompt(source, run) {
        const value = source[name];
        return isText && typeof value === 'string' ? value : complete(value, run);
      },
      read: (source) => source[name],
    };
  }
  const args = argumentsOf(site, { name, ...field }, node);
  const read: Field['read'] = (source, run) => resolve(source, args(run.variables), run.context, info(run));
  const by = keyedBy(field);
  const keyed = by && { by, keyOf: (variables: Variables) => by.keyOf(args(variables)) };
  const { peek } = field.extensions;
  if (!isPeek(peek)) return { prompt: undefined, read, keyed };
  return {
    keyed,
    prompt(source, run) {
      const value = peek(source, args(run.variables));
      return value === undefined ? undefined : complete(value, run);
    },
    read,
  };
}

function completeOf(site: Site, type: GraphQLOutputType, nodes: readonly FieldNode[], info: InfoFor): Complete {
  if (isNonNullType(type)) return nonNull(completeOf(site, type.ofType, nodes, info));
  if (isListType(type)) return listOf(completeOf(site, type.ofType, nodes, info));
  if (isObjectType(type)) return objectOf(site, type, nodes, info);
  if (isAbstractType(type)) return abstractOf(site, type, nodes, info);
  return leafOf(type);
}

/** An object whose type is known. */
function objectOf(site: Site, type: GraphQLObjectType, nodes: readonly FieldNode[], info: InfoFor): Complete {
  const fields = selectionOf(site, type, nodes);
  const blank = blankOf(fields);
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (!isSource(value)) throw IRREGULAR;
    if (type.isTypeOf && type.isTypeOf(value, run.context, info(run)) !== true) throw IRREGULAR;
    const result = { ...blank };
    for (const field of fields) {
      const known = field.prompt?.(value, run);
      if (known === undefined) put(run, result, field, field.read(value, run));
      else result[field.key] = known;
    }
    return result;
  };
}

/** An object of one of several types, which says of which; a plan for each is made when one is met. */
function abstractOf(site: Site, abstract: GraphQLAbstractType, nodes: readonly FieldNode[], info: InfoFor): Complete {
  const plans = new Map<string, Complete>();
  const planFor = (name: string) => {
    const known = plans.get(name);
    if (known) return known;
    const actual = site.schema.getType(name);
    if (!isObjectType(actual) || !site.schema.isSubType(abstract, actual)) throw IRREGULAR;
    const made = objectOf(site, actual, nodes, info);
    plans.set(name, made);
    return made;
  };
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (!isSource(value)) throw IRREGULAR;
    const name: unknown = abstract.resolveType
      ? abstract.resolveType(value, run.context, info(run), abstract)
      : value.__typename;
    if (typeof name !== 'string') throw IRREGULAR;
    return planFor(name)(value, run);
  };
}

/** With all keys there already: a copy of it has the right size from the first, and each key its place. */
export const blankOf = (fields: Selection): Record<string, unknown> =>
  Object.fromEntries(fields.map(({ key }) => [key, null]));

/** Puts a value that was read into its place, now or when it comes. */
export function put(run: Run, into: Record<string, unknown>, { key, complete }: Field, value: unknown): void {
  if (isPromise(value)) fill(run, value, into, key, complete);
  else into[key] = complete(value, run);
}
