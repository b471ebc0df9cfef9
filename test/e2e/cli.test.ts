// The program as an operator meets it: the built file, its arguments, environment, streams, signals and exit codes.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, sandbox, serve, start } from '../support/program.ts';

const QUIET = { LOG_LEVEL: 'silent' };

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Posts one operation to a running server. */
async function ask(url: string, query: string, variables?: object): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe('usage', () => {
  it.each(['serve', 'sandbox', 'schema', 'doctor', 'import'])(
    '%s --help says what it does and exits 0',
    async (name) => {
      const { code, stdout, stderr } = await run([name, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: trackru-graphql ${name}`);
    },
  );

  it('--help lists every command', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['serve', 'sandbox', 'schema', 'doctor', 'import'])
      expect(stdout).toMatch(RegExp(`^  ${name} `, 'm'));
  });

  it.each([
    ['an unknown command', ['sreve']],
    ['an unknown option', ['serve', '--port', '1']],
    ['an argument too many', ['schema', 'now']],
    ['a missing argument', ['import']],
  ])('%s is one clear line, and exits 2', async (_, args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)[0]).toMatch(/^error: /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(lines(stderr).length).toBeLessThanOrEqual(2);
  });

  it('no command at all shows the help and exits 2', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('Usage: trackru-graphql');
  });
});

describe('settings', () => {
  it('every problem is told at once, and exits 2', async () => {
    const { code, stdout, stderr } = await run(['serve'], {
      PORT: '70000',
      TRACKRU_TIMEOUT_MS: 'soon',
      GRAPHIQL: 'perhaps',
      TRACKRU_BASE_URL: 'ftp://example.test',
      SANDBOX_PROFILE: 'nobody',
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const name of ['PORT', 'TRACKRU_TIMEOUT_MS', 'GRAPHIQL', 'TRACKRU_BASE_URL', 'SANDBOX_PROFILE']) {
      expect(lines(stderr).filter((line) => line.startsWith(`error: ${name} `))).not.toEqual([]);
    }
    expect(lines(stderr).every((line) => line.startsWith('error: '))).toBe(true);
  });

  it('an unknown TRACKRU_ or SANDBOX_ name is warned about', async () => {
    const { stderr, code } = await run(['doctor'], { ...QUIET, TRACKRU_API_KY: 'x', SANDBOX_PROFIL: 'trackru' });
    expect(lines(stderr)).toEqual([
      expect.stringMatching(/^warning: TRACKRU_API_KY /),
      expect.stringMatching(/^warning: SANDBOX_PROFIL /),
    ]);
    expect(code).toBe(0);
  });

  it.each(['serve', 'doctor'])('%s refuses an upstream without a key', async (command) => {
    const { code, stderr } = await run([command], { TRACKRU_BASE_URL: 'http://127.0.0.1:4010/v1' });
    expect(code).toBe(2);
    expect(lines(stderr)).toEqual([expect.stringMatching(/^error: TRACKRU_BASE_URL needs TRACKRU_API_KEY/)]);
  });

  it('refuses a real key without a word on who may use it, and never prints the key', async () => {
    const { code, stderr } = await run(['serve'], { TRACKRU_API_KEY: 'very-secret' });
    expect(code).toBe(2);
    expect(lines(stderr)).toEqual([expect.stringMatching(/^error: AUTH_MODE must be given with a real key/)]);
    expect(stderr).not.toContain('very-secret');
  });

  it.each([
    ['serve', 'PORT'],
    ['sandbox', 'SANDBOX_PORT'],
  ])('%s on a port that is in use is one clear line, and exits 1', async (command, setting) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await run([command], { ...QUIET, [setting]: String(port) });
    expect(code).toBe(1);
    expect(lines(stderr)).toEqual([
      expect.stringMatching(RegExp(`^error: cannot listen: .*choose another ${setting}$`)),
    ]);
  });
});

describe('commands', () => {
  it('schema prints schema.graphql', async () => {
    const { code, stdout } = await run(['schema']);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  });

  it('doctor finds the embedded sandbox in order', async () => {
    const { code, stdout, stderr } = await run(['doctor'], QUIET);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/embedded sandbox[^]*takes the key; the account has \d+ trackings/);
  });

  it('doctor says what is wrong with an upstream that is not there, and exits 1', async () => {
    const env = { TRACKRU_BASE_URL: 'http://127.0.0.1:1/v1', TRACKRU_API_KEY: 'demo', AUTH_MODE: 'none' };
    const { code, stdout } = await run(['doctor'], { ...QUIET, ...env, REQUEST_DEADLINE_MS: '5000' });
    expect(code).toBe(1);
    expect(stdout).toContain('UPSTREAM_UNAVAILABLE');
  });

  it('import registers the numbers it reads from standard input', async () => {
    // Two programs in a row know nothing of each other's calls: the second would run into the limit.
    const { program, baseUrl } = await sandbox({ SANDBOX_LIMITS: 'off' });
    const env = { ...QUIET, TRACKRU_BASE_URL: baseUrl, TRACKRU_API_KEY: 'shop', AUTH_MODE: 'none' };
    const file = 'carrierCode,trackingNumber,title\ncdek,TRANSIT001,Boots\ncdek,DELIVERED001,Books\n';
    const first = await run(['import', '-'], env, file);
    expect({ code: first.code, last: lines(first.stdout).at(-1) }).toEqual({
      code: 0,
      last: '2 created, 0 there already, 0 failed',
    });
    const again = await run(['import', '-'], env, file);
    expect({ code: again.code, last: lines(again.stdout).at(-1) }).toEqual({
      code: 0,
      last: '0 created, 2 there already, 0 failed',
    });
    program.signal('SIGTERM');
    expect((await program.ended).code).toBe(0);
  });

  it.each([
    ['a row without a number', 'cdek\n', /line 1: needs a carrier code and a tracking number/],
    ['an empty file', '', /the file holds no rows/],
  ])('import refuses %s before anything is sent, and exits 2', async (_, file, problem) => {
    const { code, stderr } = await run(['import', '-'], QUIET, file);
    expect(code).toBe(2);
    expect(stderr).toMatch(problem);
  });

  it('import of a file that cannot be read is one clear line, and exits 2', async () => {
    const { code, stderr } = await run(['import', 'no/such/file.csv'], QUIET);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot read no/such/file.csv\n' });
  });
});

const PAGE = '{ trackings(first: 2) { totalCount nodes { carrierCode trackingNumber status } } }';

describe('serve', () => {
  it('answers its first queries over the embedded sandbox within seconds of its start', async () => {
    const { url } = await serve(QUIET);
    const page = await ask(url, PAGE);
    expect(page).toMatchObject({ data: { trackings: { totalCount: expect.any(Number) } } });
    const one = '{ tracking(carrierCode: "sto", trackingNumber: "402934299065") { status events { description } } }';
    expect(await ask(url, one)).toMatchObject({ data: { tracking: { status: expect.any(String) } } });
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ status: 'ready' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s lets a running operation finish, takes no other, and exits 0',
    async (name) => {
      const slow = { kind: 'latency', ms: 2_000, route: 'GET /trackings/get', afterEffect: true };
      const { program, url } = await serve({ ...QUIET, SANDBOX_FAULTS: JSON.stringify(slow) });
      const [, origin = ''] = await program.says(/sandbox, (http:\/\/[^/]+)/);
      const answer = ask(url, PAGE);
      // The upstream has the call and holds the reply: the operation is under way.
      const calls = async () => (await (await fetch(`${origin}/sandbox/calls`)).json()) as unknown;
      await expect.poll(calls, { timeout: 20_000 }).toMatchObject([{ route: 'GET /trackings/get' }]);
      program.signal(name);
      await program.says(RegExp(`${name}: finishing what runs`));
      await expect(fetch(`${url}/health`)).rejects.toThrow();
      expect(await answer).toMatchObject({ data: { trackings: { nodes: [{}, {}] } } });
      const answeredAt = performance.now();
      expect(await program.ended).toMatchObject({ code: 0 });
      // The client's kept-alive connection is closed with its answer: nothing waits for the end of the grace.
      expect(performance.now() - answeredAt).toBeLessThan(5_000);
    },
  );

  it.each([
    ['trackru', 'Api-Key'],
    ['tracktry', 'Tracktry-Api-Key'],
    ['trackingmore', 'Trackingmore-Api-Key'],
  ])('talks to a stand-alone %s by settings alone', async (profile, header) => {
    const upstream = await sandbox({ SANDBOX_PROFILE: profile });
    const { url } = await serve({
      ...QUIET,
      TRACKRU_BASE_URL: upstream.baseUrl,
      TRACKRU_API_KEY: 'demo',
      TRACKRU_API_KEY_HEADER: header,
      AUTH_MODE: 'none',
    });
    const page = await ask(url, PAGE);
    expect(page).toMatchObject({ data: { trackings: { nodes: [{}, {}] } } });
    expect(page.errors).toBeUndefined();
    const create = `mutation { createTracking(input: { carrierCode: "cdek", trackingNumber: "TWOLEGS001" }) {
      ... on CreateTrackingPayload { tracking { status } } } }`;
    expect(await ask(url, create)).toEqual({ data: { createTracking: { tracking: { status: 'PENDING' } } } });
    const now = '{ realtime(carrierCode: "cdek", trackingNumber: "TWOLEGS001") { status latestEvent { leg } } }';
    expect(await ask(url, now)).toEqual({
      data: { realtime: { status: 'PICKUP', latestEvent: { leg: 'DESTINATION' } } },
    });
    const update = `mutation { updateTracking(carrierCode: "cdek", trackingNumber: "TWOLEGS001", input: { title: "Boots" }) {
      ... on UpdateTrackingPayload { tracking { title } } } }`;
    expect(await ask(url, update)).toEqual({ data: { updateTracking: { tracking: { title: 'Boots' } } } });
    const one = '{ tracking(carrierCode: "cdek", trackingNumber: "TWOLEGS001") { title origin { kind } } }';
    expect(await ask(url, one)).toEqual({ data: { tracking: { title: 'Boots', origin: { kind: 'ORIGIN' } } } });
    const remove = `mutation { deleteTracking(carrierCode: "cdek", trackingNumber: "TWOLEGS001") {
      ... on DeleteTrackingPayload { trackingNumber } } }`;
    expect(await ask(url, remove)).toEqual({ data: { deleteTracking: { trackingNumber: 'TWOLEGS001' } } });
    const seen = (await (await fetch(upstream.baseUrl.replace(/v1$/, 'sandbox'))).json()) as { violations: number };
    expect(seen.violations).toBe(0);
  });

  it('a wrong key header is the upstream’s refusal, named by /ready', async () => {
    const upstream = await sandbox({ SANDBOX_PROFILE: 'tracktry' });
    const { url } = await serve({
      ...QUIET,
      TRACKRU_BASE_URL: upstream.baseUrl,
      TRACKRU_API_KEY: 'demo',
      AUTH_MODE: 'none',
    });
    expect(await ask(url, PAGE)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_REJECTED_KEY' } }] });
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({
      status: 'degraded',
      reasons: ['the upstream rejects the API key'],
    });
  });

  it('measures in whole milliseconds, which is what GraphQL and logs take', async () => {
    const { program, url } = await serve({ LOG_LEVEL: 'info' });
    await ask(url, PAGE);
    const [, duration = ''] = await program.says(/"durationMs":([\d.]+),/);
    expect(duration).toMatch(/^\d+$/);
  });

  it('says where it listens, what its upstream is, and that no key is set', async () => {
    const program = start(['serve'], { ...QUIET, PORT: '0' });
    await program.says(/GraphQL\s+http:\/\/127\.0\.0\.1:\d+\/graphql/);
    await program.says(/upstream\s+embedded sandbox, http:\S+: no API key is set/);
    await program.says(/mode\s+trying out/);
  });
});
