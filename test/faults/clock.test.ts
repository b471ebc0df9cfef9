// The machine's clock is set while the real program runs: its limits go by a clock that does not follow.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { sandboxFor } from '../support/app.ts';
import { CANARY } from '../support/invariants.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** Loaded before the program: SIGUSR2 sets the clock ten minutes forward, and the next one back to where it was. */
const JUMPING = `data:text/javascript,${encodeURIComponent(
  'const real = Date.now; let skew = 0; Date.now = () => real() + skew; process.on("SIGUSR2", () => { skew = 600000 - skew; });',
)}`;

it('A48 a clock that is set ten minutes forward and back makes no call too many and keeps nobody waiting', async () => {
  const sandbox = await sandboxFor({ limits: true });
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', JUMPING, CLI, 'serve'], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      TRACKRU_BASE_URL: sandbox.baseUrl,
      TRACKRU_API_KEY: CANARY.apiKey,
      TRACKRU_LOOKUP_BATCHING: 'off',
      AUTH_MODE: 'none',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  child.stderr.resume();
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(`it ended: ${said}`)));
    child.stdout.on('data', (text: Buffer) => {
      said += String(text);
      const found = /GraphQL +(\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
  });
  let number = 8_480_000_000;
  const look = async () => {
    number += 1;
    const query = `{ tracking(carrierCode: "cdek", trackingNumber: "${number}") { title } }`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return (await response.json()) as unknown;
  };
  const answers: unknown[] = [];
  for (let round = 0; round < 3; round += 1) {
    answers.push(...(await Promise.all([look(), look()])));
    child.kill('SIGUSR2');
  }
  expect(answers).toEqual(Array(6).fill({ data: { tracking: null } }));
  expect(sandbox.violations()).toBe(0);
  expect(sandbox.calls()).toHaveLength(6);
});
