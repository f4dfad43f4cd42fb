// What a person typed is never lost: not by a reload, not by a form that is not accepted, not by a broken line.
import type { Page } from '@playwright/test';
import { Deeds } from '../support/deeds.js';
import { expect, hydrated, test } from '../support/fixtures.js';

test.use({ clock: '2026-04-24T10:00:00+02:00', allowedConsole: [/status of (401|409|422)|net::ERR_FAILED|was preloaded using link preload but not used/] });

async function open(page: Page, path: string, javaScript = true): Promise<void> {
  await page.goto(path);
  if (javaScript) await hydrated(page);
}

async function openRequest(page: Page, status: string): Promise<void> {
  await page.goto(`/requests?status=${status}`);
  await open(page, (await page.locator('a[href^="/requests/ACME-"]').first().getAttribute('href')) ?? '');
}

test('a reply that is being written survives a reload, and is gone once it is sent', { tag: '@phone' }, async ({ as }) => {
  const page = await as('anna');
  await openRequest(page, 'in_progress');
  const reply = page.getByLabel('Your reply');
  await reply.fill('We looked again this morning, and');
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(reply).toHaveValue('We looked again this morning, and');
  await reply.fill('We looked again this morning, and it works.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('and it works.');
  await expect(reply).toHaveValue('');
  await page.reload();
  await hydrated(page);
  await expect(reply).toHaveValue('');
});

test('words typed just before the page is left are kept as well', async ({ as }) => {
  const page = await as('bram');
  await openRequest(page, 'in_progress');
  await page.getByLabel('Your reply').fill('Typed in a hurry');
  await page.goto('/requests');
  await page.goBack();
  await hydrated(page);
  // A browser may bring a form back by itself; a new visit cannot.
  await page.goto(page.url());
  await hydrated(page);
  await expect(page.getByLabel('Your reply')).toHaveValue('Typed in a hurry');
});

test('what is typed up to the last moment survives a reload, for whom it is meant too', { tag: '@phone' }, async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const key = await anna.raise('In one breath');
  const page = await as('anna');
  await open(page, `/requests/${key}`);
  const reply = page.getByLabel('Your reply');
  await reply.pressSequentially('Half a thou');
  await page.reload();
  await hydrated(page);
  await expect(reply).toHaveValue('Half a thou');
  // Whoever never pauses is saved all the same.
  await page.clock.install();
  await reply.focus();
  const saved = page.waitForRequest((request) => request.url().endsWith('/api/draft/save'));
  for (let letter = 0; letter < 8; letter += 1) {
    await page.keyboard.press('x');
    await page.clock.runFor(500);
  }
  await saved;

  const desk = await as('dirk');
  await open(desk, `/desk/${key}`);
  await desk.locator('#do-note').click();
  await desk.locator('#compose textarea').pressSequentially('Between us');
  await desk.reload();
  await hydrated(desk);
  await expect(desk.locator('#compose textarea')).toHaveValue('Between us');
  await expect(desk.getByRole('button', { name: 'Save note' })).toBeVisible();
  await anna.end();
});

test('a request that is being written survives a reload, and the next one starts empty', { tag: '@phone' }, async ({ as }) => {
  const page = await as('anna');
  await open(page, '/requests/new/problem');
  await page.getByLabel('Subject').fill('Bed plan is empty');
  await page.getByLabel('Description').fill('On ward 3, since eight.');
  await page.getByRole('combobox').first().selectOption({ index: 2 });
  const chosen = await page.getByRole('combobox').first().inputValue();
  await page.getByRole('radio', { name: /High/ }).check();
  await page.getByLabel(/^Files/).setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('empty') });
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await expect(page.locator('.file__progress')).toHaveCount(0);
  await open(page, '/');
  await open(page, '/requests/new/problem');
  await expect(page.getByLabel('Subject')).toHaveValue('Bed plan is empty');
  await expect(page.getByLabel('Description')).toHaveValue('On ward 3, since eight.');
  await expect(page.getByRole('combobox').first()).toHaveValue(chosen);
  await expect(page.getByRole('radio', { name: /High/ })).toBeChecked();
  await expect(page.locator('.file')).toContainText('plan.txt');
  await expect(page.getByRole('region', { name: 'If you send this now' }).locator('.promise__time')).toHaveCount(2);
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/requests\/ACME-\d+/);
  await expect(page.getByRole('link', { name: /plan\.txt/ })).toBeVisible();
  await open(page, '/requests/new/problem');
  await expect(page.getByLabel('Subject')).toHaveValue('');
  await expect(page.getByLabel('Description')).toHaveValue('');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.locator('.file')).toHaveCount(0);
});

