// What people are told: the bell and its list, what comes by mail, and ending mails from a mail.
import type { Page } from '@playwright/test';
import { Deeds } from '../support/deeds.js';
import { lettersTo } from '../support/letter.js';
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, hydrated, test } from '../support/fixtures.js';

// What is refused is told on the console by the browser itself.
test.use({ clock: '2026-04-24T14:16:00+02:00', allowedConsole: [/status of (404|422)/] });

/** Where "unsubscribe" leads in the newest mail to this address that tells of this request. */
async function unsubscribeIn(data: string, address: string, key: string): Promise<string> {
  let found = '';
  await expect(async () => {
    const wanted = (await lettersTo(data, address)).filter(({ head }) => head.includes(`[${key}]`));
    found = wanted.map(({ head }) => /^List-Unsubscribe: <https?:\/\/[^/]+(\/[^>]+)>/m.exec(head)?.[1] ?? '').filter((path) => path !== '').at(-1) ?? '';
    expect(found, `a mail to ${address} about ${key} that can be ended`).not.toBe('');
  }).toPass({ timeout: 60_000 });
  return found;
}

/** Without JavaScript nothing can look into the page, which is the same. */
async function looksRight(page: Page, script: boolean): Promise<void> {
  if (!script) return;
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
}

test('the bell counts what happened, the list says it, and opening the request reads it', { tag: ['@phone', '@nojs'] }, async ({ as, server, isMobile, javaScriptEnabled }) => {
  const script = javaScriptEnabled !== false;
  const [anna, dirk] = [await Deeds.of(server.url, 'anna'), await Deeds.of(server.url, 'dirk')];
  const page = await as('anna');
  const open = async (path: string) => {
    await page.goto(path);
    if (script) await hydrated(page);
  };
  await anna.post('/api/portal/mark_read', { id: '0' });
  const [one, two] = [await anna.raise('The bell rings'), await anna.raise('And once more')];
  await dirk.compose(one, 'answer', 'We are on it.');

  await open('/');
  const bell = page.locator('header').getByRole('link', { name: 'Notifications, 4 unread' });
  if (isMobile) await page.locator('header details > summary').click();
  await bell.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notifications');
  if (script) await hydrated(page);
  await looksRight(page, script);
  const lines = page.locator('main li');
  await expect(lines.first()).toContainText(one);
  await expect(lines.first()).toContainText('Dirk Hofman answered');
  await expect(lines.nth(2)).toContainText(two);
  await expect(page.getByRole('button', { name: `Mark ${two} as read` })).toHaveCount(1);

  await page.getByRole('button', { name: `Mark ${two} as read` }).click();
  await expect(page.getByText('3 unread', { exact: true })).toBeVisible();
  await page.locator('main').getByRole('link', { name: one }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The bell rings');
  if (isMobile) await page.locator('header details > summary').click();
  await expect(page.locator('header').getByRole('link', { name: 'Notifications', exact: true })).toBeVisible();

  await open('/notifications');
  await expect(page.getByRole('button', { name: 'Mark all as read' })).toHaveCount(0);
  await dirk.compose(one, 'answer', 'Done.');
  await open('/notifications');
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByText('0 unread', { exact: true })).toBeVisible();
  await anna.end();
  await dirk.end();
});

test('without anything told, the list says so', async ({ as }) => {
  const page = await as('fenna');
  // To staff the centre is the desk's.
  await page.goto('/notifications');
  await expect(page).toHaveURL(/\/desk\/notifications/);
});

test('what comes by mail is chosen kind by kind, and stays chosen', { tag: ['@phone', '@nojs'] }, async ({ as, javaScriptEnabled }) => {
  const script = javaScriptEnabled !== false;
  for (const [person, label] of [['bram', 'Support answers'], ['dirk', 'A customer writes']] as const) {
    const page = await as(person);
    await page.goto('/account#notices');
    if (script) await hydrated(page);
    const section = page.getByRole('region', { name: 'What you get by mail' });
    await section.getByLabel(label).selectOption('In one mail a day');
    await section.getByRole('button', { name: 'Save choices' }).click();
    await expect(page.getByText('Your choices are saved.')).toBeVisible();
    await page.goto('/account');
    if (script) await hydrated(page);
    await expect(section.getByLabel(label).locator('option:checked')).toHaveText('In one mail a day');
    await expect(section.getByLabel('Support asks you something')).toHaveCount(0);
    await looksRight(page, script);
    await section.getByLabel(label).selectOption('By mail, at once');
    await section.getByRole('button', { name: 'Save choices' }).click();
    await expect(page.getByText('Your choices are saved.')).toBeVisible();
  }
});

test('a mail leads to a page that ends mails like it, signed out, and takes it back', { tag: ['@phone', '@nojs'] }, async ({ page, request, server, visit, javaScriptEnabled }) => {
  // A mail waits half a minute for what else happens.
  test.setTimeout(120_000);
  const script = javaScriptEnabled !== false;
  const [anna, dirk] = [await Deeds.of(server.url, 'anna'), await Deeds.of(server.url, 'dirk')];
  const key = await anna.raise(`No more of this, ${script ? 'live' : 'plain'}`);
  await dirk.compose(key, 'answer', 'Here you are.');
  const path = await unsubscribeIn(server.data, 'anna@acme.example', key);

  await visit(page, path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stop these mails?');
  await expect(page.getByText('Support answers')).toBeVisible();
  await looksRight(page, script);
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('These mails have stopped');
  await looksRight(page, script);
  await page.getByRole('button', { name: 'Send them again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stop these mails?');

  await test.step('a mail program does it by one click, from anywhere', async () => {
    const answer = await request.post(path, { headers: { origin: 'https://mail.example' }, form: { 'List-Unsubscribe': 'One-Click' } });
    expect(answer.status()).toBe(200);
    await visit(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('These mails have stopped');
    await page.getByRole('button', { name: 'Send them again' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stop these mails?');
  });

  await visit(page, path.replace(/unsubscribe\/[^/]+/, 'unsubscribe/nobody'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
  await anna.end();
  await dirk.end();
});

test('an account manager says which domains are whose', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const script = javaScriptEnabled !== false;
  const page = await as('eva');
  await page.goto('/account');
  if (script) await hydrated(page);
  await expect(page.getByRole('region', { name: 'Suggested members' })).toContainText('Nobody waits for a decision.');
  const domains = page.getByRole('region', { name: 'E-mail domains' });
  const field = domains.getByLabel('Domains of Acme Zorg', { exact: true });
  await field.fill('gmail.com');
  await domains.getByRole('button', { name: 'Save the domains of Acme Zorg' }).click();
  await expect(page.getByText('or one where anybody may have an address').first()).toBeVisible();
  await field.fill('acme.example');
  await domains.getByRole('button', { name: 'Save the domains of Acme Zorg' }).click();
  await expect(page.getByText('The domains are saved.')).toBeVisible();
  await page.goto('/account');
  await expect(field).toHaveValue('acme.example');
});
