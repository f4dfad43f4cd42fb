// The list of requests: every filter in the address, search, sorting, pages, what is unread.
import type { Page } from '@playwright/test';
import { Deeds } from '../support/deeds.js';
import { expect, hydrated, test } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T10:00:00+02:00', allowedConsole: [/404/] });

async function open(page: Page, path: string, javaScript = true): Promise<void> {
  await page.goto(path);
  if (javaScript) await hydrated(page);
}

const rows = (page: Page) => page.getByRole('table', { name: 'Requests' }).locator('tbody tr');

test('filters are links that add up in the address', { tag: ['@phone', '@nojs'] }, async ({ as, javaScriptEnabled }) => {
  const page = await as('anna');
  await open(page, '/requests', javaScriptEnabled !== false);
  await page.getByRole('link', { name: 'Mine', exact: true }).click();
  await expect(page).toHaveURL(/\/requests\?whose=mine$/);
  await expect(rows(page).filter({ hasText: 'Show the blood group on the wristband' }), 'her own').toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Nobody on ward 3 can sign in' }), 'a colleague’s that she follows').toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Temperature chart skips the night' }), 'a colleague’s').toHaveCount(0);
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await expect(page).toHaveURL(/\?whose=mine&show=all$/);
  await page.locator('summary', { hasText: 'Status' }).click();
  await page.getByRole('link', { name: 'Closed', exact: true }).click();
  await expect(page).toHaveURL(/\?whose=mine&show=all&status=closed$/);
  await expect(rows(page).first()).toBeVisible();
  await expect(rows(page).filter({ hasNot: page.locator('.requests__status', { hasText: 'Closed' }) })).toHaveCount(0);
  await page.locator('summary', { hasText: 'Form' }).click();
  await page.getByRole('link', { name: 'Ask a question', exact: true }).click();
  await expect(page).toHaveURL(/\?whose=mine&show=all&status=closed&form=question$/);
  const count = await rows(page).count();
  await page.getByRole('link', { name: 'Acme Zorg', exact: true }).click();
  await expect(page).toHaveURL(/\/requests\?show=all&status=closed&form=question$/);
  await expect.poll(() => rows(page).count()).toBeGreaterThan(count);
  await page.goBack();
  await expect(page).toHaveURL(/\?whose=mine&show=all&status=closed&form=question$/);
  await expect(rows(page)).toHaveCount(count);
});

test('search finds keys, subjects and texts, and keeps the filters', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const page = await as('bram');
  await open(page, '/requests?show=all', javaScriptEnabled !== false);
  const search = page.getByRole('searchbox', { name: 'Search requests' });
  for (const [asked, found] of [['ACME-5', 'ACME-5'], ['lab results', 'Lab results arrive an hour late'], ['pharmacy', 'Medication list is empty after midnight']] as const) {
    await search.fill(asked);
    await search.press('Enter');
    await expect(page).toHaveURL(/\?show=all&q=/);
    await expect(rows(page).filter({ hasText: found }).first(), asked).toBeVisible();
  }
  await search.fill('no such words');
  await search.press('Enter');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('link', { name: 'Clear search and filters' }).click();
  await expect(page).toHaveURL(/\/requests\?show=all$/);
  await expect(search).toHaveValue('');
  await expect(rows(page).first()).toBeVisible();
});

test('what an address says twice over or wrongly is not an error', async ({ as }) => {
  const page = await as('anna');
  for (const query of ['status=nonsense', 'after=nonsense', 'before=%00%ff', 'sort=;drop', 'form=x&whose=y&show=z', `q=${'a'.repeat(3000)}`, "q=%22'%25_*(", 'q=NOT+OR']) {
    const answer = await page.request.get(`/requests?${query}`);
    expect(answer.status(), query).toBe(200);
  }
});

