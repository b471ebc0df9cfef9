// The tests a mutant has to get past: quick and deterministic ones of the files that Stryker changes. The tests
// that go through sockets and a sandbox see most mutants too, but would need hours for all of them.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: [
      'test/domain/*.test.ts',
      'test/upstream/{budget,turns,flights,coalesce,merging,entries,kept-replies,pieces,creates,failures-table}.test.ts',
    ],
    testTimeout: 10_000,
  },
});
