// What admins decide for everyone, live: the week and its expression keep step, nothing is saved unseen, nobody overwrites
// anybody unawares. And what follows from it for staff: warnings, and the feed of their own deadlines.
import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, hydrated, test } from '../support/fixtures.js';
import { Deeds } from '../support/deeds.js';

// A Friday afternoon before King's Day. The tests of a file follow one another on one server.
test.use({ clock: '2026-04-24T14:16:00+02:00', allowedConsole: [/422|404/] });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const expression = (page: Page) => page.getByLabel('Opening hours as an expression');
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const changes = (page: Page) => page.locator('#preview');
const look = (page: Page) => page.getByRole('button', { name: 'Show what changes' });
/** What was done, after it was. */
const done = (page: Page) => page.locator('.notice__text').first();
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });

/** Opens what the list calls this, from the list. */
async function open(page: Page, list: string, name: string): Promise<void> {
  await page.goto(list);
  await hydrated(page);
  await page.locator('.admin-list').getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Types into a box and leaves it, as one does before looking elsewhere. */
async function type(page: Page, name: string, text: string): Promise<void> {
  await box(page, name).fill(text);
  await box(page, name).blur();
}

/** A mark that a page loaded anew would not have. */
const mark = (page: Page) => page.evaluate(() => { (window as { sameDocument?: boolean }).sameDocument = true; });
const marked = (page: Page) => page.evaluate(() => (window as { sameDocument?: boolean }).sameDocument === true);

test('the week and its expression say the same while one types in either', async ({ as }) => {
  const page = await as('admin');
  await open(page, '/admin/calendars', 'Support');
  await expect(expression(page)).toHaveValue('Mo-Fr 09:00-18:00; PH off');

  await type(page, 'Friday, to, 1', '17:00');
  await expect(expression(page)).toHaveValue('Mo-Th 09:00-18:00; Fr 09:00-17:00; PH off');
  await page.getByLabel('Closed on public holidays').uncheck();
  await expect(expression(page)).toHaveValue('Mo-Th 09:00-18:00; Fr 09:00-17:00');

  await expression(page).fill('Mo-Fr 08:30-12:00,13:00-17:00; PH off; Dec 24 Mo-Fr 08:30-13:00');
  await expect(box(page, 'Monday, from, 1')).toHaveValue('08:30');
  await expect(box(page, 'Monday, to, 2')).toHaveValue('17:00');
  await expect(box(page, 'Saturday, from, 1')).toHaveValue('');
  await expect(page.getByLabel('Closed on public holidays')).toBeChecked();
  const date = page.getByRole('group', { name: 'Date 1' });
  await expect(date.getByLabel('Day', { exact: true })).toHaveValue('24');
  await expect(date.getByLabel('Open', { exact: true })).toHaveValue('08:30-13:00');

  await expression(page).fill('Jul-Aug Mo-Fr 09:00-16:00');
  await expect(page.getByText('A week with dates cannot show these opening hours.')).toBeVisible();
  await expect(box(page, 'Monday, from, 1')).toBeHidden();
  await expression(page).fill('Mo-Fr 10:00-16:00');
  await expect(box(page, 'Friday, to, 1')).toHaveValue('16:00');
  await expectNoAxeViolations(page);
});

test('an expression that cannot be read is refused with the place that is wrong', async ({ as }) => {
  const page = await as('admin');
  await open(page, '/admin/calendars', 'Support');
  await expression(page).fill('Mo-Fr 09:00-18:00; PX off');
  for (const button of [look(page), save(page)]) {
    await button.click();
    await expect(page.locator('#hours-place mark')).toHaveText('PX');
    await expect(expression(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(expression(page)).toHaveValue('Mo-Fr 09:00-18:00; PX off');
  }
  await expectNoAxeViolations(page);
  await expression(page).fill('Mo-Fr 09:00-18:00; Feb 30 off');
  await save(page).click();
  await expect(page.locator('#hours-place mark')).toHaveText('Feb 30');
  await expect(page.locator('#hours-error')).toContainText('Feb 30 does not exist');
  await open(page, '/admin/calendars', 'Support');
  await expect(expression(page), 'nothing was saved').toHaveValue('Mo-Fr 09:00-18:00; PH off');
});

test('what is saved is what was shown: which deadlines move, from when to when', async ({ as }) => {
  const page = await as('admin');
  await open(page, '/admin/calendars', 'Support');
  await mark(page);
  await type(page, 'Friday, to, 1', '17:00');
  await look(page).click();
  await expect(changes(page)).toBeFocused();
  const rows = changes(page).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const total = /^(One|\d+) deadlines? moves?:$/m.exec(await changes(page).innerText())?.[1] ?? '0';
  const shown = total === 'One' ? 1 : Number(total);
  expect(shown).toBeGreaterThan(0);
  expect(await rows.count()).toBe(shown);
  const [first] = await rows.all();
  await expect(first ?? rows).toContainText(/(ACME|BORE)-\d+/);
  await expect(first ?? rows).toContainText('later');
  await expect(changes(page).getByText('King’s Day')).toBeVisible();
  // What was shown is old once one types on.
  await type(page, 'Friday, to, 1', '17:30');
  await expect(changes(page).getByText('You have changed the form since: look again.')).toBeVisible();
  await type(page, 'Friday, to, 1', '17:00');

  await save(page).click();
  await expect(page.getByText('Version 2 is in force.')).toBeVisible();
  await expect(done(page)).toContainText(`Deadlines moved: ${shown}.`);
  expect(await marked(page), 'the page was not loaded anew').toBe(true);
  await expect(expression(page)).toHaveValue('Mo-Th 09:00-18:00; Fr 09:00-17:00; PH off');
  const versions = page.getByRole('region', { name: 'Versions' });
  await expect(versions.locator('tbody tr')).toHaveCount(2);
  await expect(versions.locator('tbody tr').first()).toContainText('Mo-Th 09:00-18:00; Fr 09:00-17:00; PH off');
  await expect(page.getByText('Calendar “Support”: version 2.')).toBeVisible();
  await expectNoAxeViolations(page);
});

test('whoever saves second is told so, and keeps what was typed', async ({ as }) => {
  const [one, other] = [await as('admin'), await as('admin')];
  await open(one, '/admin/calendars', 'Chat');
  await open(other, '/admin/calendars', 'Chat');
  await type(one, 'Monday, from, 1', '08:00');
  await save(one).click();
  await expect(one.getByText('Version 2 is in force.')).toBeVisible();

  await type(other, 'Tuesday, from, 1', '10:00');
  await save(other).click();
  await expect(other.getByRole('alert').getByText('Someone saved version 2 meanwhile.')).toBeVisible();
  await expect(box(other, 'Tuesday, from, 1')).toHaveValue('10:00');
  await expect(box(other, 'Monday, from, 1'), 'theirs is not mixed in').toHaveValue('09:00');
  await expectNoAxeViolations(other);
  // Told, and saved all the same.
  await save(other).click();
  await expect(other.getByText('Version 3 is in force.')).toBeVisible();
  await expect(expression(other)).toHaveValue('Mo,We-Fr 09:00-17:00; Tu 10:00-17:00; PH off');
});

test('a day with hours of its own has a name, and every holiday its choice', async ({ as }) => {
  const page = await as('admin');
  await open(page, '/admin/calendars', 'Evenings and Saturdays');
  const date = page.getByRole('group', { name: 'Date 1' });
  await expect(date.getByLabel('Name, if it has one')).toHaveValue('Christmas Eve');
  await date.getByLabel('Name, if it has one').fill('The day before');
  await date.getByLabel('Name, if it has one').blur();
  await expect(expression(page)).toHaveValue(/Dec 24 Mo-Sa 09:00-13:00 "The day before"/);
  const friday = page.getByRole('radiogroup', { name: 'Good Friday is a public holiday' });
  await expect(friday.getByLabel('Never')).toBeChecked();
  await friday.getByLabel('Every year').check();
  await look(page).click();
  await expect(changes(page).getByText('The day before, 09:00–13:00')).toBeVisible();
  await expect(changes(page).getByText('Good Friday')).toBeVisible();
  await friday.getByLabel(/^Every fifth year/).check();
  await look(page).click();
  await expect(changes(page).getByText('Ascension Day')).toBeVisible();
  await expect(changes(page).getByText('Good Friday')).toBeHidden();
  await save(page).click();
  await expect(page.getByText('Version 3 is in force.')).toBeVisible();
  await expect(friday.getByLabel(/^Every fifth year/)).toBeChecked();
});

test('a policy is previewed, and open tickets follow only where that is chosen', async ({ as }) => {
  const page = await as('admin');
  await open(page, '/admin/policies', 'Standard');
  const high = 'High, Resolution: hours';
  await type(page, high, 'soon');
  await save(page).click();
  await expect(box(page, high)).toHaveAttribute('aria-invalid', 'true');
  await expectNoAxeViolations(page);

  await type(page, high, '8');
  await look(page).click();
  await expect(changes(page)).toContainText(/Tickets that would come under it, if you choose so: \d+\./);
  const moved = await changes(page).locator('tbody tr').count();
  expect(moved).toBeGreaterThan(0);
  await expect(changes(page).locator('tbody tr').first()).toContainText('earlier');

  await mark(page);
  await save(page).click();
  await expect(page.getByText('Version 2 is in force.')).toBeVisible();
  await expect(done(page)).not.toContainText('Deadlines moved');
  await page.getByLabel(/^Also for the open tickets under this policy/).check();
  await save(page).click();
  await expect(done(page)).toContainText(`Deadlines moved: ${moved}.`);
  expect(await marked(page)).toBe(true);
  await expect(page.getByRole('region', { name: 'Versions' }).locator('details')).toHaveCount(2);
  await expect(page.getByText(/Applied to \d+ open tickets\./)).toBeVisible();
  await expectNoAxeViolations(page);
});

test('an organisation gets another policy, seen before it is given', async ({ as }) => {
  const page = await as('admin');
  await page.goto('/admin/policies');
  await hydrated(page);
  await page.getByLabel('Organisation', { exact: true }).selectOption('Borealis Bank');
  await page.getByLabel('Policy', { exact: true }).selectOption('Extended');
  await look(page).click();
  await expect(changes(page).locator('tbody tr').first()).toContainText(/BORE-\d+/);
  await expect(changes(page).getByText(/ACME-\d+/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Give', exact: true }).click();
  await expect(page.getByText('The organisation has its new policy.')).toBeVisible();
  const which = page.getByRole('region', { name: 'Who has which' });
  await expect(which.getByRole('row', { name: 'Borealis Bank' })).toContainText('Extended');
  await expect(which.getByRole('row', { name: 'Acme Zorg' })).toContainText('Standard');
  await expect(page.getByText('Borealis Bank got policy “Extended”.')).toBeVisible();
});

test('a promised response has its own countdown for customers and staff, until it is given', async ({ as, server }) => {
  const page = await as('admin');
  await open(page, '/admin/policies', 'Standard');
  await type(page, 'Low, Next response: hours', '0.5');
  await save(page).click();
  await expect(page.getByText(/Version \d is in force/)).toBeVisible();

  const [anna, dirk] = [await Deeds.of(server.url, 'anna'), await Deeds.of(server.url, 'dirk')];
  const key = await anna.raise('When do you answer?');
  await dirk.act('accept', key);
  const [customer, agent] = [await as('anna'), await as('dirk')];
  await customer.goto(`/requests/${key}`);
  await agent.goto(`/desk/${key}`);
  for (const reader of [customer, agent]) {
    await hydrated(reader);
    const clock = reader.getByRole('region', { name: 'Next response', exact: true });
    await expect(clock).toContainText('left to answer');
    await expect(clock.getByRole('img', { name: /^Sent / })).toBeVisible();
    await clock.getByText('Why this time?').click();
    await expect(clock.getByText(/^An agent answers the oldest open message within/)).toBeVisible();
    await expectNoAxeViolations(reader);
  }
  // Due long before the resolution, it is what the list of work shows.
  await agent.goto('/desk?queue=mine');
  await hydrated(agent);
  await expect(agent.locator('.queue__row').filter({ hasText: key })).toContainText('Answer ');
  await dirk.compose(key, 'answer', 'Now.');
  await customer.reload();
  await hydrated(customer);
  await expect(customer.getByRole('region', { name: 'Next response', exact: true })).toHaveCount(0);
  await anna.end();
  await dirk.end();
});

test('the feed of one’s own deadlines is read with its secret until that is revoked', async ({ as }) => {
  const page = await as('dirk');
  await page.goto('/account');
  await hydrated(page);
  await page.getByRole('button', { name: 'Make an address' }).click();
  const address = page.getByLabel('The address of your feed');
  const url = await address.inputValue();
  const path = new URL(url).pathname;
  const answer = await page.request.get(path);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toContain('text/calendar');
  const text = await answer.text();
  expect(text).toContain('BEGIN:VCALENDAR');
  expect(text).toMatch(/SUMMARY:Resolve (ACME|BORE)-\d+/);
  await page.getByRole('button', { name: 'Make a new address; the old one stops' }).click();
  await expect(address).not.toHaveValue(url);
  expect((await page.request.get(path)).status()).toBe(404);
  const second = new URL(await address.inputValue()).pathname;
  expect((await page.request.get(second)).status()).toBe(200);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await expect(address).toBeHidden();
  await expect(page.getByRole('button', { name: 'Make an address' })).toBeVisible();
  expect((await page.request.get(second)).status()).toBe(404);
});

test('the bell says what came close, and is silent about what was read', async ({ as }) => {
  const page = await as('dirk');
  // Warnings are given soon after the start, for the demo always has something late and something at risk: until no more come.
  let seen = 0;
  await expect(async () => {
    await page.goto('/desk/notifications');
    const before = seen;
    seen = await page.locator('.told--unread').count();
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBe(before);
  }).toPass({ timeout: 60_000, intervals: [2_000] });
  await hydrated(page);
  await mark(page);
  const bell = page.getByRole('link', { name: /^Notifications/ }).first();
  const unread = page.locator('.told--unread');
  const before = await unread.count();
  await expect(page.getByText(`${before} unread`, { exact: true })).toBeVisible();
  await expect(bell).toContainText(String(before));
  await expect(unread.first()).toContainText(/(ACME|BORE)-\d+/);
  await expectNoAxeViolations(page);
  await unread.first().getByRole('button', { name: /^Mark (ACME|BORE)-\d+ as read$/ }).click();
  await expect(unread).toHaveCount(before - 1);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(unread).toHaveCount(0);
  await expect(page.getByText('0 unread', { exact: true })).toBeVisible();
  await expect(page.locator('.told').first()).toBeVisible();
  expect(await marked(page)).toBe(true);
});
