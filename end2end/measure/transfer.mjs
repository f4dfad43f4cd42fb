// What a signed-in customer's first visit to Requests transfers, with an empty cache, as Chromium counts it: the bytes
// on the wire of every resource, headers included. More than the budget is a failure.
import { chromium, request as requests } from '@playwright/test';
import { CHROMIUM, signInByRequest, startServer } from '../support/server.js';

const BUDGET = 300_000;
const PATH = '/requests';

const server = await startServer();
const browser = await chromium.launch(CHROMIUM);
let good = false;
try {
  const jar = await requests.newContext();
  await signInByRequest(jar, server.url, 'anna@acme.example');
  const context = await browser.newContext({ storageState: await jar.storageState(), viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await jar.dispose();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');

  /** @type {Map<string, { url: string, type: string, encoding: string, bytes: number, failed: boolean }>} */
  const resources = new Map();
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? '';
    resources.set(requestId, { url: response.url, type, encoding, bytes: 0, failed: false });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const resource = resources.get(requestId);
    if (resource) resource.bytes = encodedDataLength;
  });
  session.on('Network.loadingFailed', ({ requestId }) => {
    const resource = resources.get(requestId);
    if (resource) resource.failed = true;
  });

  const answer = await page.goto(`${server.url}${PATH}`);
  if (!answer?.ok() || new URL(page.url()).pathname !== PATH) throw new Error(`${PATH} answered ${answer?.status()} at ${page.url()}`);
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');

  const all = [...resources.values()].sort((a, b) => b.bytes - a.bytes);
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(10);
  for (const { url, type, encoding, bytes, failed } of all) {
    console.log(`${kilobytes(bytes)}  ${type.padEnd(11)} ${(encoding || '-').padEnd(5)} ${url.replace(server.url, '')}${failed ? '  FAILED' : ''}`);
  }
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${kilobytes(total)}  in all, of at most ${kilobytes(BUDGET).trim()}`);
  const broken = all.filter(({ failed }) => failed);
  good = total <= BUDGET && total > 10_000 && broken.length === 0;
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = good ? 0 : 1;
