// The tracking board of examples/web as it is built and served, in a real browser over the real program and its sandbox.

import { spawn, execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { installed } from '../support/installed.ts';
import { serve } from '../support/program.ts';

const FOLDER = 'examples/web';
const browser = inject('chromium');

/** Pictures for the documents are taken with UPDATE_SCREENSHOT=1. */
async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.UPDATE_SCREENSHOT) return;
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/board-${name}.png`, import.meta.url)) });
}

/** Serves the built page, which asks our program; gives its address. */
async function preview(origin: string): Promise<string> {
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', '--port', '0'], {
    cwd: FOLDER,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', GRAPHQL_ORIGIN: origin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  for await (const line of createInterface(child.stdout)) {
    const url = /(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error('the page is not served');
}

describe.skipIf(browser === null)('the tracking board', () => {
  beforeAll(async () => {
    await installed(FOLDER);
    await promisify(execFile)('npm', ['run', 'build'], { cwd: FOLDER });
  }, 300_000);

  it('lists, filters, pages, shows a timeline, and adds a pasted column', async () => {
    const { url } = await serve({ LOG_LEVEL: 'warn' });
    const context = await openBrowser(browser ?? '');
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') failures.push(message.text());
    });
    await page.goto(await preview(url));
    const parcels = page.getByRole('region', { name: 'Parcels' });
    const rows = parcels.locator('tbody tr');
    const total = async () => Number(/, (\d+) parcels/.exec((await parcels.locator('nav').textContent()) ?? '')?.[1]);

    // List.
    await rows.nth(19).waitFor();
    expect(await rows.count()).toBe(20);
    const all = await total();
    expect(all).toBeGreaterThan(100);
    await picture(page, 'list');

    // Page, and back.
    const newest = await rows.first().textContent();
    await parcels.getByRole('button', { name: 'Older' }).click();
    await parcels.getByText('Page 2').waitFor();
    await page.waitForFunction((before) => document.querySelector('tbody tr')?.textContent !== before, newest);
    await parcels.getByRole('button', { name: 'Newer' }).click();
    await page.waitForFunction((before) => document.querySelector('tbody tr')?.textContent === before, newest);

    // Filter.
    await parcels.getByLabel('Status').selectOption('DELIVERED');
    await page.waitForFunction(() => {
      const shown = [...document.querySelectorAll('tbody .status')].map((each) => each.textContent);
      return shown.length > 0 && shown.every((text) => text === 'Delivered');
    });
    expect(await total()).toBeLessThan(all);

    // Timeline of a parcel with two legs.
    await parcels.getByLabel('Status').selectOption('');
    await parcels.getByLabel('Number').fill('LX012373985CN');
    await parcels.getByLabel('Number').press('Enter');
    await parcels.getByRole('button', { name: 'LX012373985CN' }).click();
    const parcel = page.getByRole('complementary', { name: 'Parcel' });
    for (const leg of ['First carrier', 'Second carrier']) {
      const events = parcel.getByRole('region', { name: leg }).locator('li');
      await events.first().waitFor();
      const times = await events.locator('time').allTextContents();
      expect(times.length).toBeGreaterThan(1);
      expect(times).toEqual(times.toSorted().toReversed());
    }
    await picture(page, 'timeline');

    // Paste: 60 lines, of which five are wrong.
    await parcels.getByLabel('Number').fill('');
    await parcels.getByRole('button', { name: 'Add numbers' }).click();
    const form = page.getByRole('complementary', { name: 'Add numbers' });
    const good = Array.from({ length: 55 }, (_, index) => `BOARD${String(index).padStart(6, '0')}`);
    const wrong = ['ab', 'not/a/number', 'no-such-carrier X123456789', 'cdek 1255186421', good[0] ?? ''];
    await form.getByLabel('A column of numbers').fill([...good, ...wrong].join('\n'));
    await form.getByRole('button', { name: 'Add 60' }).click();
    await form.getByText('55 added, 5 not.').waitFor();
    const results = form.getByRole('table', { name: 'Results' }).locator('tr');
    expect(await results.count()).toBe(60);
    const refused = await results.locator('td:last-child').allTextContents();
    expect(refused.slice(0, 5).map((text) => /^(refused|already there)\S/.test(text))).toEqual(wrong.map(() => true));
    expect(refused.slice(5)).toEqual(good.map(() => 'added'));
    await parcels.getByText(`${all + 55} parcels`).waitFor();
    await rows.filter({ hasText: 'BOARD' }).first().waitFor();
    await picture(page, 'paste');
    expect(failures).toEqual([]);
  }, 120_000);
});
