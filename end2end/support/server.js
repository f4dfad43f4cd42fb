// Starts the released server on a temporary data folder and a free port, and stops it again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const binary = process.env.LOKET_BIN ?? join(root, 'target/release/loket');
const site = process.env.LOKET_SITE ?? join(root, 'target/site');

/** The password of everyone in the demo. */
export const PASSWORD = 'welcome-to-loket';

/**
 * Where Chromium is, and what keeps it quiet: no sandbox (containers run as root), no traffic of its own.
 */
export const CHROMIUM = {
  executablePath: process.env.LOKET_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
};

/** @returns {Promise<number>} a port that nobody listens on just now */
function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))));
    });
  });
}

/**
 * A running `loket serve --demo`.
 * @typedef {{ url: string, data: string, pid: number, log: () => string, stop: () => Promise<void> }} Server
 */

/**
 * Starts a server and waits until it answers.
 * @param {{ clock?: string, env?: Record<string, string> }} [options] `clock`: where the server's time starts (RFC 3339)
 * @returns {Promise<Server>}
 */
export async function startServer({ clock, env = {} } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'loket-e2e-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, LOKET_DATA: data, LOKET_LISTEN: url.slice('http://'.length), LOKET_SITE: site, ...env };
  delete environment.DATABASE_URL;
  if (clock) environment.LOKET_CLOCK = clock;
  const child = spawn(binary, ['serve', '--demo'], { cwd: data, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (/** @type {Buffer} */ text) => { log = (log + text).slice(-200_000); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  /** @type {Promise<number | string>} */
  const ended = new Promise((end) => {
    child.once('error', (error) => end(String(error)));
    child.once('exit', (code, signal) => end(signal ?? code ?? 'unknown'));
  });
  let over = /** @type {number | string | undefined} */ (undefined);
  void ended.then((how) => { over = how; });

  const stop = async () => {
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(patience);
    await rm(data, { recursive: true, force: true });
  };
  for (const started = Date.now(); Date.now() - started < 60_000;) {
    if (over !== undefined) throw new Error(`${binary} ended with ${over}\n${log}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return { url, data, pid: child.pid ?? 0, log: () => log, stop };
    await new Promise((wake) => setTimeout(wake, 50));
  }
  await stop();
  throw new Error(`${binary} did not answer /healthz within a minute\n${log}`);
}

/**
 * Hands a message to `loket mail receive`, as a mail server does; its exit status.
 * @param {{ data: string }} server whose it is
 * @param {string} message
 * @param {Record<string, string>} [env]
 * @returns {Promise<number | null>}
 */
export function receiveMail({ data }, message, env = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, LOKET_DATA: data, ...env };
  delete environment.DATABASE_URL;
  return new Promise((ended, failed) => {
    const child = spawn(binary, ['mail', 'receive'], { cwd: data, env: environment, stdio: ['pipe', 'ignore', 'inherit'] });
    child.once('error', failed).once('exit', ended);
    child.stdin.end(message);
  });
}

/**
 * Signs in as the form does without JavaScript, with the cookie jar of a browser context.
 * @param {import('@playwright/test').APIRequestContext} request
 * @param {string} url of the server
 * @param {string} email
 */
export async function signInByRequest(request, url, email) {
  const html = await (await request.get(`${url}/login`)).text();
  const form = html.split('<form').find((part) => part.includes('type="password"'))?.split('</form>')[0];
  if (!form) throw new Error('/login has no form with a password');
  const attribute = (/** @type {string} */ tag, /** @type {string} */ name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text'];
    if (!name || type === 'submit' || type === 'checkbox') continue;
    fields[name] = type === 'password' ? PASSWORD : type === 'hidden' ? (attribute(tag, 'value') ?? '') : email;
  }
  const answer = await request.post(new URL(attribute(form, 'action') ?? '/login', url).href, {
    form: fields, headers: { origin: url, accept: 'text/html' }, maxRedirects: 0,
  });
  const cookies = (await request.storageState()).cookies;
  if (cookies.length === 0) throw new Error(`signing in as ${email} answered ${answer.status()} and set no cookie`);
}
