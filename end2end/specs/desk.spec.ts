// The desk: two agents on one ticket, the keyboard, filters and pages in the address, deeds behind menus.
import type { Locator, Page } from '@playwright/test';
import { Deeds } from '../support/deeds.js';
import { expect, expectNoSidewaysScroll, hydrated, test } from '../support/fixtures.js';

// Conflicts and refusals are told on the console by the browser itself.
test.use({ clock: '2026-04-24T10:00:00+02:00', allowedConsole: [/status of (409|422)/] });

async function open(page: Page, path: string, javaScript = true): Promise<void> {
  await page.goto(path);
  if (javaScript) await hydrated(page);
}

/** The page never looks by itself for what others did, as one in a background tab. */
async function stale(page: Page): Promise<Page> {
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => true }));
  return page;
}

const raised = async (url: string, subject: string): Promise<string> => {
  const anna = await Deeds.of(url, 'anna');
  const key = await anna.raise(subject);
  await anna.end();
  return key;
};

test('what a deed did stands on the page at once, and what one writes stands above the buttons', async ({ as, server }) => {
  const key = await raised(server.url, 'At once');
  const page = await as('dirk');
  await open(page, `/desk/${key}`);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Send what you write');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(page.getByText('In progress').first()).toBeVisible();
  await expect(page.locator('.clock__others')).toContainText('Review: Met');
  await page.keyboard.press('r');
  const text = page.locator('#compose textarea');
  await expect(text).toBeFocused();
  const send = page.getByRole('button', { name: 'Send answer' });
  const bottom = async (part: Locator) => ((await part.boundingBox())?.y ?? 0) + ((await part.boundingBox())?.height ?? 0);
  const bar = (await page.locator('.agent__bar').boundingBox())?.y ?? 0;
  await expect.poll(() => bottom(send)).toBeLessThanOrEqual(bar);
  await text.fill('On it.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('On it.');
});

test('the second agent to accept is told who was first', async ({ as, server }) => {
  const key = await raised(server.url, 'Two want this');
  const fenna = await stale(await as('fenna'));
  await open(fenna, `/desk/${key}`);
  const dirk = await as('dirk');
  await open(dirk, `/desk/${key}`);
  await dirk.getByRole('button', { name: /^Accept/ }).click();
  await expect(dirk.getByText('Accepted. It is yours.')).toBeVisible();
  await fenna.getByRole('button', { name: /^Accept/ }).click();
  await expect(fenna.getByText('Meanwhile this happened:')).toBeVisible();
  await expect(fenna.getByText(/^Dirk accepted it/).first()).toBeVisible();
  await expect(fenna.getByText('Nothing was changed.')).toBeVisible();
  await expect(fenna.locator('.label--in_progress').first(), 'she sees it as it is').toBeVisible();
  await expect(fenna.getByRole('button', { name: /^Accept/ })).toHaveCount(0);
});

test('a question that someone else overtook is kept, and can be sent after all', { tag: '@nojs' }, async ({ as, server, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const key = await raised(server.url, `Overtaken ${javaScript}`);
  const fenna = await stale(await as('fenna'));
  await open(fenna, `/desk/${key}?compose=return`, javaScript);
  await fenna.locator('#compose textarea').fill('Which ward is it?');
  const dirk = await Deeds.of(server.url, 'dirk');
  await dirk.act('accept', key);
  await fenna.getByRole('button', { name: 'Send question' }).click();
  await expect(fenna.getByText('Meanwhile this happened:')).toBeVisible();
  await expect(fenna.getByText('Nothing was sent. Your text is kept.')).toBeVisible();
  await expect(fenna.locator('#compose textarea')).toHaveValue('Which ward is it?');
  await expect(fenna.locator('.label--in_progress').first()).toBeVisible();
  await fenna.getByRole('button', { name: 'Send anyway' }).click();
  await expect(fenna.locator('.label--waiting').first()).toBeVisible();
  await expect(fenna.getByRole('region', { name: 'Conversation' }).getByText('Which ward is it?')).toHaveCount(1);
  await dirk.end();
});

test('text for what is not possible any more is kept for another use', async ({ as, server }) => {
  const key = await raised(server.url, 'Closed meanwhile');
  const fenna = await stale(await as('fenna'));
  await open(fenna, `/desk/${key}?compose=resolve`);
  await fenna.locator('#compose textarea').fill('It is done.');
  const dirk = await Deeds.of(server.url, 'dirk');
  await dirk.compose(key, 'resolve', 'I did it already.');
  await fenna.getByRole('button', { name: 'Send and resolve' }).click();
  await expect(fenna.getByText('Meanwhile this happened:')).toBeVisible();
  await expect(fenna.locator('#compose textarea')).toHaveValue('It is done.');
  const conversation = fenna.getByRole('region', { name: 'Conversation' });
  await expect(conversation).toContainText('I did it already.');
  await expect(conversation).not.toContainText('It is done.');
  await fenna.getByRole('button', { name: 'Discard my text' }).click();
  await expect(fenna.locator('#compose')).toBeHidden();
  await open(fenna, `/desk/${key}`);
  await expect(fenna.locator('#compose'), 'not even as a draft').toBeHidden();
  await dirk.end();
});

test('the queue and a ticket by keyboard', async ({ as }) => {
  const page = await as('dirk');
  await open(page, '/desk');
  const row = (nth: number) => page.locator('.queue__row').nth(nth);
  await page.keyboard.press('j');
  await expect(row(0)).toHaveClass(/--selected/);
  await page.keyboard.press('j');
  await expect(row(1)).toHaveClass(/--selected/);
  await expect(row(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('k');
  await expect(row(0).getByRole('link')).toBeFocused();

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();

  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Search tickets, people, keys' });
  await expect(search).toBeFocused();
  await page.keyboard.type('jk');
  await expect(search, 'letters are letters while one types').toHaveValue('jk');
  await search.fill('');

  await row(0).getByRole('link').focus();
  const subject = (await row(0).getByRole('link').innerText()).trim();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject);
  const first = page.url();
  await page.keyboard.press('i');
  const note = page.locator('#compose textarea');
  await expect(note).toBeFocused();
  await expect(page.locator('.composer--note')).toBeVisible();
  await page.keyboard.type('jkua');
  await expect(note).toHaveValue('jkua');
  await note.fill('');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(first);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(subject);
  await expect(page.locator('#main'), 'readers begin at the new ticket').toBeFocused();
  await page.keyboard.press('k');
  await expect(page).toHaveURL(first);
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/\/desk$/);
});

test('keys can be switched off', async ({ as }) => {
  const page = await as('fenna');
  await open(page, '/desk');
  await page.keyboard.press('?');
  await page.getByLabel('Use these keys in this browser').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.locator('.queue__row--selected')).toHaveCount(0);
  await page.reload();
  await hydrated(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
});

test('filters, search and pages are in the address', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const page = await as('dirk');
  const rows = page.locator('.queue__row');
  const keys = async () => rows.locator('.key').allInnerTexts();
  await open(page, '/desk?queue=all', javaScript);
  await expect(rows).toHaveCount(50);
  const first = await keys();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/\/desk\?queue=all&after=/);
  await expect(rows.locator('.key').first()).not.toHaveText(first[0] ?? '');
  const second = await keys();
  expect(second.filter((key) => first.includes(key)), 'no row twice').toEqual([]);
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(page).toHaveURL(/&before=/);
  await expect(rows).toHaveCount(50);
  expect(await keys()).toEqual(first);

  await open(page, '/desk', javaScript);
  await page.locator('summary', { hasText: 'Priority' }).click();
  await page.getByRole('link', { name: 'Critical', exact: true }).click();
  await expect(page).toHaveURL(/\/desk\?priority=critical$/);
  await expect(rows.filter({ hasNotText: /Critical/ })).toHaveCount(0);
  await expect(rows.first()).toBeVisible();
  if (javaScript) await expect(page.locator('summary', { hasText: 'Priority' }), 'the menu closed over what was focused').toBeFocused();
  const search = page.getByRole('searchbox', { name: 'Search tickets, people, keys' });
  await search.fill('ward');
  await search.press('Enter');
  await expect(page).toHaveURL(/priority=critical.*q=ward/);
  await expect(rows.first()).toContainText('ward');
  const found = await keys();
  await page.reload();
  expect(await keys()).toEqual(found);
  if (javaScript) await hydrated(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/desk\?priority=critical$/);
  // Without JavaScript a browser brings back what was typed, not what the page says.
  if (javaScript) await expect(search, 'the box says what was asked for').toHaveValue('');
  await open(page, '/desk?q=ACME-19&queue=all', javaScript);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('ACME-19');
});

