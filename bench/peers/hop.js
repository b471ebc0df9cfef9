// No GraphQL server: what a plain Node process can do at most between this load and this upstream. Knows by the names of the
// variables what is asked (a to d), asks the upstream as cheaply as can be, and writes the answer. Nothing else: no schema, no
// validation, no errors.

import { createServer } from 'node:http';
import { Pool } from 'undici';
import { headers, pagePath, port, readPage, readSingle, singlePath, upstream } from './shape.js';

const { origin, pathname } = new URL(upstream);
const pool = new Pool(origin, { connections: 128 });
const CARRIER = 'cdek';
const MOST_NUMBERS = 40;

/** The parsed reply of a GET. */
function get(path, then) {
  const chunks = [];
  pool.dispatch(
    { method: 'GET', path: pathname + path, headers },
    {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
        then(JSON.parse(bytes.latin1Slice()));
      },
      onResponseError(_controller, error) {
        throw error;
      },
    },
  );
}

const shown = (tracking) => ({ ...tracking, customer: undefined, origin: undefined, destination: undefined });

/** One list call for each forty numbers. */
function many(numbers, then) {
  const found = new Map();
  let left = Math.ceil(numbers.length / MOST_NUMBERS);
  for (let at = 0; at < numbers.length; at += MOST_NUMBERS) {
    const some = numbers.slice(at, at + MOST_NUMBERS).join('%2C');
    get(`/trackings/get?numbers=${some}&page=1&limit=100`, (reply) => {
      for (const tracking of readPage(reply).nodes) found.set(tracking.trackingNumber, shown(tracking));
      left -= 1;
      if (left === 0) then(Object.fromEntries(numbers.map((number, index) => [`t${index}`, found.get(number)])));
    });
  }
}

function answer({ n, page, ...others }, then) {
  if (n !== undefined) get(singlePath(CARRIER, n), (reply) => then({ tracking: shown(readSingle(reply)) }));
  else if (page === undefined) many(Object.values(others), then);
  else {
    get(pagePath(page, 100), (reply) => {
      const { totalCount, nodes } = readPage(reply);
      then({ trackings: { totalCount, nodes: nodes.map(shown) } });
    });
  }
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    answer(JSON.parse(Buffer.concat(chunks).toString()).variables, (data) => {
      const bytes = Buffer.from(JSON.stringify({ data }));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
      response.end(bytes);
    });
  });
}).listen(port, '127.0.0.1');
