// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { card, dial, playDemo } from '../../support/rack.ts';
import {
  choose,
  closed,
  go,
  openCard,
  openKnobMenu,
  popover,
  press,
  said,
  toast,
  toastAndBar,
  type Story,
} from '../story.ts';

export const kModuleStories: readonly Story[] = [
  {
    title: 'Modules',
    run: async (walk) => {
      const { page, isPhone, take } = walk;
      await playDemo(page);
      await press(page, 'Add module');
      await expect(popover(page)).toBeVisible();
      await take('add-module', 'Adding a module', popover(page));
      await popover(page).getByRole('searchbox').fill('zither');
      await take('add-module-none', 'No module has that name', popover(page));
      await closed(page);

      if (!isPhone) {
        await page.getByRole('radio', { name: 'Modules' }).click();
        await take('modules', 'The modules beside the rack', page.locator('nav.side'));
        await page.getByRole('radio', { name: 'Rigs' }).click();
      }
      const overdrive = card(page, 'Overdrive');
      const drive = dial(overdrive, 'Drive');
      await drive.press('ArrowUp');
      await press(page, 'Overdrive menu');
      await take('module-menu', 'A module’s menu', popover(page), overdrive);
      await choose(page, 'All settings');
      await take('module-settings', 'All settings of a module', popover(page), overdrive);
      await closed(page);
      await press(page, 'Overdrive menu');
      await choose(page, 'Presets');
      await expect(popover(page).locator('.list-row').first()).toBeFocused();
      await take('module-presets', 'Presets of one module', popover(page), overdrive);
      await closed(page);

      await openKnobMenu(walk, drive, 'Drive');
      await take('knob-menu', 'A knob’s menu', popover(page), overdrive);
      await choose(page, 'Type a value');
      await expect(page.getByRole('textbox', { name: 'Drive, type a value' })).toBeFocused();
      await take('knob-typing', 'Typing a value', overdrive);
      await page.keyboard.press('Escape');
      await page.keyboard.press('ArrowUp');
      await take('knob-focus', 'A knob with the focus of the keys', overdrive);
      await overdrive.focus();
      await take('module-focus', 'A module with the focus of the keys', overdrive);
      await page.keyboard.press('b');
      await take('module-bypassed', 'A module that is bypassed', overdrive);
      await page.keyboard.press('Delete');
      await said(page, 'Overdrive removed');
      await take('removed', 'A module was removed', ...toastAndBar(page));
    },
  },
  {
    title: 'Another rig',
    run: async (walk) => {
      const { page, isPhone, take } = walk;
      await playDemo(page);
      if (isPhone) await go(page, 'Rigs');
      await page.locator('.list-row').filter({ hasText: 'Deep water' }).first().click();
      await said(page, 'Deep water loaded');
      await openCard(walk, 'Delay');
      await expect(toast(page)).toHaveCount(0);
      await take('rig', 'Another rig');
    },
  },
];
