// Each area's pages are pieces of their own: a customer never downloads the desk.
import { expect, hydrated, test, type Person } from '../support/fixtures.js';

const PLACES: [Person, string[], RegExp, RegExp][] = [
  ['anna', ['/', '/requests', '/requests/new/problem', '/account'], /split_portal/, /split_desk/],
  ['dirk', ['/desk', '/desk/new', '/account'], /split_desk/, /split_portal/],
];

for (const [person, paths, own, foreign] of PLACES) {
  test(`${person} downloads one area and not the other`, async ({ as }) => {
    const page = await as(person);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const path of paths) {
      await page.goto(path);
      await hydrated(page);
    }
    expect(asked.filter((url) => own.test(url)).length).toBeGreaterThan(0);
    expect(asked.filter((url) => foreign.test(url))).toEqual([]);
  });
}

test('going from page to page loads no page anew', async ({ as }) => {
  const page = await as('anna');
  await page.goto('/');
  await hydrated(page);
  const documents: string[] = [];
  page.on('request', (request) => { if (request.isNavigationRequest()) documents.push(request.url()); });
  await page.getByRole('link', { name: /^Requests/ }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
  await page.getByRole('table', { name: 'Requests' }).getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
  await page.getByRole('link', { name: 'New request' }).click();
  await page.getByRole('link', { name: /Report a problem/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Report a problem');
  await expect(page.getByLabel('Description'), 'an empty field is empty').toHaveValue('');
  await page.getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How support works');
  expect(documents).toEqual([]);
});
