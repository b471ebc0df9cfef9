// Webhooks (upstream.md §11): a real receiver, the sandbox clock moved by the test.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyInfo } from '../../src/sandbox/webhooks.ts';
import { resolveSettings } from '../../src/sandbox/settings.ts';
import { SECOND, looked, open } from './support.ts';
import type { SandboxSettings } from '../../src/sandbox/server.ts';

/** A receiver that answers with the given pairs of status and body in turn, then 200 and `200`. */
async function receiver(answers: [number, string][] = []) {
  const received: { text: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push({ text, headers: request.headers });
      const [status, body] = answers.shift() ?? [200, '200'];
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`;
  const count = (n: number) => expect.poll(() => received.length, { timeout: 10_000 }).toBe(n);
  return { received, url, count, json: (i: number) => JSON.parse(received[i]?.text ?? 'null') };
}

async function listening(settings: Partial<SandboxSettings> = {}, answers: [number, string][] = []) {
  const hook = await receiver(answers);
  return { hook, world: await open({ webhookUrl: hook.url, ...settings }) };
}

describe('webhooks', () => {
  it('the signature is the one worked out in the specification', () => {
    expect(verifyInfo(resolveSettings({}), 1_700_000_000_000)).toEqual({
      timeStr: '1700000000',
      signature: 'fa473ce4916b9e72aa9272d75030db90ee904cdb924fbd68ab567df80b1e277f',
    });
  });

  it('a change of status is posted as a single read with data as an object, signed', async () => {
    const { hook, world } = await listening({ accountEmail: 'shop@example.test', webhookTime: 'iso' });
    const read = await looked(world, 'DELIVERED001', 'cdek', { title: 'Лампа' });
    await hook.count(1);
    const { meta, data, verifyInfo: signed } = hook.json(0);
    expect([meta.code, data]).toEqual([200, read]);
    expect(signed.timeStr).toBe('2026-03-02T10:15:10.000Z');
    expect(signed.signature).toBe(createHmac('sha256', 'shop@example.test').update(signed.timeStr).digest('hex'));
    expect(hook.received[0]?.headers['content-type']).toBe('application/json');
    expect(hook.received[0]?.headers).not.toHaveProperty('api-key');
    expect(hook.received[0]?.text).toContain(String.raw`"title":"\u041b`);
  });

  it('a jump of the clock posts every change in its order, and only the chosen words', async () => {
    const words = async (settings: Partial<SandboxSettings>, expected: number) => {
      const { hook, world } = await listening({ refresh: [1 / 60, 1 / 60], ...settings });
      await world.create('MINUTES001', 'cdek');
      world.sandbox.advance(3600 * SECOND);
      await hook.count(expected);
      return hook.received
        .map((_, i) => hook.json(i).data)
        .sort((a, b) => a.updated_at.localeCompare(b.updated_at))
        .map((data) => data.status);
    };
    expect(await words({}, 4)).toEqual(['notfound', 'transit', 'pickup', 'delivered']);
    expect(await words({ webhookStatuses: ['delivered'] }, 1)).toEqual(['delivered']);
  });

  it('realtime and an update post their changes at once, a call that changes nothing does not', async () => {
    const { hook, world } = await listening();
    await world.api('POST', '/trackings/realtime', { tracking_number: 'TRANSIT001', carrier_code: 'cdek' });
    await hook.count(1);
    await world.api('POST', '/trackings/realtime', { tracking_number: 'TRANSIT001', carrier_code: 'cdek' });
    await world.api('PUT', '/trackings/cdek/TRANSIT001', { status: 7 });
    await hook.count(2);
    expect([hook.json(0).data.status, hook.json(1).data.status]).toEqual(['transit', 'exception']);
  });

  it('a failed post is repeated after 30, 60 and 120 s, then given up', async () => {
    const { hook, world } = await listening({}, [
      [500, '200'],
      [200, 'ok'],
      [302, '200'],
      [500, ''],
    ]);
    await looked(world, 'DELIVERED001');
    for (const [tries, wait] of [
      [1, 30],
      [2, 60],
      [3, 120],
    ] as const) {
      await hook.count(tries);
      world.sandbox.advance(wait * SECOND);
    }
    await hook.count(4);
    world.sandbox.advance(1000 * SECOND);
    await looked(world, 'TRANSIT001');
    await hook.count(5);
    expect(new Set(hook.received.slice(0, 4).map(({ text }) => text)).size).toBe(1);
  });

  it('webhook-retries limits the repeats, and without callback there are none', async () => {
    for (const settings of [{ webhookRetries: 0 }, { webhookCallback: false }]) {
      const { hook, world } = await listening(settings, [[500, '']]);
      await looked(world, 'DELIVERED001');
      await hook.count(1);
      world.sandbox.advance(30 * SECOND);
      await looked(world, 'TRANSIT001');
      await hook.count(2);
      expect(hook.json(1).data.tracking_number).toBe('TRANSIT001');
    }
  });

  it('a running clock posts by itself', async () => {
    const { hook, world } = await listening({ clockManual: false, clockSpeed: 100_000 });
    await world.create('DELIVERED001', 'cdek');
    world.real.now += SECOND;
    await hook.count(1);
    expect(hook.json(0).data.status).toBe('delivered');
  });

  it('the past of the seed and of trackings registered before is not posted', async () => {
    const hook = await receiver();
    const world = await open({ seed: true });
    await looked(world, 'DELIVERED001');
    world.sandbox.configure({ webhookUrl: hook.url, webhookStatuses: ['exception'] });
    await world.api('PUT', '/trackings/cdek/DELIVERED001', { status: 7 });
    await hook.count(1);
    expect(hook.json(0).data.tracking_number).toBe('DELIVERED001');
    world.sandbox.configure({ webhookUrl: undefined });
    await world.api('PUT', '/trackings/cdek/DELIVERED001', { status: 8 });
    expect(hook.received).toHaveLength(1);
  });
});
