// The sandbox as a running thing: an HTTP server in front of the exchange and the control path, and its public methods.
// Nothing is decided here about replies; this file owns the socket, the settings in force and the wiring.
import { createServer } from 'node:http';
import { createClock } from './clock.ts';
import { envelope } from './codes.ts';
import { control } from './control.ts';
import { createExchange } from './exchange.ts';
import { createFaultBox } from './faults.ts';
import { createJudge } from './limits.ts';
import { resolveSettings } from './settings.ts';
import { trackingText } from './shape.ts';
import { createStore } from './store.ts';
import { createWebhooks } from './webhooks.ts';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { SandboxCall, SandboxEffect } from './exchange.ts';
import type { Reply, SandboxFault } from './faults.ts';
import type { SandboxSettings } from './settings.ts';

export type { SandboxCall, SandboxEffect } from './exchange.ts';
export type { SandboxFault } from './faults.ts';
export type { SandboxSettings } from './settings.ts';

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Origin and `/v1`. */
  readonly baseUrl: string;
  /** The sandbox clock, in milliseconds. */
  now(): number;
  /** Moves the clock forward (a running one too) and sends the webhooks that are due. */
  advance(ms: number): void;
  /** Every request under `/v1` and `/v2` since the start or `clearCalls()`; of more than 100,000 only the newer half. */
  calls(): readonly SandboxCall[];
  /** Calls refused with 429 by the limits (upstream.md §10) since the start. */
  violations(): number;
  clearCalls(): void;
  /** What calls have done to accounts; cut like the calls, but not cleared by `clearCalls()`. */
  effects(): readonly SandboxEffect[];
  /** Changes settings from now on; undefined takes one back to its default. `clockStart` and `seed` are read earlier. */
  configure(patch: Partial<SandboxSettings>): void;
  addFault(fault: SandboxFault): void;
  clearFaults(): void;
  /** Stops listening and ends open sockets, waiting replies and webhooks. */
  close(): Promise<void>;
}

/** `port` 0 takes a free one; `settings` go before the defaults of the profile; `realNow` is the real clock, in ms. */
export interface SandboxOptions {
  readonly port: number;
  readonly host: string;
  readonly settings?: Partial<SandboxSettings>;
  readonly realNow?: () => number;
}

// Longer than any pooled client keeps an idle connection, so that the client is the one to close it.
const KEEP_ALIVE_MS = 65_000;
const MAX_BODY = 8 * 1024 * 1024;

function readBody(request: IncomingMessage): Promise<string> {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) {
    request.resume();
    return Promise.resolve('');
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

// All bodies are ASCII (upstream.md §2.6), so characters are bytes.
function send(response: ServerResponse, reply: Reply): void {
  if (reply.close) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': reply.body.length });
  if (reply.dripMs === 0) {
    response.end(reply.body, 'latin1');
    return;
  }
  let sent = 0;
  const timer = setInterval(() => {
    if (response.destroyed || sent >= reply.body.length) {
      clearInterval(timer);
      response.end();
    } else response.write(reply.body.charAt(sent++), 'latin1');
  }, reply.dripMs).unref();
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value, null, 2) + '\n';
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** The parts of a sandbox without its socket. */
function assemble(options: SandboxOptions) {
  const realNow = options.realNow ?? Date.now;
  let given: Partial<SandboxSettings> = options.settings ?? {};
  let inForce = resolveSettings(given);
  const settings = (): SandboxSettings => inForce;
  const clock = createClock(realNow, inForce.clockStart);
  const store = createStore(settings, clock.now());
  const judge = createJudge(settings);
  const faults = createFaultBox();
  const webhooks = createWebhooks(store, clock, settings, (t, sight) => trackingText('single', t, sight, inForce));
  const exchange = createExchange({ clock, realNow, settings, store, judge, faults, changed: webhooks.wake });
  const apply = (patch: Partial<SandboxSettings>): void => {
    const before = inForce.webhookUrl;
    given = { ...given, ...patch };
    inForce = resolveSettings(given);
    clock.pace(inForce.clockSpeed, inForce.clockManual);
    if (patch.faults) for (const fault of patch.faults) faults.add(fault);
    if (inForce.webhookUrl !== before) webhooks.restart();
  };
  apply(given);
  return { settings, clock, store, judge, faults, webhooks, exchange, apply };
}

/** Starts a sandbox; rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { settings, clock, store, judge, faults, webhooks, exchange, apply } = assemble(options);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = await readBody(request);
    if (/^\/sandbox(?:[/?]|$)/.test(url)) {
      const { status, body: value } = control(port, method, url, body);
      sendJson(response, status, value);
    } else if (/^\/v[12](?:[/?]|$)/.test(url)) {
      const reply = await exchange.answer({ method, url, headers, body });
      if (reply.delayMs > 0) setTimeout(() => send(response, reply), reply.delayMs).unref();
      else send(response, reply);
    } else sendJson(response, 404, JSON.parse(envelope(404, '[]')));
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    // A request that breaks off has nobody left to answer.
    serve(request, response).catch(() => response.destroy());
  });
  const bound = await listen(server, options.port, options.host);
  const origin = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${bound}`;

  const sandbox: Sandbox = {
    origin,
    baseUrl: `${origin}/v1`,
    now: clock.now,
    advance(ms) {
      clock.advance(ms);
      webhooks.wake();
    },
    calls: exchange.calls,
    violations: judge.violations,
    clearCalls: exchange.clearCalls,
    effects: exchange.effects,
    configure: apply,
    addFault: faults.add,
    clearFaults: faults.clear,
    close() {
      webhooks.close();
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  const accounts = () => store.accounts().map(({ name, order }) => ({ name, trackings: order.length }));
  const port = { sandbox, settings, accounts, faults: faults.list };
  return sandbox;
}
