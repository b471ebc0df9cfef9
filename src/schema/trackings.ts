// The list as a connection: filter, cursor, page.

import { InvalidInput } from '../domain/errors.ts';
import { parseTrackingNumber } from '../domain/key.ts';
import { decodeCursor, encodeCursor, MAX_FIRST, type Page, pageWindow, parseFirst } from '../domain/page.ts';
import type { Tracking } from '../domain/tracking.ts';
import { type ListFilter, MAX_BATCH, type TimeRange } from '../domain/requests.ts';
import { checkLanguage, type Builder, known, ONE_CALL } from './builder.ts';
import type { Enums } from './enums.ts';

/** One page of the list, and where it lies. */
export interface TrackingPage extends Page {
  readonly offset: number;
  /** Names the filter inside cursors. */
  readonly filter: string;
}

/** A tracking at its place in a page. */
export interface Edge {
  readonly page: TrackingPage;
  readonly index: number;
  readonly node: Tracking;
}

/** Relay's page description. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

const cursorAt = (page: TrackingPage, index: number) => encodeCursor(page.offset + index + 1, page.filter);

function pageInfo(page: TrackingPage): PageInfo {
  const count = page.items().length;
  return {
    hasNextPage: page.offset + count < page.total,
    hasPreviousPage: page.offset > 0,
    startCursor: count === 0 ? null : cursorAt(page, 0),
    endCursor: count === 0 ? null : cursorAt(page, count - 1),
  };
}

interface RangeInput {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}
const range = (input: RangeInput | null | undefined): TimeRange | undefined =>
  input ? { from: input.from ? Date.parse(input.from) : null, to: input.to ? Date.parse(input.to) : null } : undefined;

/** Between 1 and 40 values, as one upstream call takes them. An empty list would mean "no filter" upstream. */
function someOf<T>(values: readonly T[] | null | undefined, argument: string): readonly T[] | undefined {
  if (!values) return undefined;
  if (values.length === 0 || values.length > MAX_BATCH) {
    throw new InvalidInput(argument, `takes 1 to ${MAX_BATCH} values`);
  }
  return values;
}

function parseOrderId(value: string): string {
  const id = value.trim();
  // The upstream separates ids by commas and knows no escape.
  if (id === '' || id.includes(',')) throw new InvalidInput('filter.orderIds', 'takes order ids without a comma');
  return id;
}

type FilterInput = Omit<ListFilter, 'createdAt' | 'updatedAt' | 'orderCreatedAt'> & {
  readonly createdAt?: RangeInput | null | undefined;
  readonly updatedAt?: RangeInput | null | undefined;
  readonly orderCreatedAt?: RangeInput | null | undefined;
};

/** The filter as the client room takes it. Throws `InvalidInput` naming the argument at fault. */
function parseFilter(input: FilterInput | null | undefined): ListFilter {
  if (!input) return {};
  if (input.status === 'UNKNOWN')
    throw new InvalidInput('filter.status', 'UNKNOWN is no word the upstream can filter by');
  return {
    status: input.status,
    createdAt: range(input.createdAt),
    updatedAt: range(input.updatedAt),
    orderCreatedAt: range(input.orderCreatedAt),
    trackingNumbers: someOf(input.trackingNumbers, 'filter.trackingNumbers')?.map((number) =>
      parseTrackingNumber(number, 'filter.trackingNumbers'),
    ),
    orderIds: someOf(input.orderIds, 'filter.orderIds')?.map(parseOrderId),
    archived: input.archived,
    language: checkLanguage(input.language, 'filter.language'),
  };
}

/** The same text for the same filter, however it was written. */
const filterText = (filter: ListFilter) =>
  JSON.stringify(Object.entries(filter).filter(([, value]) => value !== null && value !== undefined));

