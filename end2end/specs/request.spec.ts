// What a customer can do with a request beside answering: share it, hide it, take it back, say it is not solved.
import type { Page } from '@playwright/test';
import { Deeds } from '../support/deeds.js';
import { expect, hydrated, test } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T10:00:00+02:00', allowedConsole: [/status of (404|422)/] });

async function open(page: Page, path: string, javaScript = true): Promise<void> {
  await page.goto(path);
  if (javaScript) await hydrated(page);
}

const action = (page: Page, name: string) => page.locator('summary.action', { hasText: name });
const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' });

test('a confidential request is hidden from colleagues, except those who follow it', { tag: '@nojs' }, async ({ as, server, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const deeds = await Deeds.of(server.url, 'anna');
  const subject = `Between us, ${javaScript}`;
  const key = await deeds.raise(subject);
  const anna = await as('anna');
  const bram = await as('bram');
  await open(bram, `/requests/${key}`, javaScript);
  await expect(bram.getByRole('heading', { level: 1 })).toHaveText(subject);

  await open(anna, `/requests/${key}`, javaScript);
  await action(anna, 'Mark confidential').click();
  await anna.getByRole('button', { name: 'Mark confidential' }).click();
  await expect(anna.getByText('The request is confidential now.')).toBeVisible();
  await expect(anna.locator('.label--confidential')).toBeVisible();
  expect((await bram.goto(`/requests/${key}`))?.status()).toBe(404);
  await open(bram, `/requests?q=${encodeURIComponent(subject)}`, javaScript);
  await expect(bram.getByRole('link', { name: subject })).toHaveCount(0);

  await open(anna, `/requests/${key}`, javaScript);
  await action(anna, 'Add a colleague').click();
  await anna.getByLabel('Colleague').selectOption({ label: 'Bram Kuipers' });
  await anna.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(anna.getByText('Your colleague follows this request now.')).toBeVisible();
  await open(bram, `/requests/${key}`, javaScript);
  await expect(bram.getByRole('heading', { level: 1 })).toHaveText(subject);

  await anna.getByRole('button', { name: 'Remove Bram Kuipers' }).click();
  await expect(anna.getByText('Your colleague no longer follows this request.')).toBeVisible();
  expect((await bram.goto(`/requests/${key}`))?.status()).toBe(404);
  await deeds.end();
});

test('a request can be withdrawn, after asking, and is closed then', { tag: ['@phone', '@nojs'] }, async ({ as, server, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const deeds = await Deeds.of(server.url, 'bram');
  const key = await deeds.raise('Never mind');
  const page = await as('bram');
  await open(page, `/requests/${key}`, javaScript);
  await action(page, 'Withdraw the request').click();
  await expect(page.getByText('Withdraw this request?')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw request' }).click();
  await expect(page.getByText('The request is withdrawn.')).toBeVisible();
  await expect(conversation(page)).toContainText('You withdrew the request');
  await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible();
  await expect(action(page, 'Withdraw the request')).toHaveCount(0);
  // No promise was kept here, and none broken.
  await open(page, `/requests?show=all&q=${key}`, javaScript);
  await expect(page.getByText('No longer counted')).toBeVisible();
  await deeds.end();
});

test('what is not solved is taken up again, with words', { tag: ['@phone', '@nojs'] }, async ({ as, server, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const deeds = await Deeds.of(server.url, 'anna');
  const dirk = await Deeds.of(server.url, 'dirk');
  const key = await deeds.raise('Half solved');
  await dirk.compose(key, 'resolve', 'It works again.');
  const page = await as('anna');
  await open(page, `/requests/${key}`, javaScript);
  await expect(page.getByText('Dirk says it is solved')).toBeVisible();
  await page.locator('summary', { hasText: 'Not solved' }).click();
  await page.getByRole('button', { name: 'Take it up again' }).click();
  await expect(page.locator('#text-error'), 'words are needed').toHaveText('This is needed');
  await page.getByLabel('What does not work yet?').fill('The second screen does not.');
  await page.getByRole('button', { name: 'Take it up again' }).click();
  await expect(page.getByText('The request is taken up again.')).toBeVisible();
  await expect(conversation(page)).toContainText('The second screen does not.');
  await expect(page.getByText('In progress').first()).toBeVisible();
  await expect(page.getByText('Dirk says it is solved')).toHaveCount(0);
  await deeds.end();
  await dirk.end();
});

test('what one is writing about what is not solved outlives whatever else happens', async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const dirk = await Deeds.of(server.url, 'dirk');
  const page = await as('anna');
  const lookAgain = () => page.evaluate(() => window.dispatchEvent(new Event('focus')));
  const panel = page.locator('.question--solved');
  const text = page.locator('.reply textarea');
  const yes = page.getByRole('button', { name: 'Yes, it is solved' });

  // An agent takes it up again by themselves.
  const one = await anna.raise('Overtaken');
  await dirk.compose(one, 'resolve', 'It works again.');
  await open(page, `/requests/${one}`);
  await expect(page.getByText('At the top of this page you can say whether it is solved.')).toBeVisible();
  await panel.locator('summary').click();
  await text.fill('Not for room 12.');
  await dirk.act('reopen', one);
  await lookAgain();
  await expect(page.getByText('In progress').first()).toBeVisible();
  await expect(yes).toHaveCount(0);
  await expect(text).toHaveValue('Not for room 12.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(conversation(page)).toContainText('Not for room 12.');
  await expect(panel).toHaveCount(0);
  await expect(page.getByLabel('Your reply')).toHaveValue('');

  // Or it is solved after all: the words are still there, in case.
  const two = await anna.raise('Solved after all');
  await dirk.compose(two, 'resolve', 'It works again.');
  await open(page, `/requests/${two}`);
  await panel.locator('summary').click();
  await text.fill('But room 12');
  await yes.click();
  await expect(page.getByText('Thank you')).toBeVisible();
  await expect(panel).toHaveCount(0);
  await expect(page.getByLabel('Your reply')).toHaveValue('But room 12');
  await anna.end();
  await dirk.end();
});

test('a reply to a closed request becomes a new one that refers to it', { tag: '@nojs' }, async ({ as, server, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const deeds = await Deeds.of(server.url, 'anna');
  const dirk = await Deeds.of(server.url, 'dirk');
  const key = await deeds.raise('Closed for good');
  await dirk.compose(key, 'resolve', 'Done.');
  await deeds.post('/api/ticket/confirm', { key });
  const page = await as('anna');
  await open(page, `/requests/${key}`, javaScript);
  await expect(page.getByText(`${key} is closed for good.`)).toBeVisible();
  await page.getByLabel('Your reply').fill('It has come back.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page).not.toHaveURL(new RegExp(`${key}\\b`));
  await expect(page).toHaveURL(/\/requests\/ACME-\d+/);
  await expect(page.getByText('Your reply is this new request')).toBeVisible();
  await expect(conversation(page)).toContainText('It has come back.');
  await expect(page.getByRole('link', { name: key }).first()).toBeVisible();
  await deeds.end();
  await dirk.end();
});

test('a colleague may answer but not confirm', async ({ as, server }) => {
  const deeds = await Deeds.of(server.url, 'anna');
  const dirk = await Deeds.of(server.url, 'dirk');
  const key = await deeds.raise('Only she can say');
  await dirk.compose(key, 'resolve', 'Done.');
  const bram = await as('bram');
  await open(bram, `/requests/${key}`);
  await expect(bram.getByText('Anna raised this and can confirm it.')).toBeVisible();
  await expect(bram.getByRole('button', { name: 'Yes, it is solved' })).toHaveCount(0);
  const refused = await bram.request.post('/api/ticket/confirm', { headers: { origin: server.url, accept: 'application/json' }, form: { key } });
  expect(refused.status()).toBe(403);
  await deeds.end();
  await dirk.end();
});

test('an answer appears on the page of one who comes back to it', async ({ as, server }) => {
  const deeds = await Deeds.of(server.url, 'anna');
  const dirk = await Deeds.of(server.url, 'dirk');
  const key = await deeds.raise('Anything new?');
  const page = await as('anna');
  await open(page, `/requests/${key}`);
  await page.getByLabel('Your reply').fill('Half a sentence');
  await dirk.compose(key, 'answer', 'Yes, this.');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(conversation(page)).toContainText('Yes, this.');
  await expect(page.getByText('There is a new message.')).toBeVisible();
  await expect(page.getByLabel('Your reply'), 'what is being written stays').toHaveValue('Half a sentence');
  await deeds.end();
  await dirk.end();
});

test('the trace under “Why this time?” adds up to the target', { tag: ['@phone', '@nojs'] }, async ({ as, server, javaScriptEnabled }) => {
  const deeds = await Deeds.of(server.url, 'bram');
  const dirk = await Deeds.of(server.url, 'dirk');
  const key = await deeds.raise('Why then?', 'high');
  await dirk.act('accept', key);
  const page = await as('bram');
  await open(page, `/requests/${key}`, javaScriptEnabled !== false);
  const clock = page.getByRole('region', { name: 'Resolution' });
  await clock.getByText('Why this time?').click();
  const rows = clock.getByRole('table').getByRole('row');
  await expect(clock.getByRole('table')).toContainText('King’s Day');
  await expect(rows.last()).toContainText('24 h');
  await deeds.end();
  await dirk.end();
});
