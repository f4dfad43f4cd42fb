// Every test runs on a desktop. Tags add the other ways of looking: `@phone`, `@nojs` (JavaScript off);
// `@only-phone` and `@only-nojs` take a test off the desktop.
import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './support/server.js';

const report = process.env.LOKET_E2E_JSON;

export default defineConfig({
  testDir: 'specs',
  // A file's tests share a server and run in order; files run side by side.
  fullyParallel: false,
  workers: Number(process.env.LOKET_E2E_WORKERS ?? 2),
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    locale: 'en-GB',
    // Far from the calendars' zone: what a page shows must not depend on the computer's.
    timezoneId: 'Pacific/Auckland',
    // Nothing moves while it is measured or photographed.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } }, grepInvert: /@only-/ },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
      grep: /@(only-)?phone\b/,
    },
    { name: 'nojs', use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false }, grep: /@(only-)?nojs\b/ },
  ],
});
