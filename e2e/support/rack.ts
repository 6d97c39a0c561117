// SPDX-License-Identifier: MIT
// The rack as a player finds it.
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

/** The demo plays and the rack is open. */
export async function playDemo(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible({
    timeout: 20_000,
  });
}

/** One module's card, by its name. */
export const card = (page: Page, name: string): Locator =>
  page.locator('sc-rack').getByRole('group', { name, exact: true });

export const dial = (within: Locator, name: string): Locator =>
  within.getByRole('slider', { name, exact: true });

/** The modules' names in the order of the signal. */
export const order = (page: Page): Promise<string[]> =>
  page
    .locator('sc-rack section.card')
    .evaluateAll((cards) => cards.map((each) => each.getAttribute('aria-label') ?? ''));

export async function numberOf(slider: Locator): Promise<number> {
  return Number(await slider.getAttribute('aria-valuenow'));
}

/** Where the knob stands between its ends, 0 to 1; right for knobs with an even travel. */
export async function travelOf(slider: Locator): Promise<number> {
  const read = async (name: string) => Number(await slider.getAttribute(name));
  const [now, min, max] = [
    await read('aria-valuenow'),
    await read('aria-valuemin'),
    await read('aria-valuemax'),
  ];
  return (now - min) / (max - min);
}
