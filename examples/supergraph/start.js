// A supergraph to try: `npm start [-- apollo|hive]`. Starts this project as a subgraph over its sandbox (unless
// TRACKINGS_URL names one that runs), the two sample subgraphs, and a gateway over the three. Ends with it.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { supergraph } from './compose.js';
import { serve } from './subgraphs.js';

const [kind = 'apollo'] = process.argv.slice(2);
const port = Number(process.env.GATEWAY_PORT ?? 4200);

async function startTrackings() {
  const PORT = process.env.TRACKINGS_PORT ?? '4201';
  const cli = new URL('../../dist/cli.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [cli, 'serve'], {
    env: { ...process.env, PORT, FEDERATION: 'on', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.once('exit', (code) => process.exit(code ?? 1));
  process.once('exit', () => child.kill());
  const url = `http://127.0.0.1:${PORT}/graphql`;
  for (let tried = 0; tried < 100; tried += 1) {
    const up = await fetch(`http://127.0.0.1:${PORT}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return url;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the trackings subgraph does not start');
}

/** The text of the schema that a running subgraph serves: its orders may have another name than in the file. */
async function sdlFrom(url) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: '{"query":"{ _service { sdl } }"}' });
  return (await answer.json()).data._service.sdl;
}

const GATEWAYS = {
  async apollo(supergraphSdl) {
    const { ApolloGateway } = await import('@apollo/gateway');
    const { ApolloServer } = await import('@apollo/server');
    const { startStandaloneServer } = await import('@apollo/server/standalone');
    const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }), introspection: true });
    const { url } = await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } });
    return url;
  },
  async hive(supergraphSdl) {
    const { createGatewayRuntime } = await import('@graphql-hive/gateway-runtime');
    const server = createServer(createGatewayRuntime({ supergraph: supergraphSdl, logging: 'error' }));
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${server.address().port}/graphql`;
  },
};

const start = GATEWAYS[kind];
if (!start) {
  console.error(`no gateway "${kind}": ${Object.keys(GATEWAYS).join(' or ')}`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
const trackings = process.env.TRACKINGS_URL ?? (await startTrackings());
const urls = { trackings, orders: await serve('orders'), shops: await serve('shops') };
const url = await start(supergraph(urls, await sdlFrom(trackings)));
console.log(`\n  ${kind} gateway   ${url}`);
console.log(`  over         ${Object.values(urls).join('  ')}\n`);
console.log('  try          { orders { id shop { name } trackings { status latestEvent { description } } } }\n');
