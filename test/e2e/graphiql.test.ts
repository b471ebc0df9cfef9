// GraphiQL as a newcomer meets it: the real program, a real browser, and no network but the loopback.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { serve } from '../support/program.ts';

const browser = inject('chromium');

/** A picture for the README is taken with UPDATE_SCREENSHOT=1. */
const picture = process.env.UPDATE_SCREENSHOT
  ? fileURLToPath(new URL('../../docs/graphiql.png', import.meta.url))
  : undefined;

describe.skipIf(browser === null)('GraphiQL', () => {
  it('opens without any network but the loopback, shows its examples, and runs the first', async () => {
    const { url } = await serve({ LOG_LEVEL: 'warn' });
    const context = await openBrowser(browser ?? '');
    const elsewhere: string[] = [];
    const failures: string[] = [];
    await context.route(
      (address) => address.protocol.startsWith('http') && address.origin !== url,
      (route) => {
        elsewhere.push(route.request().url());
        return route.abort();
      },
    );
    const page = await context.newPage();
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') failures.push(message.text());
    });
    page.on('requestfailed', (request) => failures.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on('response', (response) => {
      if (response.status() >= 400) failures.push(`${response.url()}: HTTP ${response.status()}`);
    });

    await page.goto(`${url}/graphql`);
    expect(await page.title()).toBe('trackru-graphql');
    const editor = page.locator('.graphiql-query-editor');
    await editor.getByText('NewestTrackings').first().waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(
      expect.arrayContaining(['NewestTrackings', 'OneTracking', 'ThreeAtOnce', 'Register', 'AskCarrier']),
    );

    await page.locator('.graphiql-execute-button').click();
    const result = page.locator('.graphiql-response');
    await result.getByText('"totalCount"').first().waitFor();
    const shown = await result.innerText();
    expect(shown).not.toContain('"errors"');
    expect(shown).toMatch(/"totalCount":\s*\d+/);

    if (picture) {
      mkdirSync(fileURLToPath(new URL('../../docs/', import.meta.url)), { recursive: true });
      await page.screenshot({ path: picture });
    }
    expect(elsewhere).toEqual([]);
    expect(failures).toEqual([]);
  });
});
