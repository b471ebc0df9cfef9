// A real HTTP server that answers what a test says, for replies the sandbox would never send. Records what arrives.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrival {
  readonly method: string;
  /** Path and query below the base URL. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An envelope's data (code 200), a whole envelope, or full control of the response. */
export type Answer =
  { readonly code?: number; readonly data?: unknown; readonly status?: number } | ((response: ServerResponse) => void);

export interface ScriptedUpstream {
  readonly baseUrl: string;
  readonly arrivals: readonly Arrival[];
  close(): Promise<void>;
}

/** `answer` is asked for each request. Listens on a free port of the loopback. */
export async function scriptedUpstream(answer: (arrival: Arrival, index: number) => Answer): Promise<ScriptedUpstream> {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const arrival: Arrival = {
        method: request.method ?? '',
        path: (request.url ?? '').replace(/^\/v1/, ''),
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      arrivals.push(arrival);
      const reply = answer(arrival, arrivals.length - 1);
      if (typeof reply === 'function') return reply(response);
      const envelope = { meta: { code: reply.code ?? 200, type: 'x', message: 'x' }, data: reply.data ?? [] };
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(envelope));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    arrivals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
