// The router of the suite's supergraph: Apollo's gateway over the products subgraph given as the argument and the suite's
// own users and inventory, which are started here as they are published. The suite's runner would ask rover for a router
// and the composition, and rover downloads both.
//
// Prints the router's address as its one line; ends, with the two subgraphs, when its standard input does.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { parse } from 'graphql';

const suite = join(createRequire(import.meta.url).resolve('@apollo/federation-subgraph-compatibility-tests'), '..');
const products = process.argv[2];
const children = [];

process.stdin.resume().once('end', () => {
  for (const child of children) child.kill();
  process.exit();
});

/** A port that was free a moment ago: the two take none of the system's choosing. */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts one of the suite's subgraphs; resolves when it tells, over its channel, that it is ready. */
async function start(name) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(suite, 'subgraphs', name, 'index.js')], {
    env: { ...process.env, [`${name.toUpperCase()}_PORT`]: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  const sdl = readFileSync(join(suite, 'subgraphs', name, `${name}.graphql`), 'utf8');
  return { name, url: `http://localhost:${port}/`, typeDefs: parse(sdl) };
}

async function describe(name, url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = await response.json();
  return { name, url, typeDefs: parse(data._service.sdl) };
}

// One after the other: the second looks for a port when the first has its own.
const subgraphs = [await describe('products', products), await start('users'), await start('inventory')];
const { supergraphSdl, errors } = composeServices(subgraphs);
if (errors) throw new AggregateError(errors, errors.join('\n'));
const router = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
const { url } = await startStandaloneServer(router, { listen: { port: 0, host: '127.0.0.1' } });
process.stdout.write(`${url}\n`);
