// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { openWizard } from '../../support/loop.ts';
import { dialog, press, type Story } from '../story.ts';

const kDelayFrames = 383;

export const kRoundTripStories: readonly Story[] = [
  {
    title: 'The round trip',
    run: async ({ page, take }) => {
      await openWizard(page, { delayFrames: kDelayFrames, noise: 0.001 });
      const card = page.getByRole('region', { name: 'Round trip' });
      await card.scrollIntoViewIfNeeded();
      await take('round-trip', 'Before it is measured', dialog(page));
      await press(page, 'Measure');
      await expect(card.getByRole('progressbar')).toBeVisible();
      await take('round-trip-running', 'It is measured', dialog(page));
      await expect(card).toContainText('measured ±1 frame', { timeout: 90_000 });
      await take('round-trip-measured', 'Measured', dialog(page));
    },
  },
  {
    title: 'No round trip',
    run: async ({ page, take }) => {
      await openWizard(page, { delayFrames: undefined, noise: 0.3 });
      const card = page.getByRole('region', { name: 'Round trip' });
      await card.scrollIntoViewIfNeeded();
      await press(page, 'Measure');
      await expect(card.getByRole('alert')).toBeVisible({ timeout: 90_000 });
      await card.scrollIntoViewIfNeeded();
      await take('round-trip-failed', 'It could not be measured', dialog(page));
    },
  },
];
