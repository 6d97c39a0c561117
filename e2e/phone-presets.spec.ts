// SPDX-License-Identifier: MIT
// Presets under a thumb.
import { expectAccessible } from './support/axe.ts';
import { rigNames, rigRow, saveAs, yours } from './support/presets.ts';
import { playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

test('rigs by thumb: tag, star, load, compare, step, save', async ({ page }) => {
  await playDemo(page);
  const rigs = page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: 'Rigs' });
  const title = page.locator('.phone-top .project .strong');
  await rigs.tap();
  await expectAccessible(page, 'rigs');

  await page.getByRole('button', { name: 'ambient', exact: true }).tap();
  await expect.poll(() => rigNames(page)).toEqual(['Slow bloom', 'Deep water']);
  await page.getByRole('button', { name: 'Favourite: Deep water' }).tap();
  await page.getByRole('button', { name: 'ambient', exact: true }).tap();
  await page.getByRole('button', { name: 'Favourites', exact: true }).tap();
  await expect.poll(() => rigNames(page)).toEqual(['Deep water']);
  await page.getByRole('button', { name: 'Favourites', exact: true }).tap();

  // A rig that is chosen is shown.
  await rigRow(page, 'Glass clean').tap();
  await expect(title).toHaveText('Glass clean');
  await expect(page.locator('sc-rack')).toBeVisible();

  await rigs.tap();
  await page.getByRole('radio', { name: 'B', exact: true }).tap();
  await page.getByRole('button', { name: 'Next rig' }).tap();
  await expect(title).toHaveText('Small combo');
  await page.getByRole('radio', { name: 'A', exact: true }).tap();
  await expect(title).toHaveText('Glass clean');

  await saveAs(page, 'On the train', 'clean');
  await expect(title).toHaveText('On the train');
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['On the train']);
  await yours(page).getByRole('button', { name: 'On the train menu' }).tap();
  await page.getByRole('menuitem', { name: 'Delete' }).tap();
  await expect(yours(page)).toHaveCount(0);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).tap();
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['On the train']);
});
