// The upstream of the CPU-bound scenarios: a plain HTTP server over wire.ts that does as little as it can, because it
// shares the cores with what is measured. Every number exists. Counts its calls: `GET /bench/calls`.
// Started by run.ts as a process of its own, with its port as argument.

import { createServer } from 'node:http';
import { numbersReply, pageReply, singleReply } from './wire.ts';

let calls = 0;

/** The reply to a path below /v1, or undefined where the stub has none. */
function reply(path: string): Buffer | string | undefined {
  const [, number] = /^\/v1\/trackings\/cdek\/([\w-]+)\/?$/.exec(path) ?? [];
  if (number !== undefined) return singleReply(number);
  if (path.startsWith('/v1/trackings/get')) {
    const query = new URLSearchParams(path.slice(path.indexOf('?') + 1));
    const limit = Math.min(Number(query.get('limit') ?? 100), 2_000);
    const numbers = query.get('numbers');
    return numbers ? numbersReply(numbers.split(','), limit) : pageReply(Number(query.get('page') ?? 1), limit);
  }
  return path.startsWith('/v1/carriers') ? '{"meta":{"code":200},"data":[]}' : undefined;
}

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  const { url = '' } = request;
  request.resume();
  let text: Buffer | string | undefined = url === '/bench/calls' ? `{"calls":${calls}}` : undefined;
  if (text === undefined) {
    calls += 1;
    text = reply(url);
  }
  response.writeHead(text === undefined ? 404 : 200, {
    'Content-Type': 'application/json',
    'Content-Length': text?.length ?? 0,
  });
  // All replies are ASCII, so characters are bytes.
  if (typeof text === 'string') response.end(text, 'latin1');
  else response.end(text);
});

server.listen(Number(process.argv[2]), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
