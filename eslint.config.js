import tseslint from 'typescript-eslint';
import graphqlSchemas from './eslint-graphql.js';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'test/gql',
      'mutation/.tmp',
      'examples/clients/src/graphql-env.ts',
      'examples/clients/src/relay/__generated__',
      'examples/web/src/graphql-env.d.ts',
      'examples/web/dist',
    ],
  },
  // Bound to scripts: without `files`, rules for JavaScript would be asked about GraphQL as well.
  ...tseslint.configs.strict.map((config) => ({ files: ['**/*.{js,cjs,mjs,ts,tsx}'], ...config })),
  {
    files: ['**/*.{js,cjs,mjs,ts,tsx}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/upstream/wire*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  // Programs that are there to print.
  { files: ['examples/**/*.{js,ts}'], rules: { 'no-console': 'off' } },
  { files: ['test/**/*.ts'], rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  ...graphqlSchemas,
);
