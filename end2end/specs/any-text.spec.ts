// Whatever people type is text: it is shown as it was typed, runs nothing, and breaks no page.
import { Deeds } from '../support/deeds.js';
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, hydrated, test } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T10:00:00+02:00' });

const SUBJECT = `<img src=x onerror=alert(1)> ${'Wachtwoordherstelprocedure'.repeat(4)}`;
const TEXT = `</textarea></script><script>alert(2)</script>\n{{7*7}} \${7*7} &amp; "quoted" 'too'\n${'x'.repeat(400)}\n  https://loket.example/${'a'.repeat(200)}?b=1&c=2 \n\u202Eright to left, 日本語, 👩🏽‍⚕️`;

test('markup, long words and other scripts stay text, for customers and for staff', { tag: '@phone' }, async ({ as, server }) => {
  test.slow();
  const deeds = await Deeds.of(server.url, 'anna');
  const key = await deeds.raise(SUBJECT, 'high');
  await deeds.reply(key, TEXT);
  const dirk = await Deeds.of(server.url, 'dirk');
  await dirk.compose(key, 'note', `A note. ${TEXT}`);
  await dirk.compose(key, 'return', `A question. ${TEXT}`);
  for (const [person, paths] of [['anna', [`/requests/${key}`, '/requests', '/']], ['dirk', [`/desk/${key}`, '/desk?queue=waiting']]] as const) {
    const page = await as(person);
    page.on('dialog', (dialog) => { throw new Error(`a script ran: ${dialog.message()}`); });
    for (const path of paths) {
      await page.goto(path);
      await hydrated(page);
      await expect(page.getByText('<img src=x onerror=alert(1)>').first(), path).toBeVisible();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      await expectNoSidewaysScroll(page);
      if (path.includes(key)) {
        await expect(page.getByText('</textarea></script><script>alert(2)</script>').first()).toBeVisible();
        await expect(page.getByText('{{7*7}} ${7*7} &amp; "quoted"').first()).toBeVisible();
        await expectNoAxeViolations(page);
      }
    }
  }
  await deeds.end();
  await dirk.end();
});

test('text comes back into its field as it was typed', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const page = await as('bram');
  await page.goto('/requests/new/question');
  if (javaScriptEnabled !== false) await hydrated(page);
  const description = page.getByLabel('Description');
  const typed = '\n\n  Begins with empty lines </textarea><b>and markup</b> &lt; &amp;lt;\n\tends with one\n';
  await page.getByLabel('Subject').fill('" onfocus="alert(3)" x="');
  await description.fill(typed);
  if (javaScriptEnabled === false) {
    await page.getByRole('button', { name: 'Send request' }).click();
    await expect(page.locator('#priority-error')).toHaveText('This is needed');
  } else {
    await expect(page.getByText(/Draft saved/)).toBeVisible();
    await page.reload();
    await hydrated(page);
  }
  await expect(page.getByLabel('Subject')).toHaveValue('" onfocus="alert(3)" x="');
  expect((await description.inputValue()).trimEnd()).toBe(typed.trimEnd());
});
