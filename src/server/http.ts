// The socket: node:http in front of a request handler, and a close that drains.

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../domain/clock.ts';

export interface HttpServer {
  readonly url: string;
  /** Takes no new connections, lets running requests finish for `graceMs`, then ends the rest. */
  close(graceMs: number): Promise<void>;
}

/** Listens; rejects where the address cannot be had (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`). */
export async function listen(
  handler: RequestListener,
  at: { readonly host: string; readonly port: number },
  clock: Clock,
): Promise<HttpServer> {
  const server = createServer(handler);
  // Longer than balancers keep idle connections (60 s): else they meet a socket that has just been closed.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  let closing = false;
  server.on('request', (_request, response) => {
    if (closing) response.setHeader('connection', 'close');
    // A kept-alive connection whose last answer is out would hold the close up until its client leaves.
    response.once('close', () => {
      if (closing) clock.after(0, () => server.closeIdleConnections());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    url: originOf(at.host, isAddressInfo(address) ? address.port : at.port),
    async close(graceMs) {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cancel = clock.after(graceMs, () => server.closeAllConnections());
      await closed;
      cancel();
    },
  };
}

/** The address as one writes it in a browser. */
export const originOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
const isAddressInfo = (value: AddressInfo | string | null): value is AddressInfo =>
  typeof value === 'object' && value !== null;