test('more than fifty come in pages, sorted as asked', async ({ as, server }) => {
  test.slow();
  const anna = await Deeds.of(server.url, 'anna');
  for (let number = 1; number <= 16; number += 1) await anna.raise(`One of many, ${number}`);
  await anna.end();
  const page = await as('anna');
  await open(page, '/requests?show=all&sort=newest');
  await expect(rows(page)).toHaveCount(50);
  await expect(rows(page).first()).toContainText('One of many, 16');
  const keys = async () => (await rows(page).locator('.requests__key').allInnerTexts()).map((key) => key.trim());
  const first = await keys();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/\?show=all&sort=newest&after=/);
  await expect(rows(page).first()).not.toContainText('One of many, 16');
  const second = await keys();
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((key) => first.includes(key)), 'no row twice').toEqual([]);
  expect([...first, ...second]).toContain('ACME-1');
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(rows(page).first()).toContainText('One of many, 16');
  expect(await keys()).toEqual(first);
});

test('what an agent wrote is unread until it was seen', { tag: '@nojs' }, async ({ as, server, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const subject = `Is it new, ${javaScript}?`;
  const deeds = await Deeds.of(server.url, 'anna');
  const key = await deeds.raise(subject);
  const page = await as('anna');
  await open(page, '/requests', javaScript);
  const row = rows(page).filter({ hasText: subject });
  await expect(row).toBeVisible();
  await expect(row.getByText('Unread'), 'one’s own words are no news').toHaveCount(0);
  const dirk = await Deeds.of(server.url, 'dirk');
  await dirk.compose(key, 'note', 'Only for us.');
  await open(page, '/requests', javaScript);
  await expect(row.getByText('Unread'), 'a note is no news to customers').toHaveCount(0);
  await dirk.compose(key, 'answer', 'It is.');
  await open(page, '/requests', javaScript);
  await expect(row.getByText('Unread')).toHaveCount(1);
  await row.getByRole('link', { name: subject }).click();
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('It is.');
  await open(page, '/requests', javaScript);
  await expect(row).toBeVisible();
  await expect(row.getByText('Unread')).toHaveCount(0);
  await deeds.end();
  await dirk.end();
});

test('the promise changes with the priority, and is the same in the box and in the row', async ({ as }) => {
  const page = await as('bram');
  await open(page, '/requests/new/question');
  const box = page.getByRole('region', { name: 'If you send this now' });
  await expect(box).toContainText('Choose a priority to see what we promise.');
  const seen = new Set<string>();
  for (const [name, hours] of [['Critical', '4 support hours'], ['High', '24 support hours'], ['Medium', '48 support hours'], ['Low', '72 support hours']] as const) {
    const radio = page.getByRole('radio', { name });
    await radio.check();
    await expect(box).toContainText(hours);
    const solved = await box.locator('.promise__time').last().innerText();
    await expect(page.locator('.priority-row', { has: radio })).toContainText(solved);
    seen.add(solved);
  }
  expect(seen.size, 'four different promises').toBe(4);
  await expect(box, 'the holiday is named').toContainText('King’s Day');
});

test('home shows what waits and whether support is open', { tag: ['@phone', '@nojs'] }, async ({ as, javaScriptEnabled }) => {
  const page = await as('anna');
  await open(page, '/', javaScriptEnabled !== false);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good morning, Anna');
  await expect(page.getByText(/Support is\s+open until 18:00/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'How can we help?' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Report a problem/ })).toBeVisible();
  await page.getByRole('link', { name: 'How support works' }).click();
  await expect(page).toHaveURL(/\/articles\/how-support-works$/);
});

/** Makes the page look for news as when one comes back to it, twice: by the second answer the first has done what it does. */
async function lookAgain(page: Page, asked: string): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    const answered = page.waitForResponse((response) => response.url().includes(asked));
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await (await answered).finished();
  }
}

