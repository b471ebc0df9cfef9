// Mercurius: plain with `fetch`, or (JIT=1, POOL=1) compiled execution and an undici pool, its best settings.

import Fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool } from 'undici';
import { headers, pagePath, port, readPage, readSingle, singlePath, typeDefs, upstream } from './shape.js';

const { origin, pathname } = new URL(upstream);
const pool = new Pool(origin, { connections: 64 });

async function pooled(path) {
  const { body } = await pool.request({ path: pathname + path, method: 'GET', headers });
  return body.json();
}
const fetched = async (path) => (await fetch(upstream + path, { headers })).json();
const get = process.env.POOL === '1' ? pooled : fetched;

const resolvers = {
  Query: {
    tracking: async (_root, args) => readSingle(await get(singlePath(args.carrierCode, args.trackingNumber))),
    trackings: async (_root, args) => readPage(await get(pagePath(args.page, args.first))),
  },
};

const app = Fastify();
app.register(mercurius, { schema: typeDefs, resolvers, ...(process.env.JIT === '1' ? { jit: 1 } : {}) });
await app.listen({ port, host: '127.0.0.1' });
