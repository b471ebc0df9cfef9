// Runs before each file of the suite, in the same registry of modules.

const { join } = require('node:path');

require(join(globalThis.suite, 'utils', 'client.js')).ROUTER_URL = process.env.ROUTER_URL;
