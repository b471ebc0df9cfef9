// The project's sandbox as a process of its own, and what the bench tells it over its control path.

import { join } from 'node:path';
import { freePort, ready, type Running, start } from './processes.ts';
import { builtAt } from './servers.ts';
import { CARRIER, numberOf } from './wire.ts';

export interface SandboxProcess {
  readonly baseUrl: string;
  readonly running: Running;
  /** Calls the facade or a peer has made, and those that broke a limit. */
  counts(): Promise<{ readonly calls: number; readonly violations: number }>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Registers the trackings `numberOf(0)` to `numberOf(count - 1)` through the batch endpoint. */
  fill(key: string, count: number): Promise<void>;
}

const BATCH = 40;

/** Starts a sandbox with its defaults, beside `env`. */
export async function startSandboxProcess(env: Record<string, string> = {}): Promise<SandboxProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const running = start('sandbox', {
    file: process.execPath,
    args: [join(builtAt.dist, 'cli.js'), 'sandbox'],
    env: { SANDBOX_PORT: String(port), HOST: '127.0.0.1', ...env },
  });
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${origin}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} /sandbox${path}: ${await answer.text()}`);
    return answer.json();
  };
  const read = (value: unknown, name: string): number =>
    typeof value === 'object' && value !== null && name in value ? Number(Reflect.get(value, name)) : Number.NaN;
  await ready(running, async () => read(await control('GET', ''), 'calls') >= 0, 20_000);
  return {
    baseUrl: `${origin}/v1`,
    running,
    control,
    async counts() {
      const about = await control('GET', '');
      return { calls: read(about, 'calls'), violations: read(about, 'violations') };
    },
    async fill(key, count) {
      await control('PATCH', '/settings', { limits: 'off' });
      for (let from = 0; from < count; from += BATCH) {
        const items = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => ({
          tracking_number: numberOf(from + index),
          carrier_code: CARRIER,
        }));
        const headers = { 'Api-Key': key, 'Content-Type': 'application/json' };
        const body = JSON.stringify(items);
        const reply = await fetch(`${origin}/v1/trackings/batch`, { method: 'POST', headers, body });
        if (!(await reply.text()).includes(`"added":${items.length}`)) throw new Error('the sandbox was not filled');
      }
      await control('PATCH', '/settings', { limits: env.SANDBOX_LIMITS ?? 'on' });
      await control('DELETE', '/calls');
    },
  };
}
