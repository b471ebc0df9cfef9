// What the sandbox tests share: a sandbox whose clocks stand still, and calls over real HTTP.
import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Sandbox, SandboxSettings } from '../../src/sandbox/server.ts';

export const START = Date.parse('2026-03-02T10:15:00Z');
export const SECOND = 1000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Answer {
  readonly http: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  readonly code: number;
}

/** One request; a text is sent as it is, anything else as JSON. */
export function send(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  return new Promise<Answer & { json: ReturnType<typeof JSON.parse>; data: ReturnType<typeof JSON.parse> }>(
    (resolve, reject) => {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const length = text === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(text)) };
      const outgoing = request(
        origin + path,
        { method, headers: { 'Content-Type': 'application/json', ...length, ...headers } },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('error', reject);
          reply.on('end', () => {
            const received = Buffer.concat(chunks).toString('utf8');
            let json;
            try {
              json = JSON.parse(received);
            } catch {
              json = undefined;
            }
            resolve({
              http: reply.statusCode ?? 0,
              headers: reply.headers,
              text: received,
              json,
              code: json?.meta?.code,
              data: json?.data,
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    },
  );
}

/** A sandbox that stands at `START`, judges no limits and seeds nothing, unless told otherwise; closed after the test. */
export async function open(settings: Partial<SandboxSettings> = {}) {
  const real = { now: START };
  const sandbox = await startSandbox({
    port: 0,
    host: '127.0.0.1',
    settings: { clockStart: START, clockManual: true, limits: false, seed: false, ...settings },
    realNow: () => real.now,
  });
  onTestFinished(() => sandbox.close());
  const api = (method: string, path: string, body?: unknown, headers: Record<string, string> = { 'Api-Key': 'demo' }) =>
    send(sandbox.baseUrl, method, path, body, headers);
  const create = (tracking_number: string, carrier_code: string, rest: object = {}) =>
    api('POST', '/trackings/post', { tracking_number, carrier_code, ...rest });
  const read = (carrier: string, number: string) => api('GET', `/trackings/${carrier}/${number}`);
  return {
    sandbox,
    real,
    api,
    create,
    read,
    control: (m: string, p: string, b?: unknown) => send(sandbox.origin, m, p, b),
  };
}

/** Creates a tracking and lets its first lookup happen; gives the single read. */
export async function looked(
  world: Awaited<ReturnType<typeof open>>,
  number: string,
  carrier = 'cdek',
  rest: object = {},
) {
  await world.create(number, carrier, rest);
  world.sandbox.advance(10 * SECOND);
  return (await world.read(carrier, number)).data[0];
}

export type World = Awaited<ReturnType<typeof open>>;
export type { Sandbox };