test('looking for news leaves alone what is typed and where the focus is', async ({ as, server }) => {
  const deeds = await Deeds.of(server.url, 'anna');
  await deeds.raise('Read with the keyboard');
  const page = await as('anna');
  await open(page, '/requests');
  const search = page.getByRole('searchbox', { name: 'Search requests' });
  await search.fill('half a wo');
  const row = rows(page).filter({ hasText: 'Read with the keyboard' });
  const link = row.getByRole('link');
  await link.focus();
  await row.evaluate((element) => element.setAttribute('data-seen', ''));
  await lookAgain(page, '/api/portal/requests');
  await expect(row, 'nothing is new: the row was not drawn again').toHaveAttribute('data-seen');
  await expect(link).toBeFocused();
  await deeds.raise('Came in under the reader');
  await lookAgain(page, '/api/portal/requests');
  await expect(rows(page).filter({ hasText: 'Came in under the reader' })).toBeVisible();
  await expect(link, 'the same request, in its new place').toBeFocused();
  await expect(search).toHaveValue('half a wo');
  await deeds.end();
});

test('a search finds closed requests too, until only open ones are chosen', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const page = await as('bram');
  await open(page, '/requests', javaScript);
  const search = page.getByRole('searchbox', { name: 'Search requests' });
  const closed = rows(page).filter({ hasText: 'Lab results arrive an hour late' });
  const choice = (name: string) => page.getByRole('navigation', { name: 'Open or all' }).getByRole('link', { name, exact: true });
  await expect(choice('Open')).toHaveAttribute('aria-current', 'true');
  await expect(closed).toHaveCount(0);
  await search.fill('lab results arrive an hour late');
  await search.press('Enter');
  await expect(page).toHaveURL(/\/requests\?q=/);
  await expect(closed).toHaveCount(1);
  await expect(choice('All')).toHaveAttribute('aria-current', 'true');
  const key = /ACME-\d+/.exec(await closed.locator('.requests__key').innerText())?.[0] ?? 'no key';
  await choice('Open').click();
  await expect(page).toHaveURL(/\/requests\?show=open&q=/);
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('link', { name: 'Search closed requests too' }).click();
  await expect(page).toHaveURL(/\/requests\?show=all&q=/);
  await expect(closed).toHaveCount(1);

  await open(page, '/requests?show=open&q=nothing', javaScript);
  await search.fill(key);
  await search.press('Enter');
  await expect(page, 'each search looks among all of them again').toHaveURL(new RegExp(`/requests\\?q=${key}$`));
  await expect(closed).toHaveCount(1);
  await choice('Open').click();
  await expect(page).toHaveURL(/\/requests$/);
  await expect(search).toHaveValue('');
});

test('open ones are open, whatever status was chosen before', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const page = await as('bram');
  await open(page, '/requests', javaScriptEnabled !== false);
  await page.locator('summary', { hasText: 'Status' }).click();
  await page.getByRole('link', { name: 'Closed', exact: true }).click();
  await expect(page).toHaveURL(/\/requests\?show=all&status=closed$/);
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await expect(page.getByRole('link', { name: 'Open', exact: true })).toHaveAttribute('aria-current', 'true');
  await expect(rows(page).first()).toBeVisible();
  await expect(page.locator('.requests__status', { hasText: 'Closed' })).toHaveCount(0);
});

test('home shows what has come to one who comes back to it', async ({ as, server }) => {
  const deeds = await Deeds.of(server.url, 'anna');
  const dirk = await Deeds.of(server.url, 'dirk');
  const key = await deeds.raise('On the front page');
  const page = await as('anna');
  await open(page, '/');
  const short = page.locator('.request-short').filter({ hasText: 'On the front page' });
  const link = short.getByRole('link');
  await link.focus();
  await lookAgain(page, '/api/portal/home');
  await expect(link).toBeFocused();
  await dirk.compose(key, 'return', 'Which page?');
  await lookAgain(page, '/api/portal/home');
  await expect(short).toContainText('asked you a question');
  await expect(link).toBeFocused();
  await deeds.end();
  await dirk.end();
});
