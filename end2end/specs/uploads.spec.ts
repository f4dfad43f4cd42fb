// Files: on their way at once, with progress; a failed one can be tried again; what comes down is what went up.
import type { Page } from '@playwright/test';
import { expect, hydrated, test } from '../support/fixtures.js';

// Uploads that a test makes fail, and files that are refused, are told on the console by the browser itself.
test.use({ clock: '2026-04-24T10:00:00+02:00', allowedConsole: [/net::ERR_FAILED|status of 422/] });

const text = (name: string, content = 'ward 5') => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
const row = (page: Page, name: string) => page.locator('.file', { hasText: name });

async function fillIn(page: Page, subject: string): Promise<void> {
  await page.goto('/requests/new/question');
  await hydrated(page);
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Description').fill('The files say it all.');
  await page.getByRole('radio', { name: /Low/ }).check();
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/requests\/ACME-\d+/);
}

test('several files go up, one is taken off again, and the rest come down byte for byte', { tag: '@phone' }, async ({ as }) => {
  const page = await as('anna');
  await fillIn(page, 'Three files');
  await expect(page.getByText('Up to 10 files of 25 MB each.'), 'the limit is said up front').toBeVisible();
  // Every byte there is, far beyond one piece of a stream.
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) % 256));
  const html = Buffer.from('<!doctype html><script>document.title = "run"</script>');
  await page.getByLabel(/^Files/).setInputFiles([
    { name: 'reader log één.bin', mimeType: 'application/octet-stream', buffer: bytes },
    { name: 'page.html', mimeType: 'text/html', buffer: html },
    text('wrong one.txt'),
  ]);
  await expect(page.locator('.file')).toHaveCount(3);
  await page.getByRole('button', { name: 'Remove wrong one.txt' }).click();
  await expect(page.locator('.file')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Send request' })).toBeEnabled();
  await send(page);

  const conversation = page.getByRole('region', { name: 'Conversation' });
  await expect(conversation.locator('a[href^="/files/"]')).toHaveCount(2);
  await expect(conversation).not.toContainText('wrong one.txt');
  const get = async (name: string) => {
    const href = await conversation.getByRole('link', { name }).getAttribute('href');
    return page.request.get(href ?? '');
  };
  const log = await get('reader log één.bin');
  expect((await log.body()).equals(bytes), 'the same bytes').toBe(true);
  expect(log.headers()['content-disposition']).toContain("filename*=UTF-8''reader%20log%20%C3%A9%C3%A9n.bin");
  const hostile = await get('page.html');
  expect((await hostile.body()).equals(html)).toBe(true);
  expect(hostile.headers()['content-disposition']).toMatch(/^attachment/);
  expect(hostile.headers()['content-type']).toBe('application/octet-stream');
  expect(hostile.headers()['x-content-type-options']).toBe('nosniff');
});

test('a file on its way shows its progress and holds the form back', async ({ as }) => {
  const page = await as('anna');
  await fillIn(page, 'A slow line');
  let release = () => {};
  const held = new Promise<void>((go) => { release = go; });
  await page.route('**/api/file/upload', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel(/^Files/).setInputFiles(text('slow.txt'));
  await expect(row(page, 'slow.txt').getByRole('progressbar')).toBeVisible();
  await expect(page.getByText('a file is still on its way')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send request' })).toBeDisabled();
  release();
  await expect(row(page, 'slow.txt').getByRole('progressbar')).toHaveCount(0);
  await send(page);
  await expect(page.getByRole('link', { name: /slow\.txt/ })).toBeVisible();
});

test('an upload that fails says so and works the second time', async ({ as }) => {
  const page = await as('anna');
  await fillIn(page, 'A broken line');
  await page.route('**/api/file/upload', (route) => route.abort());
  await page.getByLabel(/^Files/).setInputFiles(text('photo.txt'));
  await expect(row(page, 'photo.txt').getByRole('alert')).toContainText('did not arrive');
  await page.unroute('**/api/file/upload');
  await page.getByRole('button', { name: 'Try photo.txt again' }).click();
  await expect(row(page, 'photo.txt').getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Try photo.txt again' })).toHaveCount(0);
  await expect(page.getByLabel('Subject'), 'nothing typed is lost').toHaveValue('A broken line');
  await send(page);
  await expect(page.getByRole('link', { name: /photo\.txt/ })).toBeVisible();
});

test('a file can be dropped on the field', async ({ as }) => {
  const page = await as('anna');
  await fillIn(page, 'Dropped');
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['dropped here'], 'dropped.txt', { type: 'text/plain' }));
    return transfer;
  });
  await page.locator('.drop').dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.locator('.drop')).toHaveClass(/drop--over/);
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.locator('.drop')).not.toHaveClass(/drop--over/);
  await expect(row(page, 'dropped.txt')).toBeVisible();
  await send(page);
  const href = await page.getByRole('link', { name: /dropped\.txt/ }).getAttribute('href');
  expect(await (await page.request.get(href ?? '')).text()).toBe('dropped here');
});