for (const { language, locale, words } of [
  { language: 'English', locale: 'en-GB', words: { summary: 'things to fix before this can be sent', needed: 'This is needed', subject: 'Subject', description: 'Description', send: 'Send request', low: /Low/ } },
  { language: 'Dutch', locale: 'nl-NL', words: { summary: 'dingen om te verbeteren voordat dit verstuurd kan worden', needed: 'Dit is nodig', subject: 'Onderwerp', description: 'Omschrijving', send: 'Verzoek versturen', low: /Laag/ } },
]) {
  test.describe(language, () => {
    test.use({ locale });

    test(`a form that is not complete says where, in ${language}, and keeps text and files`, { tag: ['@phone', '@nojs'] }, async ({ as, javaScriptEnabled }) => {
      const javaScript = javaScriptEnabled !== false;
      const page = await as('bram');
      await open(page, '/requests/new/question', javaScript);
      const subject = page.getByLabel(words.subject, { exact: true });
      const description = page.getByLabel(words.description, { exact: true });
      await subject.fill('Half a question');
      await page.locator('#files').setInputFiles({ name: 'half.txt', mimeType: 'text/plain', buffer: Buffer.from('half') });
      if (javaScript) await expect(page.locator('.file')).toContainText('half.txt');
      await page.getByRole('button', { name: words.send }).click();

      await expect(page.getByText(words.summary)).toBeVisible();
      await expect(page.locator('#description-error')).toHaveText(words.needed);
      await expect(page.locator('#priority-error')).toHaveText(words.needed);
      await expect(page.locator('#subject-error')).toBeEmpty();
      await expect(description).toHaveAttribute('aria-invalid', 'true');
      await expect(subject).toHaveValue('Half a question');
      await expect(page.locator('.file')).toContainText('half.txt');
      if (javaScript) await expect(page.locator('.error-summary'), 'the summary has the focus').toBeFocused();

      await description.fill('And now all of it.');
      await page.getByRole('radio', { name: words.low }).check();
      await page.getByRole('button', { name: words.send }).click();
      await page.waitForURL(/\/requests\/ACME-\d+/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Half a question');
      await expect(page.locator('a[href^="/files/"]', { hasText: 'half.txt' })).toHaveCount(1);
      // What was sent is no draft any more.
      await open(page, '/requests/new/question', javaScript);
      await expect(subject).toHaveValue('');
      await expect(page.locator('.file')).toHaveCount(0);
    });
  });
}

test('an empty reply says so at its field', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const javaScript = javaScriptEnabled !== false;
  const page = await as('anna');
  await page.goto('/requests?status=new');
  await open(page, (await page.locator('a[href^="/requests/ACME-"]').first().getAttribute('href')) ?? '', javaScript);
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.locator('form.reply .field__error', { hasText: 'This is needed' })).toBeVisible();
  await expect(page.getByLabel('Your reply')).toHaveAttribute('aria-invalid', 'true');
});

test('a request that does not reach the server is still there, and can be sent again', async ({ as }) => {
  const page = await as('anna');
  await open(page, '/requests/new/question');
  await page.getByLabel('Subject').fill('The line is down');
  await page.getByLabel('Description').fill('Nothing gets through.');
  await page.getByRole('radio', { name: /Low/ }).check();
  await page.route('**/api/ticket/raise', (route) => route.abort());
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByText('Not sent: no connection. Your text is kept')).toBeVisible();
  await expect(page.getByLabel('Subject')).toHaveValue('The line is down');
  await page.unroute('**/api/ticket/raise');
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/requests\/ACME-\d+/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The line is down');
});

test('a button pressed twice sends once', async ({ as }) => {
  const page = await as('anna');
  await open(page, '/requests/new/question');
  await page.getByLabel('Subject').fill('Only one of these');
  await page.getByLabel('Description').fill('However often the button is pressed.');
  await page.getByRole('radio', { name: /Low/ }).check();
  const button = page.getByRole('button', { name: 'Send request' });
  await button.evaluate((element: HTMLButtonElement) => { element.click(); element.click(); });
  await page.waitForURL(/\/requests\/ACME-\d+/);
  await open(page, '/requests?q=' + encodeURIComponent('Only one of these'));
  await expect(page.getByRole('link', { name: 'Only one of these' })).toHaveCount(1);
});

