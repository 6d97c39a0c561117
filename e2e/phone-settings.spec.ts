// SPDX-License-Identifier: MIT
// Settings → Audio under a thumb: what is chosen, what is late, and how far a string is from the ear.
import type { Locator, Page } from '@playwright/test';
import { FakeInput, kHeadset, kInterface } from './support/fake-input.ts';
import { FakeOutput } from './support/fake-output.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const settings = (page: Page): Locator => page.getByRole('dialog', { name: 'Settings' });

async function choose(page: Page, list: RegExp, option: string): Promise<void> {
  await settings(page).getByRole('button', { name: list }).tap();
  await page.getByRole('option', { name: option }).tap();
  await expect(page.getByRole('listbox')).toHaveCount(0);
}
async function press(page: Page, group: string, name: string): Promise<void> {
  const radio = settings(page)
    .getByRole('radiogroup', { name: group })
    .getByRole('radio', { name, exact: true });
  await radio.tap();
  await expect(radio).toHaveAttribute('aria-checked', 'true');
}

test('input, output, block and latency by thumb; late loudspeakers are named; the wizard measures', async ({
  page,
}) => {
  const input = await FakeInput.install(page, [kInterface, kHeadset]);
  const output = await FakeOutput.install(page, [{ id: 'speaker', label: 'Speaker in the room' }]);
  await page.goto('./');
  await page.getByRole('button', { name: 'Plug in' }).tap();
  await page.getByRole('button', { name: 'Allow the microphone' }).tap();
  await input.play(-18);
  await page.getByRole('button', { name: 'Continue' }).tap({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Loudspeakers' }).tap();

  // Two taps: the settings, and their first page.
  await page.getByRole('button', { name: 'Settings' }).tap();
  await page.getByRole('tab', { name: 'Audio' }).tap();
  await choose(page, /^Output/, 'Speaker in the room');
  await expect.poll(() => output.chosen()).toEqual(['speaker']);
  await expect(settings(page)).not.toContainText('as Bluetooth is');
  await output.delay(0.18);
  await press(page, 'Latency', 'Balanced');
  await expect(settings(page)).toContainText('late by more than 100 ms, as Bluetooth is');
  await output.delay(0.02);
  await press(page, 'Block', '64');
  await expect(settings(page)).not.toContainText('as Bluetooth is');
  await choose(page, /^Input/, `${kInterface.label}, input 2`);
  await expect(
    settings(page).getByRole('button', { name: `Input: ${kInterface.label}, input 2` }),
  ).toBeVisible();

  const trip = settings(page).getByRole('region', { name: 'Round trip' });
  await trip.getByRole('button', { name: 'Measure' }).tap();
  await expect(trip).toContainText('Measuring.');
});
