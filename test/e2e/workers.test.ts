// WORKERS=2: two processes serve, one account pays. The real program over a sandbox of this process, whose limits judge.

import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { run, serve } from '../support/program.ts';

async function world(limits: boolean) {
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, settings: { limits: false } });
  onTestFinished(() => sandbox.close());
  const numbers = Array.from({ length: 200 }, (_, index) => String(7_000_000_000 + index));
  for (let at = 0; at < numbers.length; at += 40) {
    const items = numbers.slice(at, at + 40).map((number) => ({ carrier_code: 'cdek', tracking_number: number }));
    const request = { method: 'POST', headers: { 'Api-Key': 'key' }, body: JSON.stringify(items) };
    await fetch(`${sandbox.baseUrl}/trackings/batch`, request);
  }
  sandbox.configure({ limits });
  const rates: Record<string, string> = limits
    ? {}
    : { TRACKRU_LIST_RPS: '0', TRACKRU_REALTIME_RPS: '0', TRACKRU_DEFAULT_RPS: '0' };
  const { program, url } = await serve({
    WORKERS: '2',
    AUTH_MODE: 'none',
    LOG_LEVEL: 'error',
    TRACKRU_API_KEY: 'key',
    TRACKRU_BASE_URL: sandbox.baseUrl,
    ...rates,
  });
  sandbox.clearCalls();
  /** On a connection of its own, so that both workers are met. */
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const signal = AbortSignal.timeout(20_000);
    const request = { method: 'POST', headers, signal, body: JSON.stringify({ query }) };
    const response = await fetch(`${url}/graphql`, request);
    return (await response.json()) as { readonly data: Record<string, unknown> | null; readonly errors?: unknown };
  };
  const look = (number: string) =>
    ask(`{ tracking(carrierCode: "cdek", trackingNumber: "${number}") { trackingNumber title } }`);
  const workers = () =>
    execFileSync('pgrep', ['-P', String(program.pid)], { encoding: 'utf8' })
      .trim()
      .split('\n');
  return { sandbox, numbers, program, ask, look, workers };
}

describe('two workers', () => {
  it('share the calls and keep within the limits of one account', async () => {
    const { sandbox, numbers, look, workers } = await world(true);
    expect(workers()).toHaveLength(2);
    const answers = await Promise.all(numbers.map((number) => look(number)));
    expect(answers.map(({ data }) => data?.tracking)).toEqual(
      numbers.map((trackingNumber) => expect.objectContaining({ trackingNumber })),
    );
    // 200 look-ups: five full list calls, and what left alone or half full before the rest had come.
    expect(sandbox.calls().length).toBeLessThanOrEqual(12);
    expect(sandbox.violations()).toBe(0);
  });

  it('keep reads together: what one has read the other does not read again, and a write is seen by both', async () => {
    const { sandbox, numbers, ask, look } = await world(false);
    const [number = ''] = numbers;
    for (let round = 0; round < 8; round += 1) await look(number);
    expect(sandbox.calls()).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) {
      await ask(
        `mutation { updateTracking(carrierCode: "cdek", trackingNumber: "${number}", input: {title: "t${round}"}) { __typename } }`,
      );
      for (let reader = 0; reader < 4; reader += 1) {
        expect((await look(number)).data?.tracking).toMatchObject({ title: `t${round}` });
      }
    }
  });

  it('one killed under load fails only what it had in hand, and is replaced', async () => {
    const { numbers, program, look, workers } = await world(false);
    const [victim = ''] = workers();
    const stop = { now: false };
    /** What was wrong with each answer; null: nothing. */
    const outcomes: (string | null)[] = [];
    const client = async (at: number) => {
      for (let turn = at; !stop.now; turn += 10) {
        outcomes.push(
          await look(numbers[turn % numbers.length] ?? '').then(
            ({ data, errors }) => (data?.tracking && !errors ? null : JSON.stringify({ data, errors })),
            (error: unknown) => String(error instanceof Error ? (error.cause ?? error) : error),
          ),
        );
      }
    };
    const load = Promise.all(Array.from({ length: 10 }, (_, at) => client(at)));
    while (outcomes.length < 50) await new Promise((resolve) => setImmediate(resolve));
    process.kill(Number(victim), 'SIGKILL');
    await program.says(/a worker has ended and is replaced/);
    const failures = () => outcomes.filter((wrong) => wrong !== null);
    const failedByThen = failures().length;
    const until = outcomes.length + 200;
    while (outcomes.length < until) await new Promise((resolve) => setImmediate(resolve));
    stop.now = true;
    await load;
    expect(failedByThen).toBeLessThanOrEqual(10);
    expect(failures().length, [...new Set(failures())].join('\n')).toBeLessThanOrEqual(10);
    // Nobody who was on his way to the killed one waits in vain.
    expect(failures().filter((wrong) => wrong?.includes('Timeout'))).toEqual([]);
    while (workers().length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(workers()).not.toContain(victim);
  });

  it('finish what runs and end with the first process', async () => {
    const { program, look, numbers, workers } = await world(false);
    const pids = workers();
    await look(numbers[0] ?? '');
    program.signal('SIGTERM');
    expect((await program.ended).code).toBe(0);
    for (const pid of pids) expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });

  it('that cannot listen say why, and the program ends with 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await run(['serve'], { WORKERS: '2', PORT: String(port) });
    expect(code).toBe(1);
    expect(stderr).toContain('something listens there already; choose another PORT');
  });
});