test('one who was signed out meanwhile keeps the reply and sends it after signing in', async ({ as }) => {
  const page = await as('bram');
  await page.goto('/requests?status=new');
  await open(page, (await page.locator('a[href^="/requests/ACME-"]').first().getAttribute('href')) ?? '');
  await page.getByLabel('Your reply').fill('Written before the session ended');
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByText('You are signed out. Sign in again in another tab')).toBeVisible();
  await expect(page.getByLabel('Your reply')).toHaveValue('Written before the session ended');
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('Written before the session ended');
});

test('a note that is being written comes back as a note, and its files go with it', async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const key = await anna.raise('For colleagues only');
  await anna.end();
  const page = await as('dirk');
  await open(page, `/desk/${key}`);
  await page.locator('#do-answer').click();
  const text = page.locator('#compose textarea');
  await text.fill('Their contract ended last month.');
  // Whom it is for can be thought of later than what to say.
  const saved = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/draft/save') &&
      decodeURIComponent(response.request().postData() ?? '').includes('"kind":"note"'),
  );
  await page.getByRole('button', { name: 'Internal note' }).click();
  await saved;
  await page.reload();
  await hydrated(page);
  await expect(text).toHaveValue('Their contract ended last month.');
  await expect(page.locator('.composer--note')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save note' })).toBeVisible();
  // Whoever asks for an answer with it is told what it was.
  const warning = page.getByText('This was begun as an internal note.');
  await expect(warning).toHaveCount(0);
  await open(page, `/desk/${key}?compose=answer`);
  await expect(text).toHaveValue('Their contract ended last month.');
  await expect(warning).toBeVisible();
  await page.getByRole('button', { name: 'Internal note' }).click();
  await expect(warning).toHaveCount(0);
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.locator('.note').getByText('Their contract ended last month.')).toBeVisible();
});

test('an agent chosen with the keys stays chosen while the customer writes', async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const key = await anna.raise('Passed on');
  const page = await as('dirk');
  await page.clock.install();
  await open(page, `/desk/${key}?queue=new&compose=answer`);
  // What is wrong in the composer does not take the focus again when something else is done.
  await page.getByRole('button', { name: 'Send answer' }).click();
  await expect(page.locator('#compose textarea')).toBeFocused();
  const agent = page.getByLabel('Agent', { exact: true });
  await agent.focus();
  await page.keyboard.press('ArrowDown');
  const chosen = await agent.inputValue();
  expect(chosen).not.toBe('0');
  await anna.reply(key, 'It is getting worse.');
  await page.clock.runFor(21_000);
  await expect(page.getByRole('region', { name: 'Conversation' }).getByText('It is getting worse.')).toBeVisible();
  await expect(agent).toHaveValue(chosen);
  await expect(agent).toBeFocused();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(page.getByText('Assigned.')).toBeVisible();
  await expect(agent).toHaveValue(chosen);
  await expect(page.locator('#compose textarea')).not.toBeFocused();
  // The address forgets what the composer was opened for, and nothing else.
  await page.getByRole('button', { name: 'Internal note' }).click();
  await expect(page).toHaveURL(new RegExp(`/desk/${key}\\?queue=new$`));
  await anna.end();
});

test('what an agent throws away is gone with its files', async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const key = await anna.raise('Thrown away');
  const page = await as('dirk');
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => true }));
  await open(page, `/desk/${key}?compose=answer`);
  await page.locator('#compose textarea').fill('See the log.');
  await page.locator('#compose input[type=file]').setInputFiles({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('secret') });
  await expect(page.locator('.file')).toContainText('log.txt');
  await expect(page.locator('.file__progress')).toHaveCount(0);
  await anna.post('/api/ticket/withdraw', { key });
  await page.getByRole('button', { name: 'Send answer' }).click();
  // Not saved again by what was typed just before.
  await page.locator('#compose textarea').pressSequentially(' P');
  const discarded = page.waitForResponse((response) => response.url().endsWith('/api/draft/discard'));
  await page.getByRole('button', { name: 'Discard my text' }).click();
  await expect(page.getByText('Meanwhile this happened:')).toHaveCount(0);
  await discarded;
  await open(page, `/desk/${key}?compose=note`);
  await expect(page.locator('#compose textarea')).toHaveValue('');
  await expect(page.locator('.file')).toHaveCount(0);
  await anna.end();
});

