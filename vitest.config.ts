import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES build for our files while Node takes the CommonJS one for its dependents: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
