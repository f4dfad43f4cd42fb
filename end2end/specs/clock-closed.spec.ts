// After closing time on the Friday before King's Day: the clock stands still and says when it counts again.
import { expect, hydrated, test } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T17:59:50+02:00' });

test('at closing time the countdown turns to “counts again” by itself', async ({ as }) => {
  const page = await as('anna');
  await page.goto('/requests/new/question');
  await hydrated(page);
  await page.getByLabel('Subject').fill('Labels print twice');
  await page.getByLabel('Description').fill('Since the update.');
  await page.getByRole('radio', { name: /High/ }).check();
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/requests\/ACME-\d+/);
  const headline = page.getByRole('region', { name: 'Review' }).locator('.clock__headline');
  await expect(headline).toContainText(/counts again Tue 28 Apr 0?9:00/, { timeout: 30_000 });
});
