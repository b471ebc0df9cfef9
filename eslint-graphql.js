// Lint of the printed schemas: every rule of @graphql-eslint's schema-all (which contains schema-recommended) and
// schema-relay, but for those below. A rule that is off or loosened has its reason beside it; the contract's names and
// shapes are fixed, so a rule that wants others loses.

import { existsSync } from 'node:fs';
import graphql from '@graphql-eslint/eslint-plugin';

const EXCEPTIONS = {
  // Off: the contract writes `deleteTracking(carrierCode:, trackingNumber:)`. What names a thing is an argument here, and
  // only what is written into it is an `input`.
  '@graphql-eslint/input-name': 'off',
  // Off: it forbids a graph to have mutations or subscriptions at all. This one writes.
  '@graphql-eslint/no-root-type': 'off',
  // Off: `Tracking.trackingNumber` is what the upstream, the carriers and the contract call it; `number` says nothing.
  '@graphql-eslint/no-typename-prefix': 'off',
  // Off: nothing changes in the rest of the graph with a write but the tracking, which each payload has. A Query in the
  // result would let one request spend a write and any number of upstream reads.
  '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
  // Off: a null root says nothing. What a write can expect is a type of its result union, a page always exists, and the
  // contract has both non-null.
  '@graphql-eslint/require-nullable-result-in-root': 'off',
  // Off: the printer sorts, by code points; the rule wants the order of a language (`URL` after `UpdateTrackingInput`).
  '@graphql-eslint/alphabetize': 'off',
  // Paging backwards is not offered: the upstream counts from the newest page by page. `first` and `after` only.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // What has an id of its own is a tracking. The others are results, pages, or values inside of one.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        suffixes: ['Payload', 'Error', 'Connection', 'Edge'],
        // A carrier's identity is its `code`, an order's belongs to the graph that owns it.
        types: ['Carrier', 'Country', 'PageInfo', 'TrackingCustomer', 'TrackingEvent', 'TrackingLeg'],
      },
    },
  ],
};

// Everything has a description, not only types, directives and root fields. The defaults are repeated.
const DESCRIBED = {
  types: true,
  DirectiveDefinition: true,
  rootField: true,
  FieldDefinition: true,
  InputValueDefinition: true,
  EnumValueDefinition: true,
};

/** What only one of the files can keep. */
const OF_FILE = {
  'schema.graphql': { edges: { shouldImplementNode: true }, undescribed: {} },
  // `Node` cannot be shared between subgraphs: there it is left out.
  // `Query`, `Mutation` and the company's order are described by others: two descriptions are a hint of every composer.
  'subgraph.graphql': {
    edges: { shouldImplementNode: false },
    undescribed: {
      ignoredSelectors: [
        '[type=ObjectTypeDefinition][name.value=/^(Query|Mutation|Order)$/]',
        '[type=FieldDefinition][name.value=id][parent.name.value=Order]',
      ],
    },
  },
};

/** One block a file: each is a schema of its own. */
export default Object.keys(OF_FILE)
  .filter(existsSync)
  .map((file) => ({
    files: [file],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: {
          projects: {
            whole: { schema: 'schema.graphql', include: 'schema.graphql' },
            subgraph: { schema: 'subgraph.graphql', include: 'subgraph.graphql' },
          },
        },
      },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-all'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      ...EXCEPTIONS,
      // Not every list is a connection: a parcel's events, a batch's results and the carriers come whole.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, listTypeCanWrapOnlyEdgeType: false, ...OF_FILE[file].edges },
      ],
      '@graphql-eslint/require-description': ['error', { ...DESCRIBED, ...OF_FILE[file].undescribed }],
    },
  }));
