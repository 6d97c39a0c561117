// SPDX-License-Identifier: MIT
// Takes as a player makes and finds them.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';
import { decodeWav, type Wav } from './wav.ts';

export const takeRow = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
export const position = (page: Page, name: string): Locator =>
  page.getByRole('slider', { name: `Position in ${name}`, exact: true });
export const menuOf = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `${name} menu`, exact: true });

export const secondsAt = async (slider: Locator): Promise<number> =>
  Number(await slider.getAttribute('aria-valuenow'));
export const lengthOf = async (slider: Locator): Promise<number> =>
  Number(await slider.getAttribute('aria-valuemax'));

/** Until the recording is at least so long, by its own clock. */
export async function record(page: Page, seconds: number): Promise<void> {
  await page.getByRole('button', { name: 'Record a take' }).click();
  await expectRecorded(page, seconds);
  await page.getByRole('button', { name: 'Stop recording' }).click();
  await expect(page.getByRole('button', { name: 'Record a take' })).toBeVisible();
}
export async function expectRecorded(page: Page, seconds: number): Promise<void> {
  const clock = page.getByRole('region', { name: /^Recording / }).locator('.fact');
  const recorded = async () => {
    const [minutes = 0, rest = 0] = ((await clock.textContent()) ?? '').split(':').map(Number);
    return 60 * minutes + rest;
  };
  await expect.poll(recorded, { timeout: 30_000 }).toBeGreaterThanOrEqual(seconds);
}

export async function downloadTakeFile(
  page: Page,
  name: string,
  format: string,
  nth = 0,
): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await menuOf(page, name).click();
  await page.getByRole('menuitem', { name: format }).nth(nth).click();
  return readFileSync(await (await started).path());
}
export const downloadTake = async (...which: Parameters<typeof downloadTakeFile>): Promise<Wav> =>
  decodeWav(await downloadTakeFile(...which));