test('a form that was refused before the page came alive leaves nothing behind once it is sent', async ({ as }) => {
  const page = await as('anna');
  await page.route('**/*.js', (route) => route.abort());
  await page.goto('/requests/new/question');
  await page.getByLabel('Subject').fill('In a hurry');
  await page.getByRole('radio', { name: /Low/ }).check();
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByText('This is needed').first()).toBeVisible();
  await page.unroute('**/*.js');
  await page.reload();
  await hydrated(page);
  await expect(page.getByText('Description: This is needed')).toBeVisible();
  await page.getByLabel('Description').fill('Now with words.');
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByText(/^Your request ACME-\d+ is sent/)).toBeVisible();
  await expect(page.getByText('This is needed')).toHaveCount(0);
});

test('a draft can be thrown away to start over', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const page = await as('bram');
  await open(page, '/requests/new/question', javaScriptEnabled !== false);
  await expect(page.getByRole('button', { name: 'Start over' })).toHaveCount(0);
  await page.getByLabel('Subject').fill('Never mind');
  if (javaScriptEnabled === false) await page.getByRole('button', { name: 'Send request' }).click();
  else await expect(page.getByText(/Draft saved/)).toBeVisible();
  await open(page, '/requests/new/question', javaScriptEnabled !== false);
  await expect(page.getByLabel('Subject')).toHaveValue('Never mind');
  if (javaScriptEnabled !== false) await page.getByLabel('Subject').fill('Never mind that');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByLabel('Subject')).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Start over' })).toHaveCount(0);
  await open(page, '/requests/new/question', javaScriptEnabled !== false);
  await expect(page.getByLabel('Subject')).toHaveValue('');
});

test('what is said on the phone stays when another form fits better, and with its organisation', async ({ as }) => {
  const page = await as('dirk');
  await open(page, '/desk/new?organisation=ACME&form=problem');
  await page.getByLabel('Subject').fill('The ward list prints twice');
  await page.getByLabel('Description').fill('Since the update.');
  await page.getByLabel(/^Files/).setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('twice') });
  await expect(page.locator('.file')).toContainText('list.txt');
  await expect(page.locator('.file__progress')).toHaveCount(0);
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.getByRole('link', { name: 'Ask a question' }).click();
  await page.waitForURL(/form=question/);
  await expect(page.locator('form input[name=form]')).toHaveValue('question');
  await expect(page.getByLabel('Subject')).toHaveValue('The ward list prints twice');
  await expect(page.getByLabel('Description')).toHaveValue('Since the update.');
  await expect(page.locator('.file')).toContainText('list.txt');
  await open(page, '/desk/new?organisation=BORE&form=question');
  await expect(page.getByLabel('Subject')).toHaveValue('');
  await expect(page.locator('.file')).toHaveCount(0);
  await open(page, '/desk/new?organisation=ACME&form=question');
  await expect(page.getByLabel('Subject')).toHaveValue('The ward list prints twice');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByLabel('Subject')).toHaveValue('');
  await expect(page.locator('.file')).toHaveCount(0);
});

test('the reason for another priority stays while the customer writes', async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const key = await anna.raise('Reasons');
  const page = await as('dirk');
  await page.clock.install();
  await open(page, `/desk/${key}`);
  await page.locator('.agent__priority > summary').click();
  const menu = page.locator('.agent__priority');
  await menu.getByRole('radio', { name: 'High' }).check();
  await menu.getByLabel('Reason').fill('Two wards are af');
  await anna.reply(key, 'It is getting worse.');
  await page.clock.runFor(21_000);
  await expect(page.getByRole('region', { name: 'Conversation' }).getByText('It is getting worse.')).toBeVisible();
  await expect(menu.getByLabel('Reason')).toHaveValue('Two wards are af');
  await expect(menu.getByRole('radio', { name: 'High' })).toBeChecked();
  await anna.end();
});

test('what is not solved, and why, survives a reload', async ({ as, server }) => {
  const anna = await Deeds.of(server.url, 'anna');
  const key = await anna.raise('Still broken');
  const dirk = await Deeds.of(server.url, 'dirk');
  await dirk.compose(key, 'resolve', 'Solved, we think.');
  const page = await as('anna');
  await open(page, `/requests/${key}`);
  await page.locator('.not-solved > summary').click();
  await page.getByLabel('What does not work yet?').fill('It still prints twice.');
  await expect(page.locator('.not-solved').getByText(/Draft saved/)).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByLabel('What does not work yet?')).toBeVisible();
  await expect(page.getByLabel('What does not work yet?')).toHaveValue('It still prints twice.');
  await anna.end();
  await dirk.end();
});
