// A TCP proxy in front of an HTTP upstream that spoils what passes through it. Toxics carry Toxiproxy's names where it
// has them. It cuts the stream into requests and answers, so that a toxic can be meant for one call; what an answer
// says is no concern of it. Time is the clock's: with a test clock a drip of a minute takes no minute.

import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../src/domain/clock.ts';
import { realClock } from './clock.ts';

/** A request as it came in, before any toxic. */
export interface ProxyRequest {
  /** Counted over all connections, from 0. */
  readonly index: number;
  /** Counted on its own connection, from 0: above 0 the connection was reused. */
  readonly nth: number;
  /** By the clock, in milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query, with the base path. */
  readonly path: string;
  readonly body: string;
}

/** What befalls one call. Bytes are counted from the first byte of the answer's head; times are milliseconds. */
export interface Toxics {
  /** Nobody listens: connections are refused, open ones are cut. Only through `set`, not for a single call. */
  readonly down?: boolean;
  /** The answer begins later, by `jitter` at most later still. */
  readonly latency?: number;
  readonly jitter?: number;
  /** Bytes a second. */
  readonly bandwidth?: number;
  /** The answer comes in slices of `bytes`, with `delay` between them. */
  readonly slicer?: { readonly bytes: number; readonly delay: number };
  /** One byte every so many milliseconds. */
  readonly drip?: number;
  /** The connection ends after so many bytes of answers, counted over the connection. */
  readonly limitData?: number;
  /** The answer ends after so many bytes, and the connection with it. */
  readonly truncate?: number;
  /** The connection is reset after so many bytes of the answer. */
  readonly resetPeer?: number;
  /** Where a toxic ends the connection, it does so later. */
  readonly slowClose?: number;
  /** Silence, and an open connection: the request is not passed on, or its answer is kept. */
  readonly timeout?: 'request' | 'answer';
  /** The connection is reset in place of passing the request on. */
  readonly lose?: boolean;
  /** As `lose`, on a reused connection only: the upstream closed it while the request was on its way. */
  readonly stale?: boolean;
  /** The connection is closed after being idle so long. */
  readonly idleClose?: number;
  /** The request is passed on when this is settled. */
  readonly gate?: Promise<unknown>;
  /** The answer's bytes are replaced by noise. */
  readonly garbage?: boolean;
  /** The answer is exchanged for that of the next call with this toxic; waits for it. */
  readonly swap?: boolean;
  /** Sent in place of the upstream's answer, without asking it. */
  readonly answer?: string | Buffer | Iterable<Buffer>;
  /** The connection ends after the answer: what a body without length needs. */
  readonly hangUp?: boolean;
}

export type ToxicPlan = Toxics | ((request: ProxyRequest) => Toxics);

export interface ToxicProxy {
  /** `http://127.0.0.1:port/v1`. */
  readonly baseUrl: string;
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Every request that arrived. */
  readonly requests: readonly ProxyRequest[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Open connections with a request that has not been answered in full: idle ones are the client's to keep. */
  readonly pending: () => number;
  /** Bytes of answers sent so far. */
  readonly sent: () => number;
  /** What befalls calls that arrive from now on. Settles when a change of `down` is in force. */
  set(plan: ToxicPlan): Promise<void>;
  /** Forgets the requests so far. */
  forget(): void;
  close(): Promise<void>;
}

interface Connection {
  readonly client: Socket;
  upstream: Socket | undefined;
  requests: number;
  answered: number;
  sent: number;
  /** Ends the wait for being idle. */
  busy: () => void;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const noise = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 151 + 89) % 256));

