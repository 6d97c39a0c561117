// SPDX-License-Identifier: MIT
// A new version is offered, never forced, and takes the open project along.
import type { Page } from '@playwright/test';
import { AppServer, expectKept, findUpdate } from './support/app-server.ts';
import { card, dial, numberOf } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 60_000 });

let server: AppServer;
test.beforeEach(async ({ page }) => {
  server = await AppServer.start();
  await page.goto(server.url);
  await expectKept(page);
});
test.afterEach(() => server.end());

const offer = (page: Page) => page.getByText('A new version is ready.');
const release = (page: Page) => page.locator('html').getAttribute('data-release');
const mark = (page: Page) =>
  page.evaluate(() => ((globalThis as { isSamePage?: boolean }).isSamePage = true));
const isSamePage = (page: Page) =>
  page.evaluate(() => (globalThis as { isSamePage?: boolean }).isSamePage === true);

async function startDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible({
    timeout: 20_000,
  });
}

test('waits while it plays, then runs the new version with the same project', async ({ page }) => {
  await startDemo(page);
  const drive = dial(card(page, 'Overdrive'), 'Drive');
  await drive.press('ArrowUp');
  const turned = await numberOf(drive);

  server.release('second');
  await findUpdate(page);
  await expect(offer(page)).toBeHidden();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(offer(page)).toBeVisible();
  // Offered again after the next song too.
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(offer(page)).toBeHidden();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(offer(page)).toBeVisible();
  expect(await release(page)).toBeNull();

  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => release(page).catch(() => '')).toBe('second');
  await expect(drive).toBeVisible({ timeout: 20_000 });
  expect(await numberOf(drive)).toBe(turned);
});

test('can be put away', async ({ page }) => {
  server.release('second');
  await findUpdate(page);
  await expect(offer(page)).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(offer(page)).toBeHidden();
  expect(await release(page)).toBeNull();
});

test('a second tab goes on until it is asked itself', async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto(server.url);
  await startDemo(other);
  await mark(other);

  server.release('second');
  await findUpdate(page);
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => release(page).catch(() => '')).toBe('second');

  expect(await isSamePage(other)).toBe(true);
  await expect(offer(other)).toBeHidden();
  // A part of the old version that this tab has not fetched yet, and that the server has no more.
  await other.getByRole('button', { name: 'Settings' }).click();
  await expect(other.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await other.keyboard.press('Escape');
  await other.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(offer(other)).toBeVisible();
  await other.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => release(other).catch(() => '')).toBe('second');
});
