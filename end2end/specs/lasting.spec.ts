// What the server has said yes to stays, whatever happens to it; and what was to end, ends.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request as playwrightRequest } from '@playwright/test';
import { Deeds } from '../support/deeds.js';
import { expect, test } from '../support/fixtures.js';
import { lettersTo } from '../support/letter.js';
import { signInByRequest, startServer } from '../support/server.js';

test('a request that was acknowledged survives the server being killed', async () => {
  const first = await startServer({ clock: '2026-04-24T10:00:00+02:00' });
  let second: typeof first | undefined;
  try {
    const anna = await Deeds.of(first.url, 'anna');
    const key = await anna.raise('Said yes to');
    process.kill(first.pid, 'SIGKILL');
    await anna.end();
    second = await startServer({ clock: '2026-04-24T10:05:00+02:00', env: { LOKET_DATA: first.data } });
    const bram = await Deeds.of(second.url, 'bram');
    expect(await (await bram.api.get(`/requests/${key}`)).text()).toContain('Said yes to');
    await bram.end();
  } finally {
    await second?.stop();
    await first.stop();
  }
});

test('an invitation works for seven days and no longer', async () => {
  test.slow();
  const first = await startServer({ clock: '2026-04-24T10:00:00+02:00' });
  const copies: string[] = [];
  try {
    const anna = await playwrightRequest.newContext({ baseURL: first.url });
    await signInByRequest(anna, first.url, 'anna@acme.example');
    const organisation = /name="organisation_id" value="(\d+)"/.exec(await (await anna.get('/account')).text())?.[1] ?? '';
    const invited = await anna.post('/api/account/invite', {
      headers: { origin: first.url, accept: 'application/json' },
      form: { organisation_id: organisation, email: 'nora@acme.example', name: 'Nora Bos', role: 'member' },
    });
    expect(invited.status(), await invited.text()).toBe(200);
    let link = '';
    await expect(async () => {
      const text = (await lettersTo(first.data, 'nora@acme.example'))[0]?.text ?? '';
      link = /\/link\/\S+/.exec(text)?.[0] ?? '';
      expect(link).not.toBe('');
    }).toPass({ timeout: 15_000 });
    await anna.dispose();
    process.kill(first.pid, 'SIGKILL');
    for (const [clock, status, says] of [['2026-05-01T09:55:00+02:00', 200, 'Welcome, Nora Bos'], ['2026-05-01T10:05:00+02:00', 404, 'This link no longer works']] as const) {
      const copy = await mkdtemp(join(tmpdir(), 'loket-e2e-'));
      copies.push(copy);
      await cp(first.data, copy, { recursive: true });
      const later = await startServer({ clock, env: { LOKET_DATA: copy } });
      try {
        const answer = await fetch(later.url + link, { headers: { 'accept-language': 'en' } });
        expect(answer.status, clock).toBe(status);
        expect(await answer.text()).toContain(says);
      } finally {
        await later.stop();
      }
    }
  } finally {
    await first.stop();
    for (const copy of copies) await rm(copy, { recursive: true, force: true });
  }
});
