// The pages in both themes: axe finds nothing, nothing sticks out sideways, the console stays silent.
import { expectNoAxeViolations, expectNoSidewaysScroll, hydrated, test, type Person } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T14:16:00+02:00', allowedConsole: [/404/] });

const PAGES: [Person, string[]][] = [
  ['anna', [
    '/', '/requests', '/requests?show=all', '/requests?q=nothingisfoundbythis', '/requests/new', '/requests/new/problem', '/requests/new/question',
    '/requests/new/change', '/requests/new/access', '/account', '/articles/how-support-works', '/requests/ACME-99999', '/no/such/page',
  ]],
  ['dirk', ['/desk', '/desk?queue=waiting', '/desk/new']],
];

for (const [person, paths] of PAGES) {
  for (const path of paths) {
    test(`${person} ${path}`, async ({ as }) => {
      const page = await as(person);
      await page.goto(path);
      await hydrated(page);
      await expectNoSidewaysScroll(page);
      await expectNoAxeViolations(page);
    });
  }
}
