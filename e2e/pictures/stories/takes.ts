// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { playDemo } from '../../support/rack.ts';
import { expectRecorded, menuOf, position, record } from '../../support/takes.ts';
import { choose, closed, go, popover, press, said, toastAndBar, type Story } from '../story.ts';

/** So many bytes are left, as some browsers tell. */
const leave = (page: Page, bytes: number) =>
  page.evaluate((value) => void Object.assign(globalThis, { freeBytes: value }), bytes);

export const kTakeStories: readonly Story[] = [
  {
    title: 'Takes',
    run: async ({ page, isPhone, take, takeBanner }) => {
      await page.addInitScript(() => {
        const scope = globalThis as unknown as { freeBytes: number };
        scope.freeBytes = 8_200_000_000;
        StorageManager.prototype.estimate = async () => ({ quota: scope.freeBytes, usage: 0 });
      });
      const side = page.locator('nav.side, sc-takes');
      const menu = async () => {
        await menuOf(page, 'Take 1').click();
        await expect(popover(page)).toBeVisible();
      };
      await playDemo(page);
      if (isPhone) await go(page, 'Takes');
      else await page.getByRole('radio', { name: 'Takes', exact: true }).click();
      await said(page, 'No take yet');
      await take('takes-none', 'No take yet', side);
      await record(page, 4);
      await record(page, 2);
      await press(page, 'Record a take');
      await expectRecorded(page, 3);
      await take('recording', 'Recording a take', side);
      await press(page, 'Stop recording');
      await expect(position(page, 'Take 3')).toBeVisible();
      await press(page, 'Stop');
      await press(page, 'Play Take 1');
      await expect
        .poll(async () => {
          const at = await position(page, 'Take 1').getAttribute('aria-valuenow');
          return Number(at);
        })
        .toBeGreaterThan(1);
      await take('takes', 'A take plays');
      await menu();
      await take('take-menu', 'A take’s menu', popover(page), side);
      await choose(page, 'Rename');
      await take('take-rename', 'A take is named', side);
      await page.keyboard.press('Escape');
      await menu();
      await choose(page, 'Remove');
      await said(page, 'Take 1 removed');
      await take('take-removed', 'A take was removed', ...toastAndBar(page));
      await closed(page);

      await press(page, 'Record a take');
      await expectRecorded(page, 2);
      await leave(page, 10_000_000);
      await said(page, 'This device is out of space, so the recording stopped.');
      await takeBanner('take-full', 'The device is full, and the recording stopped');
    },
  },
];
