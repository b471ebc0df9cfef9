// The products subgraph that Apollo's compatibility suite asks for (schema and data as its COMPATIBILITY.md describes
// them), on what serves our own graph: graphql-yoga, Pothos, its federation plugin, @apollo/subgraph. It says whether
// those parts together speak federation; what our own subgraph does with them has tests of its own.

import { createServer } from 'node:http';
import { useApolloInlineTrace } from '@graphql-yoga/plugin-apollo-inline-trace';
import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import FederationPlugin from '@pothos/plugin-federation';
import { DirectiveLocation, GraphQLDirective, type GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';

interface User {
  readonly email: string;
  readonly name: string;
  readonly totalProductsCreated: number;
  readonly yearsOfEmployment: number;
}

interface Study {
  readonly caseNumber: string;
  readonly description: string;
}

interface Research {
  readonly study: Study;
}

interface Product {
  readonly id: string;
  readonly sku: string;
  readonly package: string;
  readonly variation: string;
  readonly research: readonly Research[];
}

const jane: User = {
  email: 'support@apollographql.com',
  name: 'Jane Smith',
  totalProductsCreated: 1337,
  yearsOfEmployment: 10,
};
const federationStudy: Research = { study: { caseNumber: '1234', description: 'Federation Study' } };
const studioStudy: Research = { study: { caseNumber: '1235', description: 'Studio Study' } };
const products: readonly Product[] = [
  {
    id: 'apollo-federation',
    sku: 'federation',
    package: '@apollo/federation',
    variation: 'OSS',
    research: [federationStudy],
  },
  { id: 'apollo-studio', sku: 'studio', package: '', variation: 'platform', research: [studioStudy] },
];
const deprecated = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
};

/** What a gateway may send for a product: one of its three keys. */
interface ProductKey {
  readonly id?: string;
  readonly sku?: string;
  readonly package?: string;
  readonly variation?: { readonly id: string };
}

function productOf(key: ProductKey): Product | undefined {
  return products.find(
    (one) =>
      one.id === key.id ||
      (one.sku === key.sku && (one.package === key.package || one.variation === key.variation?.id)),
  );
}

