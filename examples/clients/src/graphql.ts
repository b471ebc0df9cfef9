// Documents with types from the schema, no build step: gql.tada reads them where they stand. The scalars are all text.

import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.ts';

export const graphql = initGraphQLTada<{
  introspection: typeof introspection;
  scalars: {
    CountryCode: string;
    Date: string;
    DateTime: string;
    EmailAddress: string;
    LocalDateTime: string;
    URL: string;
  };
}>();