test('a ticket is raised for someone who calls', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const subject = `Called about the printer, ${javaScript}`;
  const page = await as('dirk');
  await open(page, '/desk/new?organisation=ACME&form=question', javaScript);
  await page.getByLabel('Requester').selectOption({ label: 'Bram Kuipers' });
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Description').fill('It is out of paper, he says.');
  await page.getByRole('button', { name: 'Raise ticket' }).click();
  await expect(page.locator('#priority-error'), 'the priority was forgotten').toHaveText('This is needed');
  await expect(page.getByLabel('Subject')).toHaveValue(subject);
  await page.getByRole('radio', { name: /Low/ }).check();
  await page.getByRole('button', { name: 'Raise ticket' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject);
  await expect(page).toHaveURL(/\/desk\/ACME-\d+/);
  await expect(page.getByText('Phone', { exact: true })).toBeVisible();
  const bram = await as('bram');
  await open(bram, `/requests/${/ACME-\d+/.exec(page.url())?.[0]}`, javaScript);
  await expect(bram.getByRole('region', { name: 'Conversation' })).toContainText('Dirk wrote this down on the telephone');
});

test('a duplicate is closed with a link both ways, a wrong key is said at its field', async ({ as, server }) => {
  const kept = await raised(server.url, 'The one that stays');
  const twin = await raised(server.url, 'The same again');
  const page = await as('dirk');
  await open(page, `/desk/${twin}`);
  await page.locator('.agent__more > summary').click();
  await page.locator('summary', { hasText: 'Close as duplicate' }).click();
  const other = page.getByLabel('Key of the other ticket');
  await other.fill('ACME-99999');
  await page.getByRole('button', { name: 'Close as duplicate' }).click();
  await expect(page.locator('#duplicate_of-error')).toHaveText('There is no ticket with this key');
  await expect(other, 'so that its error is read').toBeFocused();
  await other.fill(kept);
  await page.getByRole('button', { name: 'Close as duplicate' }).click();
  await expect(page.locator('.label--closed').first()).toBeVisible();
  const conversation = page.getByRole('region', { name: 'Conversation' });
  await expect(conversation).toContainText(`You closed it as a duplicate of ${kept}`);
  const anna = await as('anna');
  await open(anna, `/requests/${twin}`);
  await anna.getByRole('link', { name: kept }).first().click();
  await expect(anna.getByRole('heading', { level: 1 })).toHaveText('The one that stays');
  await expect(anna.locator('#main'), 'readers begin at the other request').toBeFocused();
  await expect(anna.getByRole('link', { name: twin }).first()).toBeVisible();
});