/** Listens on a free port of the loopback. `random` decides jitter. */
export async function toxicProxy(
  upstreamUrl: string,
  clock: Clock = realClock,
  random: () => number = () => 0.5,
): Promise<ToxicProxy> {
  const target = new URL(upstreamUrl);
  const requests: ProxyRequest[] = [];
  const open = new Set<Connection>();
  let connections = 0;
  let arrived = 0;
  let sent = 0;
  let plan: ToxicPlan = {};
  let down = false;
  let unpaired: ((bytes: Buffer) => Buffer) | undefined;

  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  async function end(connection: Connection, toxics: Toxics, reset: boolean): Promise<void> {
    if (toxics.slowClose) await wait(toxics.slowClose);
    // What was written must have left before the connection ends.
    await turn();
    if (reset) connection.client.resetAndDestroy();
    else connection.client.destroySoon();
  }

  async function write(connection: Connection, bytes: Buffer): Promise<void> {
    if (connection.client.destroyed) return;
    connection.sent += bytes.length;
    sent += bytes.length;
    await new Promise<void>((resolve) => {
      connection.client.once('close', resolve);
      connection.client.write(bytes, () => {
        connection.client.off('close', resolve);
        resolve();
      });
    });
  }

  async function deliver(connection: Connection, chunks: Iterable<Buffer>, toxics: Toxics): Promise<void> {
    if (toxics.latency !== undefined) await wait(toxics.latency + (toxics.jitter ?? 0) * random());
    const limit = (toxics.limitData ?? Infinity) - connection.sent;
    let left = Math.max(0, Math.min(limit, toxics.truncate ?? Infinity, toxics.resetPeer ?? Infinity));
    const slicer = slicerOf(toxics);
    for (const chunk of chunks) {
      const bytes = chunk.subarray(0, left);
      left -= bytes.length;
      for (let at = 0; at < bytes.length && !connection.client.destroyed; at += slicer.bytes) {
        if (at > 0 && slicer.delay > 0) await wait(slicer.delay);
        await write(connection, bytes.subarray(at, at + slicer.bytes));
      }
      if (left === 0 || connection.client.destroyed) break;
    }
    connection.answered += 1;
    if (toxics.resetPeer !== undefined || left === 0 || toxics.hangUp) {
      return end(connection, toxics, toxics.resetPeer !== undefined);
    }
    if (toxics.idleClose !== undefined) connection.busy = clock.after(toxics.idleClose, () => connection.client.end());
  }

  /** The answers of two calls change places; the first waits for the second. */
  function exchanged(bytes: Buffer): Promise<Buffer> {
    const partner = unpaired;
    if (partner) {
      unpaired = undefined;
      return Promise.resolve(partner(bytes));
    }
    return new Promise((resolve) => {
      unpaired = (others) => {
        resolve(others);
        return bytes;
      };
    });
  }

  async function serve(connection: Connection, request: ProxyRequest, text: Buffer): Promise<void> {
    const toxics = typeof plan === 'function' ? plan(request) : plan;
    if (toxics.timeout === 'request') return;
    if (toxics.lose || (toxics.stale && request.nth > 0)) return end(connection, toxics, true);
    await toxics.gate;
    if (toxics.answer !== undefined) {
      const { answer } = toxics;
      const chunks = typeof answer === 'string' || Buffer.isBuffer(answer) ? [Buffer.from(answer)] : answer;
      return deliver(connection, chunks, toxics);
    }
    const answer = await forward(connection, text, target);
    if (toxics.timeout === 'answer') return;
    if (answer.length === 0) return end(connection, toxics, false);
    const bytes = toxics.garbage ? noise(answer.length) : toxics.swap ? await exchanged(answer) : answer;
    await deliver(connection, [bytes], toxics);
  }

  function accept(client: Socket): void {
    connections += 1;
    const connection: Connection = { client, upstream: undefined, requests: 0, answered: 0, sent: 0, busy: () => {} };
    open.add(connection);
    client.setNoDelay(true);
    client.on('error', () => {});
    client.on('close', () => {
      open.delete(connection);
      connection.busy();
      connection.upstream?.destroy();
    });
    onMessages(client, (head, body, whole) => {
      const [method = '', path = ''] = head.split(' ');
      const nth = connection.requests++;
      const request = { index: arrived++, nth, at: clock.now(), method, path, body: body.toString('utf8') };
      requests.push(request);
      connection.busy();
      serve(connection, request, whole).catch(() => client.destroy());
    });
  }

  let server: Server = createServer(accept);
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const { client } of open) client.destroy();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}${target.pathname}`,
    host: `127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    pending: () => [...open].filter(({ requests: asked, answered }) => asked > answered).length,
    sent: () => sent,
    async set(next) {
      plan = next;
      const wanted = typeof next !== 'function' && next.down === true;
      if (wanted === down) return;
      down = wanted;
      if (down) return stop();
      server = createServer(accept);
      await listen(port);
    },
    forget: () => void requests.splice(0),
    close: async () => {
      if (!down) await stop();
    },
  };
}

function slicerOf({ drip, slicer, bandwidth }: Toxics): { readonly bytes: number; readonly delay: number } {
  if (drip !== undefined) return { bytes: 1, delay: drip };
  if (bandwidth !== undefined) return { bytes: Math.max(1, Math.ceil(bandwidth / 20)), delay: 50 };
  return slicer ?? { bytes: 65_536, delay: 0 };
}

/** Calls back for each message with a length, as the facade's requests and the sandbox's answers are. */
function onMessages(socket: Socket, message: (head: string, body: Buffer, whole: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data]);
    for (;;) {
      const at = pending.indexOf('\r\n\r\n');
      if (at < 0) return;
      const head = pending.toString('latin1', 0, at);
      const length = at + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (pending.length < length) return;
      const whole = pending.subarray(0, length);
      pending = pending.subarray(length);
      message(head, whole.subarray(at + 4), whole);
    }
  });
}

/** One exchange with the upstream, on the connection's own socket; empty where it hung up without a whole answer. */
function forward(connection: Connection, text: Buffer, target: URL): Promise<Buffer> {
  return new Promise((resolve) => {
    const upstream = connect(Number(target.port), target.hostname);
    connection.upstream?.destroy();
    connection.upstream = upstream;
    upstream.on('error', () => {});
    upstream.on('close', () => resolve(Buffer.alloc(0)));
    onMessages(upstream, (_head, _body, whole) => {
      resolve(whole);
      upstream.destroy();
    });
    upstream.write(text);
  });
}
