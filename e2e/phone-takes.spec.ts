// SPDX-License-Identifier: MIT
// Takes under a thumb.
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { centreOf, touchDragBy } from './support/gestures.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { playDemo } from './support/rack.ts';
import { expectRecorded, lengthOf, menuOf, position, secondsAt, takeRow } from './support/takes.ts';
import { expect, test } from './support/test.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 90_000 });

const showTakes = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Screens' }).getByText('Takes').tap();

test('recorded, seen, sought, played, named and thrown away by touch', async ({ page }) => {
  const loudspeaker = await Loudspeaker.install(page);
  await playDemo(page);
  await showTakes(page);
  await page.getByRole('button', { name: 'Record a take' }).tap();
  await expectRecorded(page, 3);
  await expect(page.getByText(/ left$/)).toBeVisible();
  await expectAccessible(page, 'recording');
  await page.getByRole('button', { name: 'Stop recording' }).tap();
  const slider = position(page, 'Take 1');
  await expect(slider).toBeVisible();
  const seconds = await lengthOf(slider);

  await page.getByRole('button', { name: 'Stop', exact: true }).tap();
  const { x, y } = await centreOf(slider);
  await page.touchscreen.tap(x, y);
  await expect.poll(() => secondsAt(slider)).toBeCloseTo(seconds / 2, 0);
  await touchDragBy(page, slider, { dx: -150 });
  await expect.poll(() => secondsAt(slider)).toBeLessThan(0.2 * seconds);

  await expect.poll(() => loudspeaker.nowDb(), { timeout: 20_000 }).toBeLessThan(-80);
  await loudspeaker.forget();
  await expect(async () => {
    await page.getByRole('button', { name: 'Play Take 1' }).tap();
    await expect(page.getByRole('button', { name: 'Stop Take 1' })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect.poll(() => loudspeaker.highestDb()).toBeGreaterThan(-45);

  await menuOf(page, 'Take 1').tap();
  await page.getByRole('menuitem', { name: 'Rename' }).tap();
  await page.getByRole('textbox', { name: 'Name of the take' }).fill('Riff');
  await page.keyboard.press('Enter');
  await menuOf(page, 'Riff').tap();
  await page.getByRole('menuitem', { name: 'Remove' }).tap();
  await expect(takeRow(page, 'Riff')).toBeHidden();
  await expect(page.getByText('No take yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().tap();
  await expect(takeRow(page, 'Riff')).toBeVisible();
});
