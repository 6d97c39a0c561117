// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { saveAs, yours } from '../../support/presets.ts';
import { card, dial, playDemo } from '../../support/rack.ts';
import {
  choose,
  closed,
  dialog,
  go,
  popover,
  press,
  said,
  toast,
  toastAndBar,
  type Story,
} from '../story.ts';

export const kPresetStories: readonly Story[] = [
  {
    title: 'Presets',
    run: async ({ page, isPhone, take, takeBanner }) => {
      await playDemo(page);
      const drive = dial(card(page, 'Overdrive'), 'Drive');
      const rigs = async () => {
        if (isPhone) await go(page, 'Rigs');
      };
      const openRigMenu = () => page.locator('.rig-name, [aria-label="Rig menu"]').click();
      const side = page.locator('nav.side');
      const head = page.locator('.rack-head, .phone-rig');

      await drive.press('PageUp');
      await rigs();
      await openRigMenu();
      await take('rig-menu', 'The rig’s menu', popover(page), head);
      await choose(page, 'Save as a preset');
      await expect(dialog(page)).toBeVisible();
      await take('preset-save', 'Saving a rig as a preset', dialog(page));
      await page.keyboard.press('Escape');
      await saveAs(page, 'Tuesday take', 'crunch');
      await saveAs(page, 'Baritone low A', 'metal');
      await expect(toast(page)).toHaveCount(0);
      await openRigMenu();
      await choose(page, 'Save as a preset');
      await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Tuesday take');
      await said(page, 'There is a preset “Tuesday take” already.');
      await take('preset-twice', 'A name that is taken', dialog(page));
      await page.keyboard.press('Escape');

      await press(page, 'Favourite: Glass clean');
      await yours(page).getByRole('button', { name: 'Tuesday take menu', exact: true }).click();
      await take('preset-menu', 'A preset’s menu', popover(page), side);
      await choose(page, 'Name and tags');
      await expect(dialog(page)).toBeVisible();
      await take('preset-edit', 'Name and tags', dialog(page));
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'ambient', exact: true }).click();
      await take('presets-tag', 'The rigs of one kind', side);
      await page.getByRole('button', { name: 'ambient', exact: true }).click();
      await page.getByRole('searchbox', { name: 'Search rigs' }).fill('zither');
      await said(page, 'No rig fits that.');
      await take('presets-none', 'No rig fits', side);
      await press(page, 'Show all');

      await page.getByRole('radio', { name: 'B', exact: true }).click();
      await page.locator('.list-row').filter({ hasText: 'Surf line' }).first().click();
      await rigs();
      await take('presets-b', 'Another rig on side B', head);
      await openRigMenu();
      await choose(page, 'Copy B to A');
      await said(page, 'B copied to A');
      await closed(page);
      await yours(page).getByRole('button', { name: 'Tuesday take menu', exact: true }).click();
      await choose(page, 'Delete');
      await said(page, 'Tuesday take deleted');
      await take('preset-deleted', 'A preset was deleted', ...toastAndBar(page));
      const wrong = page.waitForEvent('filechooser');
      await openRigMenu();
      await choose(page, 'Import presets');
      await (
        await wrong
      ).setFiles({
        name: 'wrong.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"format":"sonic-presets"'),
      });
      await said(page, 'it is no JSON, or cut off');
      if (isPhone) await go(page, 'Rack');
      await takeBanner('preset-wrong', 'A file with presets that cannot be read');
    },
  },
];
