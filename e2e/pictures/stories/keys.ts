// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { playDemo } from '../../support/rack.ts';
import { dialog, press, said, saved, type Story } from '../story.ts';

export const kKeyStories: readonly Story[] = [
  {
    title: 'Keys and commands',
    run: async ({ page, take }) => {
      await playDemo(page);
      await page.keyboard.press('ControlOrMeta+k');
      await expect(dialog(page).getByRole('option').first()).toBeVisible();
      await take('commands', 'The command palette', dialog(page));
      await page.keyboard.type('clean');
      await take('commands-found', 'What it finds', dialog(page));
      await page.keyboard.type('qqq');
      await said(page, 'Nothing is called');
      await take('commands-none', 'It finds nothing', dialog(page));
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(dialog(page)).toBeVisible();
      await take('keys', 'Every key', dialog(page));
      await press(page, 'Change keys');
      const change = page.getByRole('button', { name: 'Change the key for Record a take' });
      await change.press('Enter');
      await take('key-asked', 'A key is asked for', dialog(page));
      await page.keyboard.press('Control+w');
      await said(page, 'The browser keeps this key');
      await take('key-refused', 'A key that the browser keeps', dialog(page));
      await page.keyboard.press('Space');
      await said(page, 'Space stands for “Play or stop” now.');
      await take('key-taken', 'A key that is taken', dialog(page));
    },
  },
  {
    title: 'Settings',
    run: async ({ page, take }) => {
      await playDemo(page);
      await press(page, 'Settings');
      await expect(dialog(page).getByRole('radiogroup', { name: 'Sample rate' })).toBeVisible();
      await take('settings', 'Settings, audio', dialog(page));
      for (const [tab, name] of [
        ['MIDI', 'settings-midi'],
        ['Keyboard', 'settings-keyboard'],
        ['Appearance', 'settings-appearance'],
      ] as const) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
        await take(name, `Settings, ${tab === 'MIDI' ? tab : tab.toLowerCase()}`, dialog(page));
      }
    },
  },
  {
    title: 'Settings before there is sound',
    run: async ({ page, take }) => {
      await playDemo(page);
      await press(page, 'Stop');
      await page.getByRole('slider', { name: 'Drive', exact: true }).press('ArrowUp');
      await saved(page);
      await page.reload();
      await said(page, 'Tap to start sound');
      await press(page, 'Settings');
      await said(page, 'Sound has not started yet.');
      await take('settings-no-sound', 'Settings, audio, before there is sound', dialog(page));
    },
  },
];
