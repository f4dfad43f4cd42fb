// One ticket through both roles, as the people of the demo live it.
import type { Page } from '@playwright/test';
import { expect, expectNoSidewaysScroll, hydrated, test } from '../support/fixtures.js';

// A Friday morning with a holiday behind the weekend: 24 support hours end on Wednesday.
test.use({ clock: '2026-04-24T10:00:00+02:00' });

const SUBJECT = 'Barcode scanner on ward 5 reads nothing';

/** Fills in "Report a problem" and returns the promise that stands beside the button, as it reads. */
async function fillIn(page: Page, javaScript: boolean): Promise<string[]> {
  await page.getByLabel('Subject').fill(SUBJECT);
  await page.getByLabel('Description').fill('Since half past nine the scanner beeps, but no patient opens.\nTyping the number works.');
  await page.getByRole('combobox').first().selectOption({ index: 1 });
  await page.getByRole('radio', { name: /High/ }).check();
  if (!javaScript) return [];
  const promise = page.getByRole('region', { name: 'If you send this now' }).locator('.promise__time');
  await expect(promise).toHaveCount(2);
  return promise.allInnerTexts();
}

/** Opens a page and waits for WebAssembly where there is any. */
async function open(page: Page, path: string, javaScript: boolean): Promise<void> {
  await page.goto(path);
  if (javaScript) await hydrated(page);
}

test('a ticket goes from raised to confirmed', { tag: ['@phone', '@nojs'] }, async ({ as, browser, server, javaScriptEnabled }) => {
  test.slow();
  const javaScript = javaScriptEnabled !== false;
  const anna = await as('anna');
  const bram = await as('bram');
  // The desk's half always runs in an ordinary browser: what varies is how the customer looks at it.
  const dirk = await deskOf(browser, server.url);

  let promise: string[] = [];
  let key = '';
  await test.step('the manager of Acme raises a High ticket', async () => {
    await open(anna, '/requests/new', javaScript);
    await anna.getByRole('link', { name: /Report a problem/ }).click();
    await expect(anna.getByRole('heading', { level: 1, name: 'Report a problem' })).toBeVisible();
    promise = await fillIn(anna, javaScript);
    if (javaScript) await expectNoSidewaysScroll(anna);
    await anna.getByRole('button', { name: 'Send request' }).click();
    await anna.waitForURL(/\/requests\/ACME-\d+/);
    key = /ACME-\d+/.exec(anna.url())?.[0] ?? '';
    await expect(anna.getByText(`Your request ${key} is sent`)).toBeVisible();
    await expect(anna.getByRole('heading', { level: 1 })).toContainText(SUBJECT);
  });

  await test.step('the promise shown before sending is the deadline after', async () => {
    const clock = anna.getByRole('region', { name: 'Review' });
    await expect(clock).toContainText(/11:0\d/);
    await expect(clock).toContainText(/Wed 29 Apr 16:0\d/);
    for (const time of promise) await expect(clock).toContainText(time);
  });

  await test.step('an agent accepts it and returns it with a question', async () => {
    await open(dirk, '/desk?queue=new', true);
    await dirk.getByRole('link', { name: new RegExp(SUBJECT) }).click();
    await expect(dirk.getByRole('heading', { level: 1 })).toContainText(SUBJECT);
    await dirk.getByRole('button', { name: /^Accept/ }).click();
    await expect(dirk.locator('.label--in_progress').first()).toBeVisible();
    await dirk.getByRole('button', { name: /^Return/ }).click();
    await dirk.locator('#compose textarea').fill('Which model is it, and does it beep once or twice?');
    await dirk.getByRole('button', { name: 'Send question' }).click();
    await expect(dirk.locator('.label--waiting').first()).toBeVisible();
  });

  await test.step('the customer sees the question and the clock paused', async () => {
    await open(anna, `/requests/${key}`, javaScript);
    await expect(anna.getByText('Waiting for you').first()).toBeVisible();
    await expect(anna.getByText('of support time left, paused')).toBeVisible();
    await expect(anna.locator('#question')).toContainText('Which model is it');
  });

  await test.step('the member of the same organisation finds it in Requests and answers', async () => {
    await open(bram, '/requests', javaScript);
    const row = bram.getByRole('row', { name: new RegExp(SUBJECT) }).or(bram.getByRole('listitem').filter({ hasText: SUBJECT })).first();
    // It asks Anna; a colleague may answer it all the same.
    await expect(row).toContainText('Waiting for Anna');
    if (javaScript) await expectNoSidewaysScroll(bram);
    await bram.getByRole('link', { name: new RegExp(SUBJECT) }).click();
    await expect(bram.getByRole('heading', { level: 1 })).toContainText(SUBJECT);
    await bram.getByLabel('Your reply').fill('It is a DS4308. It beeps twice.');
    await bram.getByRole('button', { name: 'Send reply' }).click();
    await expect(bram.getByRole('region', { name: 'Conversation' })).toContainText('It beeps twice.');
  });

  await test.step('the clock runs on', async () => {
    await expect(bram.getByText('of support time left', { exact: false }).first()).toBeVisible();
    await expect(bram.getByText('of support time left, paused')).toHaveCount(0);
    await expect(bram.getByText('In progress').first()).toBeVisible();
  });

  await test.step('the agent lowers the priority after seeing what moves', async () => {
    await open(dirk, `/desk/${key}`, true);
    await dirk.locator('.agent__priority > summary').click();
    await dirk.getByRole('radio', { name: /Medium/ }).check();
    const preview = dirk.locator('.priority-row--preview', { hasText: 'Medium' });
    await expect(preview.locator('s')).toHaveText(/Apr/);
    const shown = await preview.locator('.priority-row__new').innerText();
    await dirk.getByLabel('Reason').fill('Typing the number works, so the ward can go on.');
    await dirk.getByRole('button', { name: 'Change to Medium' }).click();
    await expect(dirk.locator('.label--medium').first()).toBeVisible();
    await expect(dirk.getByRole('region', { name: 'Resolution' }).first()).toContainText(shown);
  });

  await test.step('the customer is told the reason', async () => {
    await open(anna, `/requests/${key}`, javaScript);
    await expect(anna.getByRole('region', { name: 'Conversation' })).toContainText('so the ward can go on');
  });

  await test.step('the agent resolves it, with an answer', async () => {
    await dirk.getByRole('button', { name: /^Resolve/ }).click();
    await dirk.locator('#compose textarea').fill('The new firmware is on it; it reads again.');
    await dirk.getByRole('button', { name: 'Send and resolve' }).click();
    await expect(dirk.locator('.label--resolved').first()).toBeVisible();
  });

  await test.step('the requester confirms', async () => {
    await open(anna, `/requests/${key}`, javaScript);
    await expect(anna.getByText('says it is solved')).toBeVisible();
    await anna.getByRole('button', { name: 'Yes, it is solved' }).click();
    await expect(anna.getByText('Thank you. The request is closed.').first()).toBeVisible();
    await expect(anna.getByText('Closed').first()).toBeVisible();
  });
  await dirk.context().close();
});

async function deskOf(browser: import('@playwright/test').Browser, url: string): Promise<Page> {
  const { signInByRequest } = await import('../support/server.js');
  const context = await browser.newContext({ baseURL: url, javaScriptEnabled: true, isMobile: false, hasTouch: false, deviceScaleFactor: 1, viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Pacific/Auckland', reducedMotion: 'reduce' });
  await signInByRequest(context.request, url, 'dirk@loket.example');
  return context.newPage();
}
