// Mail on pages: what came by mail in a ticket's thread, and what is on no ticket until an agent decides.
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, hydrated, test } from '../support/fixtures.js';
import { receiveMail } from '../support/server.js';

const CLOCK = '2026-04-24T10:00:00+02:00';
const AUTHORITY = 'mx.support.example';

// The browser says itself that a form was refused.
test.use({ clock: CLOCK, allowedConsole: [/status of 422/] });

/** The smallest picture there is: one grey dot. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

interface Mail { id: string; from: string; subject: string; verified?: boolean; more?: string[]; body: string }

function message({ id, from, subject, verified = true, more = [], body }: Mail): string {
  const domain = /@([^>]+)/.exec(from)?.[1] ?? '';
  return [
    `Authentication-Results: ${AUTHORITY}; dmarc=${verified ? 'pass' : 'fail'} header.from=${domain}`,
    `Message-ID: <${id}@${domain}>`, `From: ${from}`, 'To: support@localhost', `Subject: ${subject}`, ...more, '', body,
  ].join('\r\n');
}

const receive = async (data: string, mail: Mail): Promise<void> => {
  const env = { LOKET_CLOCK: CLOCK, LOKET_MAIL_AUTHORITY: AUTHORITY };
  expect(await receiveMail({ data }, message(mail), env), 'taken').toBe(0);
};

const ANNA = 'Anna Visser <anna@acme.example>';
const WIM = 'Wim de Wit <wim@elsewhere.example>';

test('a mailed request shows its picture, folds its history away, and says who nobody vouches for', { tag: ['@nojs', '@phone'] }, async ({ as, server, javaScriptEnabled, isMobile }) => {
  const javaScript = javaScriptEnabled !== false;
  const name = `${javaScript}-${isMobile}`;
  const subject = `The printer smokes ${name}`;
  const html = '<p>Look: <img src="cid:dot@x"></p><p>--<br>Anna</p>';
  const body = [
    '--B', 'Content-Type: text/html', '', html,
    '--B', 'Content-Type: image/png; name=smoke.png', 'Content-ID: <dot@x>', 'Content-Disposition: inline; filename=smoke.png',
    'Content-Transfer-Encoding: base64', '', DOT, '--B--', '',
  ].join('\r\n');
  await receive(server.data, {
    id: `picture-${name}`, from: ANNA, subject, more: ['MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=B'], body,
  });
  const answer = 'Still smoking.\r\n\r\nOn Fri, 24 Apr 2026 at 10:00, Support wrote:\r\n> Is it on fire?\r\n';
  await receive(server.data, { id: `answer-${name}`, from: ANNA, subject: `Re: ${subject}`, verified: false, more: [`In-Reply-To: <picture-${name}@acme.example>`], body: answer });

  const anna = await as('anna');
  await anna.goto(`/requests?q=${encodeURIComponent(subject)}`);
  await anna.getByRole('link', { name: subject }).first().click();
  const conversation = anna.getByRole('region', { name: 'Conversation' });
  await expect(conversation.getByRole('img', { name: 'smoke.png' })).toBeVisible();
  await expect(conversation).toContainText('Still smoking.');
  await expect(conversation.getByText('Is it on fire?')).toBeHidden();
  await conversation.getByText('Earlier messages and signature').last().click();
  await expect(conversation.getByText('Is it on fire?')).toBeVisible();
  await expect(conversation.getByText('nobody could establish')).toBeHidden();
  await conversation.getByText('Sender not verified').click();
  await expect(conversation.getByText('nobody could establish')).toBeVisible();
  await expect(conversation.getByRole('link', { name: 'Original message' })).toHaveCount(0);
  if (javaScript) {
    await hydrated(anna);
    await expectNoSidewaysScroll(anna);
    await expectNoAxeViolations(anna);
  }

  const dirk = await as('dirk');
  await dirk.goto(`/desk/${/ACME-\d+/.exec(anna.url())?.[0]}`);
  const original = dirk.getByRole('link', { name: 'Original message' }).first();
  const [download] = await Promise.all([dirk.waitForEvent('download'), original.click()]);
  expect(download.suggestedFilename()).toMatch(/^message-\d+\.eml$/);
});

test('an automatic answer is a folded line for staff and nothing for customers', async ({ as, server }) => {
  await receive(server.data, { id: 'holiday-0', from: ANNA, subject: 'Before the holiday', body: 'It is slow.' });
  await receive(server.data, {
    id: 'holiday-1', from: ANNA, subject: 'Out of office', more: ['Auto-Submitted: auto-replied', 'In-Reply-To: <holiday-0@acme.example>'], body: 'Back in June.',
  });
  const dirk = await as('dirk');
  await dirk.goto('/desk?q=Before%20the%20holiday');
  await hydrated(dirk);
  await dirk.locator('.queue__row', { hasText: 'Before the holiday' }).getByRole('link').first().click();
  await expect(dirk.getByRole('heading', { level: 1, name: 'Before the holiday' })).toBeVisible();
  await expect(dirk.getByText('Back in June.')).toBeHidden();
  await dirk.getByText('Automatic reply').click();
  await expect(dirk.getByText('Back in June.')).toBeVisible();
  await expectNoAxeViolations(dirk);
  const anna = await as('anna');
  await anna.goto(`/requests/${/ACME-\d+/.exec(dirk.url())?.[0]}`);
  await hydrated(anna);
  await expect(anna.getByRole('region', { name: 'Conversation' })).not.toContainText('Back in June.');
});

test('a stranger’s mail waits for an agent, who makes a ticket of it, puts it on one, or aside', { tag: ['@nojs', '@phone'] }, async ({ as, server, javaScriptEnabled, isMobile }) => {
  const javaScript = javaScriptEnabled !== false;
  const name = `${javaScript}-${isMobile}`;
  const subject = (what: string) => `${what} ${name}`;
  for (const what of ['Raise', 'Put', 'Aside']) {
    await receive(server.data, { id: `${what}-${name}`, from: WIM, subject: subject(what), verified: false, body: `Body of ${what}` });
  }
  const dirk = await as('dirk');
  const ready = async () => {
    if (!javaScript) return;
    await hydrated(dirk);
    await expectNoSidewaysScroll(dirk);
  };
  const open = async (what: string) => {
    await dirk.goto('/desk/mail');
    await ready();
    await dirk.getByRole('link', { name: subject(what), exact: true }).click();
    await expect(dirk.getByRole('heading', { level: 1 })).toHaveText(subject(what));
    await ready();
  };

  await open('Raise');
  await expect(dirk.getByText('Nobody with an account has this address.')).toBeVisible();
  await expect(dirk.getByText('Body of Raise')).toBeVisible();
  if (javaScript) await expectNoAxeViolations(dirk);
  await dirk.getByRole('button', { name: 'Make the ticket' }).click();
  await expect(dirk.locator('#requester-error'), 'nobody was chosen').toHaveText('Choose a person who is still here');
  await dirk.getByLabel('For whom').selectOption({ label: 'Acme Zorg: Bram Kuipers' });
  await dirk.getByRole('button', { name: 'Make the ticket' }).click();
  await expect(dirk).toHaveURL(/\/desk\/ACME-\d+/);
  await expect(dirk.getByRole('heading', { level: 1 })).toHaveText(subject('Raise'));
  await expect(dirk.getByText('Sent from wim@elsewhere.example')).toBeVisible();
  const key = /ACME-\d+/.exec(dirk.url())?.[0] ?? '';

  await open('Put');
  await dirk.getByLabel('Key of the ticket').fill('ACME-99999');
  await dirk.getByRole('button', { name: 'Put it there' }).click();
  await expect(dirk.locator('#key-error')).toHaveText('There is no ticket with this key');
  await dirk.getByLabel('Key of the ticket').fill(key.toLowerCase());
  await dirk.getByRole('button', { name: 'Put it there' }).click();
  await expect(dirk).toHaveURL(new RegExp(`/desk/${key}`));
  await expect(dirk.getByRole('region', { name: 'Conversation' })).toContainText('Body of Put');

  await open('Aside');
  await dirk.getByRole('button', { name: 'Put it aside' }).click();
  await expect(dirk).toHaveURL(/\/desk\/mail\?done=dismissed/);
  await expect(dirk.getByText('Put aside. It stands under')).toBeVisible();
  await expect(dirk.getByRole('link', { name: subject('Aside'), exact: true })).toHaveCount(0);
  await dirk.getByRole('link', { name: 'Put aside' }).click();
  await expect(dirk.getByRole('link', { name: subject('Aside'), exact: true })).toBeVisible();
});

test('an admin sees how mail leaves, and that nothing was given up', { tag: '@nojs' }, async ({ as, javaScriptEnabled }) => {
  const admin = await as('admin');
  await admin.goto('/admin/mail');
  if (javaScriptEnabled !== false) await hydrated(admin);
  await expect(admin.getByText('no mail server: mails are written into files')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Nothing was given up' })).toBeVisible();
});
