// What every end-to-end test starts from: a server of its own file, people of the demo, a browser whose console stays
// silent, and axe.
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Browser, type BrowserContext, type Page, type TestInfo } from '@playwright/test';
import { PASSWORD, signInByRequest, startServer } from './server.js';

export { expect };

/** The people of the demo. */
export const PEOPLE = {
  anna: 'anna@acme.example',
  bram: 'bram@acme.example',
  carla: 'carla@borealis.example',
  dirk: 'dirk@loket.example',
  fenna: 'fenna@loket.example',
  eva: 'eva@loket.example',
  admin: 'admin@loket.example',
} as const;
export type Person = keyof typeof PEOPLE;

type Server = Awaited<ReturnType<typeof startServer>>;

/** One server for each test file and clock; the last one of a worker is stopped when the next file begins. */
type Servers = (file: string, clock: string | undefined) => Promise<Server>;

interface TestFixtures {
  /** `test.use({ clock: '2026-04-24T17:30:00+02:00' })`: where the server's time starts. */
  clock: string | undefined;
  /**
   * `test.use({ allowedConsole: [/404/] })`: what the browser may complain about in these tests. Always a list of one:
   * Playwright takes a list of two for a value and its options.
   */
  allowedConsole: RegExp[];
  server: Server;
  /** Opens a page, and with JavaScript waits until WebAssembly has taken over. */
  visit: (page: Page, path: string) => Promise<void>;
  /** A page in a browser context of its own, signed in as this person. */
  as: (person: Person) => Promise<Page>;
}

interface WorkerFixtures { servers: Servers }

/** Not complaints about the page: Chromium's note on a preload that JavaScript, switched off, did not use. */
const HARMLESS = [/was preloaded using link preload but not used/];

export const test = base.extend<TestFixtures, WorkerFixtures>({
  clock: [undefined, { option: true }],
  allowedConsole: [[], { option: true }],

  servers: [async ({}, use) => {
    let current: { key: string; server: Server } | undefined;
    await use(async (file, clock) => {
      const key = `${file} ${clock ?? ''}`;
      if (current?.key !== key) {
        await current?.server.stop();
        current = undefined;
        current = { key, server: await startServer({ clock }) };
      }
      return current.server;
    });
    await current?.server.stop();
  }, { scope: 'worker' }],

  server: async ({ servers, clock }, use, info) => {
    const server = await servers(info.file, clock);
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server log', { body: server.log(), contentType: 'text/plain' });
    }
  },

  baseURL: async ({ server }, use) => use(server.url),

  context: async ({ context, allowedConsole, javaScriptEnabled }, use) => {
    const complaints = listen(context, allowedConsole, javaScriptEnabled !== false);
    await use(context);
    expect(complaints, 'the browser complained').toEqual([]);
  },

  visit: async ({ javaScriptEnabled }, use) => {
    await use(async (page, path) => {
      await page.goto(path);
      if (javaScriptEnabled !== false) await hydrated(page);
    });
  },

  as: async ({ browser, server, contextOptions, allowedConsole, javaScriptEnabled, isMobile, hasTouch, viewport, userAgent, locale, timezoneId, colorScheme, deviceScaleFactor }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[][] = [];
    const options: Parameters<Browser['newContext']>[0] = {
      ...contextOptions, baseURL: server.url, javaScriptEnabled, isMobile, hasTouch, viewport, userAgent, locale, timezoneId, colorScheme, deviceScaleFactor,
    };
    await use(async (person) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      complaints.push(listen(context, allowedConsole, javaScriptEnabled !== false));
      await signInByRequest(context.request, server.url, PEOPLE[person]);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(complaints.flat(), 'the browser complained').toEqual([]);
  },
});

/** Collects what the browser complains about: errors and warnings on the console, and exceptions nobody caught. */
function listen(context: BrowserContext, allowed: RegExp[], javaScript: boolean): string[] {
  const complaints: string[] = [];
  const ignored = javaScript ? allowed : [...allowed, ...HARMLESS];
  const add = (text: string) => { if (!ignored.some((pattern) => pattern.test(text))) complaints.push(text); };
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') add(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => add(String(error.error())));
  return complaints;
}

/** Waits until WebAssembly has taken over the page. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

/** Signs in as a person does, through the page. */
export async function signIn(page: Page, person: Person, password: string = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail').fill(PEOPLE[person]);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Of what axe knows, what a theme can change: the rest holds for both when it holds for one. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Nothing that axe knows of is wrong with the page, in the light and in the dark theme. */
export async function expectNoAxeViolations(page: Page, info: TestInfo = test.info()): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
    else axe.withRules(RULES_OF_COLOUR);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
    if (found.length > 0) await info.attach(`axe ${colorScheme}`, { body: JSON.stringify(violations, null, 2), contentType: 'application/json' });
    expect(found, `axe, ${colorScheme}, ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Nothing sticks out sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, 'pixels wider than the window').toBeLessThanOrEqual(0);
}
