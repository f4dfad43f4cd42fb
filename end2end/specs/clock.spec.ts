// The countdown: King's Day, a computer whose clock is wrong, no JavaScript.
import type { Page } from '@playwright/test';
import { expect, hydrated, test } from '../support/fixtures.js';

// Half an hour before closing on the Friday before King's Day (Monday 27 April 2026).
test.use({ clock: '2026-04-24T17:30:00+02:00' });

async function raiseCritical(page: Page): Promise<void> {
  await page.goto('/requests/new/question');
  await page.getByLabel('Subject').fill('Nobody can sign in');
  await page.getByLabel('Description').fill('Since a minute ago.');
  await page.getByRole('radio', { name: /Critical/ }).check();
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/requests\/ACME-\d+/);
}

test('half an hour counts, then the clock counts again on Tuesday at nine', async ({ as }) => {
  const page = await as('anna');
  await raiseCritical(page);
  await hydrated(page);
  // Reviewed within one support hour: half an hour today, half an hour on Tuesday.
  const clock = page.getByRole('region', { name: 'Review' });
  await expect(clock.locator('.clock__headline')).toContainText(/Tue 28 Apr 0?9:3\d/);
  const why = clock.getByText('Why this time?');
  await why.click();
  const rows = clock.getByRole('table');
  await expect(rows).toContainText(/Fri 24 Apr/);
  await expect(rows).toContainText('King');
  await expect(rows).toContainText(/Tue 28 Apr/);
});

test('the countdown counts, on a computer whose clock is five hours off', async ({ browser, server }) => {
  test.slow();
  const { signInByRequest } = await import('../support/server.js');
  const context = await browser.newContext({ baseURL: server.url, timezoneId: 'America/Los_Angeles', locale: 'en-GB' });
  await context.addInitScript(() => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + 5 * 3_600_000;
  });
  await signInByRequest(context.request, server.url, 'anna@acme.example');
  const page = await context.newPage();
  await raiseCritical(page);
  await hydrated(page);
  const headline = page.getByRole('region', { name: 'Review' }).locator('.clock__headline');
  await expect(headline).toContainText(/5\d min|1 h/);
  const before = await headline.innerText();
  await expect(headline).not.toHaveText(before, { timeout: 65_000 });
  await context.close();
});

test('without JavaScript the deadline is a date and a time', { tag: '@only-nojs' }, async ({ as }) => {
  const page = await as('anna');
  await raiseCritical(page);
  await expect(page.getByRole('region', { name: 'Review' })).toContainText(/Tue 28 Apr 0?9:3\d/);
});
