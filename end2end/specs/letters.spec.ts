// Every mail there is, as the snapshots of the backend have it, in the themes and widths it is read in. Each run leaves
// screenshots in its results.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { expectNoSidewaysScroll } from '../support/fixtures.js';

const FOLDER = join(import.meta.dirname, '../../backend/tests/mail');
/** Of what axe knows, what holds for a letter: it has no landmarks, and its layout is a table. */
const RULES = ['color-contrast', 'link-in-text-block', 'link-name', 'html-has-lang', 'html-lang-valid', 'image-alt', 'document-title'];

test('every mail can be read in light and dark', { tag: '@phone' }, async ({ page, isMobile }, info) => {
  test.setTimeout(300_000);
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.html')).sort();
  expect(names.length, 'each kind of mail in both languages').toBeGreaterThan(40);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const name of names) {
      await page.goto(pathToFileURL(join(FOLDER, name)).href);
      await expectNoSidewaysScroll(page);
      // Colours are the same whatever the language and the width.
      if (isMobile || name.endsWith('.nl.html')) continue;
      const { violations } = await new AxeBuilder({ page }).withRules(RULES).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`), `${name}, ${colorScheme}`).toEqual([]);
      await page.screenshot({ path: info.outputPath(`${name.replace('.html', '')}.${colorScheme}.png`), fullPage: true });
    }
  }
});
