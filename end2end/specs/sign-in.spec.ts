import { expect, expectNoAxeViolations, expectNoSidewaysScroll, signIn, test } from '../support/fixtures.js';

test('the sign-in page leads into the portal', { tag: ['@phone', '@nojs'] }, async ({ page, visit, javaScriptEnabled }) => {
  await visit(page, '/login');
  await signIn(page, 'anna');
  await expect(page.getByRole('link', { name: /^Requests/ }).first()).toBeVisible();
  if (javaScriptEnabled !== false) await expectNoSidewaysScroll(page);
});

test('the sign-in page is accessible', { tag: '@phone' }, async ({ page, visit }) => {
  await visit(page, '/login');
  await expect(page.getByLabel('E-mail')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expectNoAxeViolations(page);
});
