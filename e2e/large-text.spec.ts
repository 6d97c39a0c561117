// SPDX-License-Identifier: MIT
// Text of twice the size, and a page that is zoomed to twice its size: nothing is cut and everything can be pressed.
import type { Page } from '@playwright/test';
import { expectFits } from './support/fits.ts';
import { Places } from './support/places.ts';
import { test } from './support/test.ts';

test.describe.configure({ timeout: 600_000 });
test.use({ viewport: { width: 1280, height: 800 } });

const lookAt = (page: Page) => (where: string, part?: string) => expectFits(page, where, part);

test('text of twice the size', async ({ page }) => {
  await page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%')),
  );
  await new Places(page, lookAt(page), false, false).all();
});

test.describe('zoomed', () => {
  // What a page of 1280 × 800 is to its styles at 200 %.
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('a page of twice the size', async ({ page }) => {
    await new Places(page, lookAt(page), true, false).all();
  });
});