function createProductsSchema(): GraphQLSchema {
  const builder = new SchemaBuilder<{
    Directives: {
      custom: { locations: 'OBJECT' };
      link: { locations: 'SCHEMA'; args: { url: string; import: string[] } };
    };
  }>({
    plugins: [DirectivesPlugin, FederationPlugin],
    // The suite looks for directives in the order of its own file.
    directives: { useGraphQLToolsUnorderedDirectives: true },
  });

  const UserRef = builder
    .externalRef('User', builder.selection<{ email: string }>('email'), (key): User | undefined =>
      key.email === jane.email ? { ...jane, ...key } : undefined,
    )
    .implement({
      externalFields: (t) => ({
        email: t.id({ nullable: false }),
        totalProductsCreated: t.int(),
        yearsOfEmployment: t.int({ nullable: false }),
      }),
      fields: (t) => ({
        name: t.string({ override: { from: 'users' }, resolve: () => jane.name }),
        averageProductsCreatedPerYear: t.int({
          requires: builder.selection<{ totalProductsCreated: number; yearsOfEmployment: number }>(
            'totalProductsCreated yearsOfEmployment',
          ),
          resolve: ({ totalProductsCreated, yearsOfEmployment }) =>
            Math.round(totalProductsCreated / yearsOfEmployment),
        }),
      }),
    });

  const DimensionRef = builder.objectRef<object>('ProductDimension').implement({
    shareable: true,
    fields: (t) => ({
      size: t.string({ resolve: () => 'small' }),
      weight: t.float({ resolve: () => 1 }),
      unit: t.string({ inaccessible: true, resolve: () => 'kg' }),
    }),
  });

  const VariationRef = builder
    .objectRef<{ readonly id: string }>('ProductVariation')
    .implement({ fields: (t) => ({ id: t.exposeID('id', { nullable: false }) }) });

  const StudyRef = builder.objectRef<Study>('CaseStudy').implement({
    fields: (t) => ({
      caseNumber: t.exposeID('caseNumber', { nullable: false }),
      description: t.exposeString('description'),
    }),
  });

  const ResearchRef = builder.objectRef<Research>('ProductResearch').implement({
    fields: (t) => ({
      study: t.expose('study', { type: StudyRef, nullable: false }),
      outcome: t.string({ resolve: () => null }),
    }),
  });
  builder.asEntity(ResearchRef, {
    key: builder.selection<{ study: { caseNumber: string } }>('study { caseNumber }'),
    resolveReference: ({ study }) =>
      [federationStudy, studioStudy].find((one) => one.study.caseNumber === study.caseNumber),
  });

  const ProductRef = builder.objectRef<Product>('Product').implement({
    directives: { custom: {} },
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false }),
      sku: t.exposeString('sku'),
      package: t.exposeString('package'),
      variation: t.field({ type: VariationRef, resolve: ({ variation }) => ({ id: variation }) }),
      dimensions: t.field({ type: DimensionRef, resolve: () => ({}) }),
      createdBy: t.field({
        type: UserRef.provides<{ totalProductsCreated: number }>('totalProductsCreated'),
        resolve: () => jane,
      }),
      notes: t.string({ tag: 'internal', resolve: () => null }),
      research: t.expose('research', { type: [ResearchRef], nullable: false }),
    }),
  });
  builder.asEntity(ProductRef, {
    key: [
      builder.selection<{ id: string }>('id'),
      builder.selection<{ sku: string; package: string }>('sku package'),
      builder.selection<{ sku: string; variation: { id: string } }>('sku variation { id }'),
    ],
    resolveReference: productOf,
  });

  const DeprecatedRef = builder.objectRef<typeof deprecated>('DeprecatedProduct').implement({
    fields: (t) => ({
      sku: t.exposeString('sku', { nullable: false }),
      package: t.exposeString('package', { nullable: false }),
      reason: t.exposeString('reason'),
      createdBy: t.field({ type: UserRef, resolve: () => jane }),
    }),
  });
  const deprecatedOf = (key: { readonly sku: string; readonly package: string }) =>
    key.sku === deprecated.sku && key.package === deprecated.package ? deprecated : undefined;
  builder.asEntity(DeprecatedRef, {
    key: builder.selection<{ sku: string; package: string }>('sku package'),
    resolveReference: deprecatedOf,
  });

  const InventoryRef = builder.objectRef<{ readonly id: string }>('Inventory').implement({
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false }),
      deprecatedProducts: t.field({ type: [DeprecatedRef], nullable: false, resolve: () => [deprecated] }),
    }),
  });
  builder.asEntity(InventoryRef, {
    interfaceObject: true,
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }) => ({ id }),
  });

  builder.queryType({
    fields: (t) => ({
      product: t.field({
        type: ProductRef,
        args: { id: t.arg.id({ required: true }) },
        resolve: (_, { id }) => productOf({ id }),
      }),
      deprecatedProduct: t.field({
        type: DeprecatedRef,
        deprecationReason: 'Use product query instead',
        args: { sku: t.arg.string({ required: true }), package: t.arg.string({ required: true }) },
        resolve: (_, key) => deprecatedOf(key),
      }),
    }),
  });

  return builder.toSubGraphSchema({
    // The newest that the suite's own check of the link accepts.
    linkUrl: 'https://specs.apollo.dev/federation/v2.3',
    composeDirectives: ['@custom'],
    directives: [new GraphQLDirective({ name: 'custom', locations: [DirectiveLocation.OBJECT] })],
    schemaDirectives: { link: { url: 'https://myspecs.dev/myCustomDirective/v1.0', import: ['@custom'] } },
  });
}

/** Serves it on a free port of the loopback; `traced` answers gateways that ask for a trace. */
export async function startProductsSubgraph(
  traced: boolean,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const yoga = createYoga({
    schema: createProductsSchema(),
    graphqlEndpoint: '/',
    landingPage: false,
    logging: false,
    plugins: traced ? [useApolloInlineTrace()] : [],
  });
  // Yoga answers by itself; the promise it gives only says when.
  const server = createServer((request, response) => void yoga(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
