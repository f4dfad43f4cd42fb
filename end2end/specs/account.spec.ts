// Accounts: invitations and resets by mail, sessions and their ends, the language.
import type { Page } from '@playwright/test';
import { expect, hydrated, PEOPLE, signIn, test } from '../support/fixtures.js';
import { lettersTo } from '../support/letter.js';
import { PASSWORD } from '../support/server.js';

// What is refused is told on the console by the browser itself.
test.use({ allowedConsole: [/status of (401|404|422|429)/] });

/** The text of the newest mail to this address with such a header, once there is one. */
async function mailTo(data: string, address: string, subject: RegExp): Promise<string> {
  let found = '';
  await expect(async () => {
    const wanted = (await lettersTo(data, address)).filter(({ head }) => subject.test(head));
    found = wanted.at(-1)?.text ?? '';
    expect(found, `a mail to ${address}`).not.toBe('');
  }).toPass({ timeout: 15_000 });
  return found;
}

/** The path of the link in a mail. */
const linkIn = (mail: string): string => /\/link\/\S+/.exec(mail)?.[0] ?? 'no link';

async function open(page: Page, path: string, javaScript = true): Promise<void> {
  await page.goto(path);
  if (javaScript) await hydrated(page);
}

test('a manager invites a colleague, whose link works once, and later ends their access', { tag: '@nojs' }, async ({ as, browser, server, javaScriptEnabled }) => {
  test.slow();
  const javaScript = javaScriptEnabled !== false;
  const email = `nora-${javaScript}@acme.example`;
  const password = 'a lantern in the fog';
  const anna = await as('anna');
  await open(anna, '/account', javaScript);
  const invite = anna.getByRole('region', { name: 'Invite someone' });
  await invite.getByLabel('E-mail').fill(email);
  await invite.getByLabel('Name').fill('Nora Bos');
  await invite.getByRole('button', { name: 'Send invitation' }).click();
  await expect(anna.getByText('The invitation is on its way.')).toBeVisible();
  const row = anna.getByRole('row').filter({ hasText: email });
  await expect(row).toContainText('Invited');

  const link = linkIn(await mailTo(server.data, email, /./));
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: javaScript, locale: 'en-GB' });
  const nora = await context.newPage();
  await test.step('a poor password is refused, with the reason', async () => {
    await open(nora, link, javaScript);
    await expect(nora.getByRole('heading', { level: 1 })).toHaveText('Welcome, Nora Bos');
    await nora.getByLabel('New password', { exact: true }).fill('short');
    await nora.getByRole('button', { name: 'Set password and sign in' }).click();
    await expect(nora.getByText('At least 10 characters').last()).toBeVisible();
    await expect(nora.getByLabel('New password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  });
  await nora.getByLabel('New password', { exact: true }).fill(password);
  await nora.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(nora.getByRole('heading', { level: 1 })).toContainText('Nora');
  await expect(nora.getByText('Acme Zorg').first()).toBeVisible();

  await test.step('the link works no second time', async () => {
    const other = await (await browser.newContext({ baseURL: server.url, javaScriptEnabled: javaScript, locale: 'en-GB' })).newPage();
    const answer = await other.goto(link);
    expect(answer?.status()).toBe(404);
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
    await other.context().close();
  });

  await test.step('the manager takes the access away, and the session ends', async () => {
    await open(anna, '/account', javaScript);
    await expect(row).toContainText('Active');
    await row.locator('summary').click();
    await row.getByRole('button', { name: 'Deactivate' }).click();
    await expect(row).toContainText('Deactivated');
    await nora.goto('/requests');
    await expect(nora).toHaveURL(/\/login/);
    await nora.getByLabel('E-mail').fill(email);
    await nora.getByLabel('Password', { exact: true }).fill(password);
    if (javaScript) await hydrated(nora);
    await nora.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(nora.getByText('The e-mail address or the password is not right')).toBeVisible();
  });

  await test.step('and gives it back', async () => {
    await row.getByRole('button', { name: 'Give Nora Bos access again' }).click();
    await expect(row).toContainText('Active');
  });
  await context.close();
});

test('a forgotten password is replaced through a link that works once', { tag: '@nojs' }, async ({ browser, server, javaScriptEnabled }) => {
  test.slow();
  const javaScript = javaScriptEnabled !== false;
  const address = javaScript ? 'jonas@borealis.example' : PEOPLE.carla;
  const password = 'seven boats at anchor';
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: javaScript, locale: 'en-GB' });
  const page = await context.newPage();
  await open(page, '/login', javaScript);
  await page.getByRole('link', { name: 'Forgotten?' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose a new password');
  await page.getByLabel('E-mail').fill(address);
  await page.getByRole('button', { name: 'Send the link' }).click();
  const said = page.getByText('If there is an account with this address, a link is on its way.');
  await expect(said).toBeVisible();

  const link = linkIn(await mailTo(server.data, address, /Choose a new password/));
  await open(page, link, javaScript);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(page.getByRole('link', { name: /^Requests/ }).first()).toBeVisible();
  await mailTo(server.data, address, /Your password was changed/);

  await context.clearCookies();
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await page.getByRole('link', { name: 'Back to sign in' }).click();
  if (javaScript) await hydrated(page);
  await page.getByLabel('E-mail').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('The e-mail address or the password is not right'), 'the old password is void').toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Requests/ }).first()).toBeVisible();
  await context.close();
});

