// SPDX-License-Identifier: MIT
// The same project in two tabs: one of them changes it, and neither writes over the other.
import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { expectSaved, newProject, writes } from './support/projects.ts';
import { card, dial, numberOf } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 90_000 });

const drive = (page: Page) => dial(card(page, 'Overdrive'), 'Drive');
const bass = (page: Page) => dial(card(page, 'Amp crunch'), 'Bass');
const alert = (page: Page) => page.locator('.banner');
const takeOver = (page: Page) =>
  alert(page).getByRole('button', { name: 'Take over here' }).click();

/** A project in one tab, and a second one that looks on. */
async function openTwice(page: Page, context: BrowserContext): Promise<Page> {
  await page.goto('./');
  await newProject(page, 'Small combo');
  const second = await context.newPage();
  await second.goto('./');
  await expect(alert(second)).toContainText('This project is open in another tab.');
  return second;
}

test('the second tab looks on, takes over, and the first one writes no more', async ({
  page,
  context,
}) => {
  const second = await openTwice(page, context);
  await expectAccessible(second, 'open in another tab');
  await expect(second.locator('.button.primary')).toHaveText(['Take over here']);
  const before = await numberOf(drive(second));
  await drive(second).press('End');
  await expect.poll(() => numberOf(drive(second)), 'read only').toBe(before);

  // Not yet written when the other tab asks for it.
  await drive(page).press('End');
  const turned = await numberOf(drive(page));
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled();
  await takeOver(second);
  await expect(alert(second)).toBeHidden();
  await expect(second.locator('.button.primary')).toHaveText(['Tap to start sound']);
  await expect.poll(() => numberOf(drive(second))).toBe(turned);
  await expect(alert(page)).toContainText('This project went on in another tab.');
  await expectAccessible(page, 'went on in another tab');

  await bass(second).press('End');
  await expect(second.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled();
  await bass(page).press('Home');
  await drive(page).press('Home');
  await expect.poll(() => numberOf(drive(page)), 'read only').toBe(turned);

  // Back again, by the same way: both tabs' work is there.
  await takeOver(page);
  await expect(alert(page)).toBeHidden();
  await expect.poll(() => numberOf(bass(page))).toBe(10);
  expect(await numberOf(drive(page))).toBe(turned);
  await expect(alert(second)).toContainText('This project went on in another tab.');
});

test('a tab that is closed lets go, and the other one goes on by itself', async ({
  page,
  context,
}) => {
  const second = await openTwice(page, context);
  const before = await writes(page);
  await drive(page).press('End');
  const turned = await numberOf(drive(page));
  await expect.poll(() => writes(page)).toBeGreaterThan(before);
  await page.close();
  await expect(alert(second)).toBeHidden();
  await expect.poll(() => numberOf(drive(second))).toBe(turned);
  await bass(second).press('Home');
  await expect(bass(second)).toHaveAttribute('aria-valuenow', '0');
  await expectSaved(second);
});

test('a tab that does not answer loses it all the same', async ({ page, context }) => {
  const second = await openTwice(page, context);
  // Stopped as a debugger stops it: it holds the lock and hears nothing.
  const cdp = await context.newCDPSession(page);
  await cdp.send('Debugger.enable');
  await cdp.send('Debugger.pause');
  void page.evaluate('1').catch(() => undefined);
  await takeOver(second);
  await expect(alert(second)).toBeHidden();
  const before = await writes(second);
  await drive(second).press('End');
  await expect.poll(() => writes(second)).toBeGreaterThan(before);
  const turned = await numberOf(drive(second));
  await cdp.send('Debugger.resume');
  await cdp.send('Debugger.disable');
  await expect(alert(page)).toContainText('This project went on in another tab.');
  await drive(page).press('Home');
  await second.reload();
  await expect.poll(() => numberOf(drive(second))).toBe(turned);
});
