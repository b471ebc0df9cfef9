// The suite's tests as they are published, compiled: its own configuration would compile them again. Its client has the
// router's address as a constant; here the port is free to be any.

const { dirname, join } = require('node:path');

const suite = dirname(require.resolve('@apollo/federation-subgraph-compatibility-tests'));

module.exports = {
  rootDir: suite,
  testMatch: [join(suite, 'tests', '*.test.js')],
  testPathIgnorePatterns: [],
  haste: { retainAllFiles: true },
  transform: {},
  setupFiles: [join(__dirname, 'router-address.cjs')],
  globals: { suite },
};
