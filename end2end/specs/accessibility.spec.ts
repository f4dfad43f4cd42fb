// Every page in both themes, in both languages, on a desktop and on a phone: axe finds nothing, nothing sticks out
// sideways, the console stays silent.
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, hydrated, test, type Person } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T14:16:00+02:00', allowedConsole: [/404/] });
// None of these changes anything: they may run side by side.
test.describe.configure({ mode: 'parallel' });

const PAGES: [Person, string[]][] = [
  ['anna', [
    '/', '/requests', '/requests?show=all', '/requests?q=nothingisfoundbythis', '/requests/new', '/requests/new/problem', '/requests/new/question',
    '/requests/new/change', '/requests/new/access', '/account', '/notifications', '/articles/how-support-works', '/requests/ACME-99999', '/no/such/page',
  ]],
  ['dirk', ['/desk', '/desk?queue=new', '/desk?queue=waiting', '/desk?queue=resolved', '/desk?q=nothingisfoundbythis', '/desk/new', '/account', '/desk/ACME-99999', '/desk/mail', '/desk/mail?state=kept', '/desk/mail/99999']],
  ['eva', ['/account']],
  ['admin', [
    '/account', '/desk', '/desk/notifications', '/admin', '/admin/calendars', '/admin/calendars/1', '/admin/policies', '/admin/policies/1', '/admin/mail',
  ]],
];

for (const [person, paths] of PAGES) {
  for (const path of paths) {
    test(`${person} ${path}`, { tag: '@phone' }, async ({ as }) => {
      const page = await as(person);
      await page.goto(path);
      await hydrated(page);
      await expectNoSidewaysScroll(page);
      await expectNoAxeViolations(page);
    });
  }
}

for (const path of ['/login', '/forgotten', '/link/no-such-link', '/unsubscribe/nobody/answered']) {
  test(`signed out ${path}`, { tag: '@phone' }, async ({ page, visit }) => {
    await visit(page, path);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
  });
}

test('a request in every status, as a customer', { tag: '@phone' }, async ({ as }) => {
  test.slow();
  const page = await as('anna');
  for (const status of ['new', 'in_progress', 'waiting', 'resolved', 'closed']) {
    await page.goto(`/requests?show=all&status=${status}`);
    await hydrated(page);
    const link = page.locator('a[href^="/requests/ACME-"]').first();
    await page.goto((await link.getAttribute('href')) ?? '');
    await hydrated(page);
    const why = page.getByText('Why this time?').first();
    if (await why.isVisible()) await why.click();
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
  }
});

test('a ticket in every status, as an agent', { tag: '@phone' }, async ({ as }) => {
  test.slow();
  const page = await as('dirk');
  for (const queue of ['new', 'mine', 'waiting', 'resolved', 'past_due']) {
    await page.goto(`/desk?queue=${queue}`);
    await hydrated(page);
    const link = page.locator('a[href^="/desk/ACME-"], a[href^="/desk/BORE-"]').first();
    if (await link.count() === 0) continue;
    await page.goto((await link.getAttribute('href')) ?? '');
    await hydrated(page);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
  }
});

test('Dutch pages say so, and are as sound', { tag: '@phone' }, async ({ browser, server, viewport, isMobile }) => {
  const { signInByRequest } = await import('../support/server.js');
  const context = await browser.newContext({ baseURL: server.url, locale: 'nl-NL', viewport, isMobile });
  const page = await context.newPage();
  await page.goto('/login');
  await hydrated(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
  await signInByRequest(context.request, server.url, 'bram@acme.example');
  for (const path of ['/', '/requests', '/requests/new/problem']) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
  }
  await context.close();
});

test('nothing sticks out on a phone of 360 pixels', async ({ as }) => {
  const anna = await as('anna');
  await anna.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/', '/requests', '/requests/new/problem', '/notifications', '/account', '/articles/how-support-works']) {
    await anna.goto(path);
    await hydrated(anna);
    await expectNoSidewaysScroll(anna);
  }
  await anna.goto('/requests?show=all');
  for (const href of await anna.locator('a[href^="/requests/ACME-"]').evaluateAll((links) => links.slice(0, 8).map((link) => link.getAttribute('href') ?? ''))) {
    await anna.goto(href);
    await hydrated(anna);
    await expectNoSidewaysScroll(anna);
  }
});
