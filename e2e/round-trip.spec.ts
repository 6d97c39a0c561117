// SPDX-License-Identifier: MIT
// The round-trip wizard against a way of known length; and against none.
import type { Page } from '@playwright/test';
import { openWizard } from './support/loop.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const kDelayFrames = 1357;
/** Runs in the page: the way through such a loop, heard by an impulse. A browser adds a block to a graph that is a circle. */
async function framesThrough(delayFrames: number): Promise<number> {
  const context = new OfflineAudioContext(1, 8192, 44_100);
  const impulse = new AudioBuffer({ length: 1, sampleRate: 44_100 });
  impulse.getChannelData(0)[0] = 1;
  const source = new AudioBufferSourceNode(context, { buffer: impulse });
  const end = new GainNode(context);
  const way = new DelayNode(context, { delayTime: delayFrames / 44_100, maxDelayTime: 1 });
  const half = new GainNode(context, { gain: 0.5 });
  source.connect(end).connect(way).connect(half).connect(end);
  end.connect(context.destination);
  source.start();
  const heard = (await context.startRendering()).getChannelData(0);
  return heard.findIndex((value, i) => i > 0 && Math.abs(value) > 0.25);
}

const trips = (page: Page) =>
  page.evaluate(
    () =>
      Object.values(JSON.parse(localStorage.getItem('sonic-core.round-trips') ?? '{}')) as number[],
  );

test('a way of known length is measured to the frame, and remembered', async ({ page }) => {
  await openWizard(page, { delayFrames: kDelayFrames, noise: 0.001 });
  const result = page.getByRole('region', { name: 'Round trip' });
  await expect(result).toContainText('– –');
  await result.getByRole('button', { name: 'Measure' }).click();
  await expect(result).toContainText('Measuring.');
  await expect(result).toContainText('measured ±1 frame', { timeout: 60_000 });
  const known = await page.evaluate(framesThrough, kDelayFrames);
  expect(known).toBeGreaterThanOrEqual(kDelayFrames);
  const [frames = 0] = await trips(page);
  expect(Math.abs(frames - known)).toBeLessThanOrEqual(1);
  const shown = `${(frames / 44.1).toFixed(1)} ms`;
  await expect(result).toContainText(shown);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Round trip');

  // Another block is another way.
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '64', exact: true }).click();
  await expect(result).toContainText('not measured with these settings');
  await page.getByRole('radio', { name: '128', exact: true }).click();
  await expect(result).toContainText(shown);
});

test('noise without a loop gives a sentence, and never a number', async ({ page }) => {
  await openWizard(page, { delayFrames: undefined, noise: 0.3 });
  const result = page.getByRole('region', { name: 'Round trip' });
  await result.getByRole('button', { name: 'Measure' }).press('Enter');
  await expect(result.getByRole('alert')).toHaveText(
    'We could not measure. Connect the output to the input with a cable and try again.',
    { timeout: 90_000 },
  );
  await expect(result).toContainText('– –');
  expect(await trips(page)).toEqual([]);
});
