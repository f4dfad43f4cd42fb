// Another organisation's ticket answers exactly as one that does not exist.
import { request as playwrightRequest, type APIRequestContext } from '@playwright/test';
import { expect, PEOPLE, test } from '../support/fixtures.js';
import { signInByRequest } from '../support/server.js';

test.use({ allowedConsole: [/404/] });

async function signedIn(url: string, email: string): Promise<APIRequestContext> {
  const context = await playwrightRequest.newContext({ baseURL: url });
  await signInByRequest(context, url, email);
  return context;
}

/** What an answer says, without the keys and numbers that were asked for and those that differ each time. */
async function said(answer: { status(): number; text(): Promise<string> }, ...asked: string[]): Promise<{ status: number; text: string }> {
  let text = await answer.text();
  for (const name of asked) text = text.replaceAll(name, '·');
  // Preloads name the pieces of the browser's half that this answer asks for early; which ones were known in time varies.
  text = text.replace(/<link [^>]*rel="(?:module)?preload"[^>]*>/g, '').replace(/nonce="[^"]*"/g, '').replace(/"now":\d+/g, '').replace(/\b\d{13}\b/g, '');
  return { status: answer.status(), text };
}

test('page, files and every server function of a foreign ticket answer as for a key that does not exist', async ({ server }) => {
  const anna = await signedIn(server.url, PEOPLE.anna);
  const carla = await signedIn(server.url, PEOPLE.carla);

  // A request of Acme with a file, raised now.
  const form = await (await anna.get('/requests/new/question')).text();
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
  const raised = await anna.post('/api/ticket/raise', {
    headers: { origin: server.url, accept: 'application/json' },
    multipart: {
      place: hidden('place'), form: 'question', nonce: hidden('nonce'), subject: 'Only for Acme', description: 'A secret of ward 3.', priority: 'low',
      files: { name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('a secret of ward 3') },
    },
  });
  expect(raised.status(), await raised.text()).toBe(200);
  const key = /ACME-\d+/.exec(await raised.text())?.[0] ?? '';
  const page = await (await anna.get(`/requests/${key}`)).text();
  const file = /\/files\/(\d+)/.exec(page)?.[1] ?? '';
  expect(file, 'the request shows its file').not.toBe('');
  expect((await anna.get(`/files/${file}`)).status()).toBe(200);

  const missing = 'ACME-99999';
  const own = await said(await carla.get(`/requests/${key}`), key);
  expect(own.status).toBe(404);
  expect(own.text).not.toContain('Only for Acme');
  expect(own).toEqual(await said(await carla.get(`/requests/${missing}`), missing));
  expect(await said(await carla.get(`/files/${file}`), file)).toEqual(await said(await carla.get('/files/99999999'), '99999999'));
  expect((await carla.get(`/files/${file}`)).status()).toBe(404);
  expect((await carla.get(`/desk/${key}`)).status()).toBe(404);

  const deeds: Record<string, Record<string, string>> = {
    
    '/api/ticket/confirm': {},
    '/api/ticket/withdraw': {},
    '/api/ticket/set_confidential': { on: 'true' },
    '/api/ticket/add_participant': { user_id: '1' },
    '/api/ticket/remove_participant': { user_id: '1' },
    
    '/api/desk/accept': { version: '1' },
    '/api/desk/take_back': { version: '1' },
    '/api/desk/reopen': { version: '1' },
    '/api/desk/change_priority': { version: '1', priority: 'low', reason: 'why not' },
    '/api/desk/close': { version: '1', reason: 'spam', duplicate_of: '' },
  };
  for (const url of ['/api/portal/request', '/api/desk/ticket']) {
    const answer = async (key: string) => said(await carla.get(`${url}?key=${key}`, { headers: { accept: 'application/json' } }), key);
    const foreign = await answer(key);
    expect(foreign, url).toEqual(await answer(missing));
    expect(foreign.status, url).toBe(404);
  }
  const headers = { origin: server.url, accept: 'application/json' };
  for (const [url, fields] of Object.entries(deeds)) {
    const answer = async (key: string) => said(await carla.post(url, { headers, form: { key, ...fields } }), key);
    const foreign = await answer(key);
    expect(foreign, url).toEqual(await answer(missing));
    expect(foreign.status, `${url}: ${foreign.text}`).toBe(404);
  }
  for (const url of ['/api/ticket/reply', '/api/desk/compose']) {
    const answer = async (key: string) => said(await carla.post(url, {
      headers, multipart: { place: `reply/${key}`, key, version: '1', kind: 'answer', text: 'Hello?' },
    }), key);
    const foreign = await answer(key);
    expect(foreign, url).toEqual(await answer(missing));
    expect(foreign.status, `${url}: ${foreign.text}`).toBe(404);
  }
  await anna.dispose();
  await carla.dispose();
});

test('an internal note reaches no customer', async ({ server, as }) => {
  const dirk = await signedIn(server.url, PEOPLE.dirk);
  const desk = await (await dirk.get('/desk?organisation=ACME&queue=open')).text();
  const key = /\/desk\/(ACME-\d+)/.exec(desk)?.[1] ?? '';
  const ticket = await (await dirk.get(`/desk/${key}`)).text();
  const version = /name="version" value="(\d+)"/.exec(ticket)?.[1] ?? '';
  const secret = 'Quetzal-7341 is for staff alone';
  const noted = await dirk.post('/api/desk/compose', {
    headers: { origin: server.url, accept: 'application/json' },
    multipart: { place: `desk/${key}`, key, version, kind: 'note', text: secret },
  });
  expect(noted.status(), await noted.text()).toBe(200);
  expect(await (await dirk.get(`/desk/${key}`)).text()).toContain('Quetzal-7341');
  const anna = await as('anna');
  for (const path of ['/', '/requests', `/requests/${key}`, '/requests?show=all&q=Quetzal']) {
    const html = (await (await anna.request.get(path)).text()).replaceAll('q=Quetzal', '').replaceAll('"Quetzal"', '');
    expect(html, path).not.toContain('Quetzal-7341');
  }
  const found = await anna.request.get('/requests?show=all&q=Quetzal-7341');
  expect(await found.text()).not.toContain(`/requests/${key}"`);
  await dirk.dispose();
});