test('an address that nobody has is answered alike, and gets no mail', async ({ page, visit, server }) => {
  await visit(page, '/forgotten');
  await page.getByLabel('E-mail').fill('nobody@acme.example');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('If there is an account with this address, a link is on its way.')).toBeVisible();
  expect(await lettersTo(server.data, 'nobody@acme.example')).toEqual([]);
});

test('an address that is no address is said at its field', { tag: '@nojs' }, async ({ page, visit, javaScriptEnabled }) => {
  await visit(page, '/forgotten');
  await page.getByLabel('E-mail').fill('anna at acme');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.locator('#email-error')).toContainText('This is not an e-mail address');
  await expect(page.getByLabel('E-mail')).toHaveValue('anna at acme');
  if (javaScriptEnabled !== false) await expect(page.getByLabel('E-mail'), 'so that its error is read').toBeFocused();
});

test('the session is a cookie that scripts and other sites do not get', async ({ page, context, visit, server }) => {
  await visit(page, '/login');
  await signIn(page, 'bram');
  await expect(page.getByRole('link', { name: /^Requests/ }).first()).toBeVisible();
  const session = (await context.cookies()).find((cookie) => cookie.name.includes('loket') && cookie.value.length > 20);
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).not.toContain(session?.value);
  const answer = await page.request.get('/');
  expect(answer.headers()).toMatchObject({ 'x-content-type-options': 'nosniff' });
  expect(answer.headers()['content-security-policy']).toMatch(/script-src [^;]*'nonce-/);
  expect(answer.headers()['content-security-policy']).not.toMatch(/script-src [^;]*'unsafe-inline'/);
  // A form on another site cannot act for this person.
  const foreign = await page.request.post('/api/account/sign_out_everywhere', { headers: { origin: 'https://evil.example' }, maxRedirects: 0 });
  expect(foreign.status()).toBe(403);
  expect((await page.request.get('/requests', { maxRedirects: 0 })).status(), 'still signed in').toBe(200);
  expect(server.log()).not.toContain(session?.value ?? '-');
});

test('signing out, here and everywhere, ends sessions', async ({ as }) => {
  const here = await as('bram');
  const there = await as('bram');
  await open(here, '/');
  await open(there, '/');
  await there.getByLabel(/^Account of/).click();
  await there.getByRole('button', { name: 'Sign out' }).click();
  await expect(there).toHaveURL(/\/login/);
  expect((await there.request.get('/requests', { maxRedirects: 0 })).status()).toBe(303);
  expect((await here.request.get('/requests', { maxRedirects: 0 })).status()).toBe(200);
  const third = await as('bram');
  await open(here, '/account');
  await here.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(here).toHaveURL(/\/login/);
  expect((await third.request.get('/requests', { maxRedirects: 0 })).status()).toBe(303);
});

test('one who has to sign in first gets where they were going', { tag: '@nojs' }, async ({ page, visit }) => {
  await visit(page, '/requests?show=all&status=closed');
  await expect(page).toHaveURL(/\/login/);
  await signIn(page, 'anna');
  await expect(page).toHaveURL(/\/requests\?show=all&status=closed$/);
});

test('the footer changes the language, and the profile keeps it', { tag: ['@phone', '@nojs'] }, async ({ as, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const page = await as('bram');
  await open(page, '/requests', javaScript);
  await page.getByRole('button', { name: 'Nederlands' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Verzoeken');
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await expect(page).toHaveURL(/\/requests$/);
  const other = await as('bram');
  await open(other, '/', javaScript);
  await expect(other.locator('html'), 'in another browser too').toHaveAttribute('lang', 'nl');
  await other.getByRole('button', { name: 'English' }).click();
  await expect(other.locator('html')).toHaveAttribute('lang', 'en');
});

test('guessing passwords is slowed down, and the answer is the same for an address nobody has', async ({ page, visit }) => {
  const said: string[] = [];
  for (const address of ['fenna@loket.example', 'fenno@loket.example']) {
    await visit(page, '/login');
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await page.getByLabel('E-mail').fill(address);
      await page.getByLabel('Password', { exact: true }).fill(`guess ${attempt}`);
      const answered = page.waitForResponse((response) => response.url().includes('/api/account/sign_in'));
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      said.push(`${address.length} ${(await answered).status()}`);
      if (await page.getByText('Too many attempts').isVisible()) break;
    }
    await expect(page.getByText('Too many attempts.')).toBeVisible();
  }
  expect(said.slice(0, said.length / 2)).toEqual(said.slice(said.length / 2));
});

test('what leads home leads staff to the desk', async ({ as }) => {
  const page = await as('dirk');
  await page.goto('/account');
  await hydrated(page);
  await page.locator('.masthead__brand').click();
  await page.waitForURL(/\/desk/);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('This page does not exist');
});
