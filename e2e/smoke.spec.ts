// SPDX-License-Identifier: MIT
// The first screen, on every kind of screen and browser: it offers two ways in and starts nothing by itself.
import { AxeBuilder } from '@axe-core/playwright';
import { fileURLToPath } from 'node:url';
import { serveFolder } from './support/plain-server.ts';
import { expect, test } from './support/test.ts';

const kDist = fileURLToPath(new URL('../dist', import.meta.url));

/** Runs in the page before its own scripts: notes what would make a sound or a prompt. */
function watchForStarts(): void {
  const scope = globalThis as unknown as { starts: string[] };
  scope.starts = [];
  const Context = AudioContext;
  globalThis.AudioContext = class extends Context {
    constructor(options?: AudioContextOptions) {
      scope.starts.push('AudioContext');
      super(options);
    }
  };
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints) => {
    scope.starts.push('getUserMedia');
    return ask(constraints);
  };
}

test('the first screen offers two ways in and starts nothing', async ({ page }) => {
  await page.addInitScript(watchForStarts);
  await page.goto('./');
  await expect(page.getByRole('button', { name: /play the demo/i })).toBeInViewport();
  await expect(page.getByRole('button', { name: /plug in/i })).toBeInViewport();
  await page.waitForLoadState('networkidle');
  const starts = await page.evaluate(() => (globalThis as unknown as { starts: string[] }).starts);
  expect(starts).toEqual([]);
});

test('nothing lies outside the screen to the right', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: /play the demo/i })).toBeVisible();
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  expect(content).toBeLessThanOrEqual(screen ?? 0);
});

test('axe finds nothing on the first screen', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: /play the demo/i })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('the app runs below a path of a plain static host', async ({ page }) => {
  const host = await serveFolder(kDist, { under: '/music/sonic/' });
  try {
    await page.goto(`${host.url}music/sonic/index.html`);
    await expect(page.getByRole('button', { name: /play the demo/i })).toBeVisible();
  } finally {
    await host.close();
  }
});
