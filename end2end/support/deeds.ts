// What a test needs to have happened before it begins, done as forms do it without JavaScript.
import { request as playwrightRequest, expect, type APIRequestContext } from '@playwright/test';
import { PEOPLE, type Person } from './fixtures.js';
import { signInByRequest } from './server.js';

const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** Someone of the demo who works without a browser. */
export class Deeds {
  private constructor(private readonly url: string, readonly api: APIRequestContext) {}

  static async of(url: string, person: Person): Promise<Deeds> {
    const api = await playwrightRequest.newContext({ baseURL: url });
    await signInByRequest(api, url, PEOPLE[person]);
    return new Deeds(url, api);
  }

  /** Raises a question; its key. */
  async raise(subject: string, priority = 'low'): Promise<string> {
    const form = await (await this.api.get('/requests/new/question')).text();
    const answer = await this.send('/api/ticket/raise', {
      place: hidden(form, 'place'), form: 'question', nonce: hidden(form, 'nonce'), subject, description: `${subject}, in more words.`, priority,
    });
    return /ACME-\d+|BORE-\d+/.exec(answer)?.[0] ?? 'no key';
  }

  async reply(key: string, text: string): Promise<void> {
    await this.send('/api/ticket/reply', { place: `reply/${key}`, key, text });
  }

  /** Writes as an agent: `answer`, `note`, `return`, `resolve`. */
  async compose(key: string, kind: string, text: string): Promise<void> {
    await this.send('/api/desk/compose', { place: `desk/${key}`, key, version: await this.version(key), kind, text });
  }

  /** Presses a button as an agent: `accept`, `reopen`. */
  async act(what: string, key: string): Promise<void> {
    await this.send(`/api/desk/${what}`, { key, version: await this.version(key) }, false);
  }

  async post(path: string, fields: Record<string, string>): Promise<void> {
    await this.send(path, fields, false);
  }

  private async version(key: string): Promise<string> {
    return hidden(await (await this.api.get(`/desk/${key}`)).text(), 'version');
  }

  private async send(path: string, fields: Record<string, string>, multipart = true): Promise<string> {
    const headers = { origin: this.url, accept: 'application/json' };
    const answer = await this.api.post(path, multipart ? { headers, multipart: fields } : { headers, form: fields });
    const text = await answer.text();
    expect(answer.status(), `${path}: ${text}`).toBe(200);
    return text;
  }

  async end(): Promise<void> {
    await this.api.dispose();
  }
}