test('an agent takes back, reopens and hands over', async ({ as, server }) => {
  const key = await raised(server.url, 'Back and forth');
  const dirk = await Deeds.of(server.url, 'dirk');
  await dirk.compose(key, 'return', 'Since when?');
  const page = await as('dirk');
  await open(page, `/desk/${key}`);
  await page.locator('summary', { hasText: 'Take back' }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('Taken back. The clock runs again.')).toBeVisible();
  await page.getByLabel('Agent').selectOption({ label: 'Fenna Roos' });
  await expect(page.getByText('Assigned.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('You assigned it to Fenna');
  await dirk.compose(key, 'resolve', 'Solved, we think.');
  await open(page, `/desk/${key}`);
  await page.locator('summary', { hasText: 'Reopen' }).click();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await expect(page.locator('.label--in_progress').first()).toBeVisible();
  await page.getByText(/^Whole event log/).click();
  await expect(page.getByText('You reopened it', { exact: false }).first()).toBeVisible();
  await dirk.end();
});

test('the same words as a note, as an answer and as a solution are three things', async ({ server }) => {
  const key = await raised(server.url, 'Said three times');
  const dirk = await Deeds.of(server.url, 'dirk');
  for (const kind of ['note', 'answer', 'resolve']) await dirk.compose(key, kind, 'The switch was off.');
  const anna = await Deeds.of(server.url, 'anna');
  const page = await (await anna.api.get(`/requests/${key}`)).text();
  expect(page).toContain('Dirk says it is solved');
  const messages = page.split('class="message__body"').slice(1).filter((rest) => rest.slice(0, 60).includes('The switch was off.'));
  expect(messages.length, 'the answer and the solution, not the note').toBe(2);
  await anna.end();
  await dirk.end();
});

test('the account menu at the rail is whole, also in a low window', async ({ as, server }) => {
  const key = await raised(server.url, 'Beside a narrow rail');
  const page = await as('admin');
  await page.setViewportSize({ width: 1280, height: 640 });
  for (const path of [`/desk/${key}`, '/desk']) {
    await open(page, path);
    await page.locator('.rail .rail__me > summary').click();
    const items = page.locator('.rail .rail__me .menu__item');
    await expect(items).toHaveCount(3);
    for (const item of await items.all()) {
      await expect(item, path).toBeInViewport({ ratio: 1 });
      const uncovered = await item.evaluate((element) => {
        const { left, right, top, height } = element.getBoundingClientRect();
        return [left + 3, right - 3].every((x) => element.contains(document.elementFromPoint(x, top + height / 2)));
      });
      expect(uncovered, `${path}: nothing lies over it`).toBe(true);
    }
  }
});

test('on a phone every page of the desk has the bell and the way out', { tag: '@only-phone' }, async ({ as, server }) => {
  const key = await raised(server.url, 'On the way home');
  const page = await as('dirk');
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of [`/desk/${key}`, '/desk', '/desk/new', '/desk/notifications', '/desk/mail']) {
    await open(page, path);
    const bar = page.locator('.desk-top');
    await expect(bar.getByRole('link', { name: /^Notifications/ }), path).toBeInViewport({ ratio: 1 });
    await bar.locator('.rail__me > summary').click();
    await expect(bar.getByRole('button', { name: 'Sign out' }), path).toBeInViewport({ ratio: 1 });
    await expectNoSidewaysScroll(page);
  }
});

test('staying on a page does not break it', async ({ as, server }) => {
  const page = await as('dirk');
  await page.clock.install();
  await open(page, '/desk?queue=new');
  const mark = page.locator('.queue__row .mark').first();
  const colour = () => mark.evaluate((element) => getComputedStyle(element).backgroundColor + getComputedStyle(element).color);
  const before = await colour();
  await raised(server.url, 'Came in meanwhile');
  // Longer than the desk waits before it looks again.
  await page.clock.fastForward(25_000);
  await expect(page.locator('.queue__row').filter({ hasText: 'Came in meanwhile' })).toBeVisible();
  expect(await colour(), 'the organisations keep their colours').toBe(before);
  await page.getByRole('link', { name: /Came in meanwhile/ }).click();
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible();
});

test('looking for news leaves the focus on its row', async ({ as, server }) => {
  await raised(server.url, 'First to read');
  await raised(server.url, 'Then to read');
  const page = await as('dirk');
  await page.clock.install();
  await open(page, '/desk?queue=new');
  // Twice: by the second answer the first has done what it does.
  const lookAgain = async () => {
    for (let times = 0; times < 2; times += 1) {
      const answered = page.waitForResponse((response) => response.url().includes('/api/desk/list'));
      await page.clock.fastForward(25_000);
      await (await answered).finished();
    }
  };
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const row = page.locator('.queue__row--selected');
  const link = row.getByRole('link');
  await expect(link).toBeFocused();
  const subject = (await link.textContent()) ?? 'a ticket';
  await row.evaluate((element) => element.setAttribute('data-seen', ''));
  await lookAgain();
  await expect(row, 'nothing is new: the row was not drawn again').toHaveAttribute('data-seen');
  await expect(link).toBeFocused();
  await raised(server.url, 'Came in under the reader');
  await lookAgain();
  await expect(page.locator('.queue__row').filter({ hasText: 'Came in under the reader' })).toBeVisible();
  await expect(link).toBeFocused();
  await expect(link, 'the same ticket').toContainText(subject);
});

test('the search box says what the rows were searched for', async ({ as }) => {
  const page = await as('dirk');
  await open(page, '/desk');
  const search = page.getByRole('searchbox', { name: 'Search tickets, people, keys' });
  await search.fill('ward');
  await search.press('Enter');
  await expect(page).toHaveURL(/\/desk\?q=ward$/);
  await expect(search).toHaveValue('ward');
  await page.locator('.rail').getByRole('link', { name: /^Mine/ }).click();
  await expect(page).toHaveURL(/\/desk\?queue=mine$/);
  await expect(search).toHaveValue('');
  await page.goBack();
  await expect(page).toHaveURL(/\/desk\?q=ward$/);
  await expect(search).toHaveValue('ward');
});
