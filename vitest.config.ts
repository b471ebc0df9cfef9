// Three projects: what runs in this process; what starts the real program and a browser; and injected faults, whose
// answers are judged by their deadlines, and which therefore run after the others and one file at a time. The second needs
// Chromium and dist/, which its global set-up sees to; `vitest run test/architecture` needs neither and is quick.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES build for our files while Node takes the CommonJS one for its dependents: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // Two workers: the machines this runs on have two cores, and a third would only make time limits tight.
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'in-process',
          include: ['test/**/*.test.ts'],
          // Suites that have packages of their own bring tests of their own, too.
          exclude: ['**/node_modules/**', 'test/e2e/**', 'test/faults/**'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/faults/table.ts'],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