export function addTrackings(builder: Builder, enums: Enums): void {
  const filterType = addFilter(builder, enums);
  addConnection(builder);
  builder.queryField('trackings', (t) =>
    t.field({
      type: 'TrackingConnection',
      nullable: false,
      description:
        'The account’s trackings, newest registration first; equal times: last registered first. One page costs one upstream call (one a second for the whole account). Positions are counted from the newest: a tracking registered while you page moves everything down by one, so an item can come twice, and one deleted can hide another. To page stably, set `filter.createdAt.to` to the time you began: what comes later then stays out.',
      cost: ONE_CALL,
      listSize: {
        slicingArguments: ['first'],
        sizedFields: ['edges', 'nodes'],
        requireOneSlicingArgument: false,
      },
      args: {
        first: t.arg.int({ defaultValue: 20, description: `How many, 1 to ${MAX_FIRST}.` }),
        after: t.arg.string({
          description: 'A cursor of the same filter: the page after it. Left out: the first page.',
        }),
        filter: t.arg({ type: filterType, description: 'Only trackings that meet all of it.' }),
      },
      async resolve(_root, args, { upstream, caller }) {
        const first = parseFirst(args.first ?? 20);
        const filter = parseFilter(args.filter);
        const text = filterText(filter);
        const offset = typeof args.after === 'string' ? decodeCursor(args.after, text) : 0;
        const window = pageWindow(offset, first);
        const { items, total } = await upstream.list(filter, window, caller);
        return { offset, filter: text, items: () => items().slice(window.skip, window.skip + first), total };
      },
    }),
  );
}

function addFilter(builder: Builder, enums: Enums) {
  const timeRange = builder.inputType('DateTimeRange', {
    description: 'A span of time, both ends included; an end that is left out is open. Compared in whole seconds.',
    fields: (t) => ({
      from: t.field({ type: 'DateTime', description: 'Not before.' }),
      to: t.field({ type: 'DateTime', description: 'Not after.' }),
    }),
  });
  return builder.inputType('TrackingFilter', {
    description:
      'What is left out does not filter. `trackingNumbers`, `orderIds` and `archived` are documented by sister brands of the upstream: an account without them lists everything.',
    fields: (t) => ({
      status: t.field({ type: enums.status, description: 'Where the parcel stands. UNKNOWN cannot be asked for.' }),
      createdAt: t.field({ type: timeRange, description: 'When it was registered.' }),
      updatedAt: t.field({ type: timeRange, description: 'When it was last looked up; leaves out what never was.' }),
      orderCreatedAt: t.field({
        type: timeRange,
        description: 'When your order was placed; leaves out what has no order time.',
      }),
      trackingNumbers: t.stringList({ description: `1 to ${MAX_BATCH} numbers, of any carrier.` }),
      orderIds: t.stringList({ description: `1 to ${MAX_BATCH} of your order ids.` }),
      archived: t.boolean({ description: 'true: archived only; false: the others.' }),
      language: t.string({ description: 'Two letters, passed on; changes texts only where the upstream has them.' }),
    }),
  });
}

function addConnection(builder: Builder): void {
  builder.objectType('PageInfo', {
    shareable: true,
    description: 'Where a page of a connection lies.',
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', { nullable: false, description: 'By `totalCount`; costs no call.' }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        nullable: false,
        description: 'Is there anything before this page? Paging backwards is not offered.',
      }),
      startCursor: t.exposeString('startCursor', { nullable: true, description: 'null on an empty page.' }),
      endCursor: t.exposeString('endCursor', {
        nullable: true,
        description: 'What `after` takes for the next page. null on an empty page.',
      }),
    }),
  });
  builder.objectType('TrackingEdge', {
    description: 'A tracking at its place in the list.',
    fields: (t) => ({
      cursor: t.string({
        nullable: false,
        description: 'Opaque; holds the position and belongs to the filter it came from.',
        ...known(({ page, index }: Edge) => cursorAt(page, index)),
      }),
      node: t.expose('node', { type: 'Tracking', nullable: false, description: 'The tracking itself.' }),
    }),
  });
  builder.objectType('TrackingConnection', {
    description: 'One page of trackings.',
    fields: (t) => ({
      edges: t.field({
        type: ['TrackingEdge'],
        nullable: false,
        description: 'The page with a cursor for each item.',
        ...known((page: TrackingPage): Edge[] =>
          page.items().flatMap((node, index) => (node ? { page, index, node } : [])),
        ),
      }),
      nodes: t.field({
        type: ['Tracking'],
        nullable: false,
        description: 'The page without cursors.',
        ...known((page: TrackingPage) => page.items().filter((item) => item !== null)),
      }),
      pageInfo: t.field({
        type: 'PageInfo',
        nullable: false,
        description: 'Where this page lies.',
        ...known(pageInfo),
      }),
      totalCount: t.exposeInt('total', {
        nullable: false,
        description: 'All matches on every page, as the upstream counted them for this page; 0 beyond the end.',
      }),
    }),
  });
}
