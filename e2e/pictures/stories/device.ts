// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { AppServer, expectKept, findUpdate } from '../../support/app-server.ts';
import { closed, dialog, open, press, said, toast, type Story } from '../story.ts';

const kIphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

/** Runs in the page before its own scripts: a browser that asks once. */
function offerInstall(): void {
  addEventListener('load', () => {
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: () => Promise.resolve({ outcome: 'accepted' }),
    });
    dispatchEvent(event);
  });
}

export const kDeviceStories: readonly Story[] = [
  {
    title: 'A new version, and no network',
    run: async ({ page, take }) => {
      const server = await AppServer.start();
      try {
        await open(page, server.url);
        await expectKept(page);
        server.release('second');
        await findUpdate(page);
        await said(page, 'A new version is ready.');
        await take(
          'update',
          'A new version is ready',
          toast(page),
          page.locator('.first > footer'),
        );
        await press(page, 'Not now');
        await press(page, 'Play the demo');
        await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
        await server.stop();
        await press(page, 'Settings');
        await page.getByRole('tab', { name: 'About' }).click();
        await said(page, 'Everything is kept on this device.');
        await take('settings-about', 'Settings, about', dialog(page));
        await press(page, 'Check for a new version');
        await said(page, 'There is no answer. Are you without a network?');
        await take('offline', 'Without a network', dialog(page));
      } finally {
        await server.end();
      }
    },
  },
  {
    title: 'On the device',
    run: async ({ page, take }) => {
      await page.addInitScript(offerInstall);
      await open(page);
      await expect(page.getByRole('button', { name: 'Install' })).toBeVisible();
      await take('install', 'The browser can install it', page.locator('.first > footer'));
      await closed(page);
    },
  },
  {
    title: 'A browser without a button to install',
    run: async ({ page, take }) => {
      await page.addInitScript((agent) => {
        Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => agent });
      }, kIphone);
      await open(page);
      await press(page, 'Install');
      await said(page, 'Press Share, then “Add to Home Screen”.');
      await take('install-hint', 'What to press to install it', dialog(page));
    },
  },
];