test('a screenshot is pasted where one writes about it, and a file may be dropped there', async ({ as }) => {
  const page = await as('anna');
  await fillIn(page, 'Pasted');
  const words = page.getByLabel('Description');
  const hand = async (name: string, type: 'paste' | 'drop') => {
    await words.evaluate((area, [name, type]) => {
      const data = new DataTransfer();
      data.items.add(new File(['picture'], name ?? '', { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      const event = type === 'paste' ? new ClipboardEvent('paste', { ...init, clipboardData: data }) : new DragEvent('drop', { ...init, dataTransfer: data });
      area.dispatchEvent(event);
    }, [name, type]);
    await expect(row(page, name)).toBeVisible();
  };
  await hand('pasted.png', 'paste');
  await hand('dropped.png', 'drop');
  await send(page);
  await expect(page.getByRole('link', { name: /pasted\.png/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /dropped\.png/ })).toBeVisible();
  await expect(page.locator('.file-link__picture')).toHaveCount(2);
});

test('a file that is too large or empty is refused by itself, and an eleventh is not taken', async ({ as }) => {
  const page = await as('anna');
  await fillIn(page, 'Too much');
  const field = page.getByLabel(/^Files/);
  await field.setInputFiles([
    { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(26 * 1024 * 1024) },
    { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await expect(row(page, 'film.mp4').getByRole('alert')).toContainText('over the limit of 25 MB');
  await expect(row(page, 'nothing.txt').getByRole('alert')).toContainText('empty');
  await page.getByRole('button', { name: 'Remove film.mp4' }).click();
  await page.getByRole('button', { name: 'Remove nothing.txt' }).click();
  await field.setInputFiles(Array.from({ length: 11 }, (_, index) => text(`file-${index}.txt`)));
  await expect(page.locator('.file')).toHaveCount(10);
  await expect(page.getByText('At most 10 files')).toBeVisible();
  await send(page);
  await expect(page.locator('a[href^="/files/"]')).toHaveCount(10);
});

test('files of a reply arrive with it', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const page = await as('anna');
  await page.goto('/requests?status=in_progress');
  await page.goto((await page.locator('a[href^="/requests/ACME-"]').first().getAttribute('href')) ?? '');
  if (javaScriptEnabled !== false) await hydrated(page);
  const name = `reply ${javaScriptEnabled}.txt`;
  const words = `Two pictures, ${javaScriptEnabled}.`;
  await page.getByLabel('Your reply').fill(words);
  await page.locator('form.reply input[type=file]').setInputFiles([text(name, 'one'), text(`second ${name}`, 'two')]);
  if (javaScriptEnabled !== false) await expect(row(page, `second ${name}`)).toBeVisible();
  await page.getByRole('button', { name: 'Send reply' }).click();
  const message = page.locator('.message', { hasText: words });
  await expect(message.locator('a[href^="/files/"]')).toHaveCount(2);
  const href = await message.getByRole('link', { name: `second ${name}` }).getAttribute('href');
  expect(await (await page.request.get(href ?? '')).text()).toBe('two');
  await expect(page.locator('form.reply .file'), 'the next reply starts without files').toHaveCount(0);
});
