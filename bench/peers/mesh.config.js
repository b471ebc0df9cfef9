// How Hive Gateway's supergraph is composed from the OpenAPI file; hive.ts runs mesh-compose with it.

import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph('trackru', {
        source: './openapi.json',
        endpoint: '{env.UPSTREAM}',
        operationHeaders: { 'Api-Key': '{env.API_KEY}' },
      }),
    },
  ],
});
