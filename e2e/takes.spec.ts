// SPDX-License-Identifier: MIT
// Takes: recorded, seen, heard, named, kept, thrown away and brought back; and what is left of one when the page dies or
// the device is full.
import type { CDPSession, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { card, dial, playDemo } from './support/rack.ts';
import { TakeWitness } from './support/take-witness.ts';
import {
  downloadTake,
  expectRecorded,
  lengthOf,
  menuOf,
  position,
  record,
  secondsAt,
  takeRow,
} from './support/takes.ts';
import { expect, test } from './support/test.ts';
import type { Wav } from './support/wav.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 90_000 });

const kSilentDb = -80;
const kHeardDb = -45;

async function stopDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
}
const showTakes = (page: Page): Promise<void> =>
  page.getByRole('radio', { name: 'Takes', exact: true }).click();

test('a take is seen, heard through the master, and stops at its end', async ({ page }) => {
  const loudspeaker = await Loudspeaker.install(page);
  await playDemo(page);
  await record(page, 3);
  const slider = position(page, 'Take 1');
  expect(await lengthOf(slider)).toBeGreaterThan(2.9);
  await expect(takeRow(page, 'Take 1')).toContainText(/−\d+\.\d dB/);
  await expect(page.getByText(/^Room for \d+ (h|min|s).* free$/)).toBeVisible();
  const shape = await slider.locator('.wave-rest').getAttribute('d');
  expect(new Set(shape?.match(/ \d+\.\d/g)).size, 'the picture has heights').toBeGreaterThan(20);

  await stopDemo(page);
  await expect.poll(() => loudspeaker.nowDb(), { timeout: 20_000 }).toBeLessThan(kSilentDb);
  await loudspeaker.forget();
  await page.getByRole('button', { name: 'Play Take 1' }).click();
  await expect.poll(() => loudspeaker.highestDb()).toBeGreaterThan(kHeardDb);
  await expect.poll(() => secondsAt(slider)).toBeGreaterThan(0.5);
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect.poll(() => loudspeaker.nowDb()).toBeLessThan(kSilentDb);
  await expect(
    page.getByRole('button', { name: 'Play Take 1' }),
    'it ends by itself',
  ).toBeVisible();
  expect(await secondsAt(slider)).toBe(0);
});

test('seeks by press, by drag and by keys', async ({ page }) => {
  await playDemo(page);
  await record(page, 3);
  const slider = position(page, 'Take 1');
  const seconds = await lengthOf(slider);
  const box = await slider.boundingBox();
  if (!box) throw new Error('no picture of the take');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  await expect.poll(() => secondsAt(slider)).toBeCloseTo(seconds / 2, 0);
  await page.mouse.move(box.x + 0.9 * box.width, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => secondsAt(slider)).toBeGreaterThan(0.85 * seconds);

  await slider.focus();
  await slider.press('Home');
  expect(await secondsAt(slider)).toBe(0);
  await slider.press('ArrowRight');
  expect(await secondsAt(slider)).toBe(1);
  await expect(slider).toHaveAttribute('aria-valuetext', /^1 s of \d s$/);
  await slider.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop Take 1' })).toBeVisible();
  await expect.poll(() => secondsAt(slider)).toBeGreaterThan(1.2);
  await expect(async () => {
    await slider.press('Home');
    expect(await secondsAt(slider), 'goes on playing from there').toBeLessThan(1);
  }).toPass();
  await slider.press('Enter');
  await expect(page.getByRole('button', { name: 'Play Take 1' })).toBeVisible();
});

test('a name is given by keys, and stays', async ({ page }) => {
  await playDemo(page);
  await record(page, 1);
  await page.getByRole('button', { name: 'Play Take 1' }).focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Name of the take' });
  await expect(field).toBeFocused();
  await page.keyboard.type('Not this');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Play Take 1' })).toBeFocused();

  await menuOf(page, 'Take 1').click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(field).toBeFocused();
  await page.keyboard.type('Solo in A');
  await page.keyboard.press('Enter');
  const play = page.getByRole('button', { name: 'Play Solo in A' });
  await expect(play).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();

  await page.reload();
  await showTakes(page);
  await expect(play).toBeVisible();
});

test('a file is bit for bit what was recorded, also after a reload', async ({ page }) => {
  const witness = await TakeWitness.install(page);
  await playDemo(page);
  await record(page, 2);
  const now = await downloadTake(page, 'Take 1', '32 bit float');
  expect(now.channels[0]?.length).toBe(witness.frames);
  expect(witness.differences(now)).toBe(0);
  const dry = await downloadTake(page, 'Take 1', '32 bit float', 1);
  expect(dry.channels[0]?.length).toBe(witness.frames);

  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.reload();
  await showTakes(page);
  const later = await downloadTake(page, 'Take 1', '32 bit float');
  expect(later.channels[0]?.length).toBe(witness.frames);
  expect(witness.differences(later)).toBe(0);
});

test('a take above 0 dB: smaller formats are made lower, and say so; nothing is cut off', async ({
  page,
}) => {
  await playDemo(page);
  await card(page, 'Amp crunch').focus();
  await page.getByRole('button', { name: 'Amp crunch menu' }).press('Enter');
  await page.getByRole('menuitem', { name: 'All settings' }).press('Enter');
  const level = dial(page.getByRole('dialog', { name: 'All settings of Amp crunch' }), 'Level');
  await level.press('End');
  // Until it is meant, Esc would take it back.
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled();
  await page.keyboard.press('Escape');
  await record(page, 2);
  await expect(takeRow(page, 'Take 1')).toContainText(/\+\d+\.\d dB/);
  await menuOf(page, 'Take 1').press('Enter');
  const menu = page.getByRole('menu', { name: 'Take 1 menu' });
  const format = (name: string) => menu.getByRole('menuitem', { name }).first();
  await expect(format('WAV, 16 bit')).toContainText(/\d+\.\d dB lower/);
  await expect(format('WAV, 32 bit float')).toContainText('exact');
  await expect(menu).toContainText('nothing is cut off');
  const lower = Number(/([\d.]+) dB/.exec((await format('WAV, 16 bit').textContent()) ?? '')?.[1]);
  await page.keyboard.press('Escape');

  const peakOf = ({ channels }: Wav) =>
    channels.reduce((most, channel) => channel.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
  const whole = peakOf(await downloadTake(page, 'Take 1', '32 bit float'));
  const small = peakOf(await downloadTake(page, 'Take 1', '16 bit'));
  expect(whole).toBeGreaterThan(1);
  expect(small).toBeLessThanOrEqual(1);
  expect(20 * Math.log10(whole / small)).toBeCloseTo(lower, 0);
});

test('a take is thrown away and brought back, by keys', async ({ page }) => {
  await playDemo(page);
  await record(page, 1);
  await record(page, 1);
  await page.getByRole('button', { name: 'Play Take 2' }).focus();
  await page.keyboard.press('Delete');
  await expect(takeRow(page, 'Take 2')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Play Take 1' })).toBeFocused();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().press('Enter');
  await expect(page.getByRole('button', { name: 'Play Take 2' })).toBeFocused();
  await stopDemo(page);
  await page.getByRole('button', { name: 'Play Take 2' }).click();
  await expect.poll(() => secondsAt(position(page, 'Take 2'))).toBeGreaterThan(0.2);
  await expectAccessible(page, 'takes');
});

test('a page that dies loses at most a second', async ({ page, context }) => {
  const witness = await TakeWitness.install(page);
  await playDemo(page);
  await page.getByRole('button', { name: 'Record a take' }).click();
  await expectRecorded(page, 4);
  // Where the recording stands when the page dies is not known better than by what was last heard of it.
  const crash = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await crash;
  const recorded = witness.frames;

  const next = await context.newPage();
  await next.goto('./');
  await showTakes(next);
  const kName = 'Take 1, recovered';
  await expect(takeRow(next, kName)).toBeVisible({ timeout: 20_000 });
  const take = await downloadTake(next, kName, '32 bit float');
  const kept = take.channels[0]?.length ?? 0;
  expect(recorded).toBeGreaterThan(3 * take.sampleRateHz);
  expect((recorded - kept) / take.sampleRateHz, 'seconds lost').toBeLessThanOrEqual(1);
  expect(witness.differences(take)).toBe(0);
  await expect(position(next, kName).locator('.wave-rest')).toHaveAttribute('d', /L/);
  await next.close();
});

/** Leaves so many bytes; gives the way to change it. */
async function limitSpace(page: Page): Promise<(freeBytes: number) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  return async (freeBytes) => {
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + freeBytes });
  };
}

/** Pieces of takes in the browser's file system, each of half a second. */
const segmentsOnDisk = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    let count = 0;
    for await (const take of (await root.getDirectoryHandle('takes', { create: true })).values()) {
      for await (const name of (take as FileSystemDirectoryHandle).keys()) {
        if (name.endsWith('.f32')) count += 1;
      }
    }
    return count;
  });

test('space runs out: the recording stops, says so, and is kept', async ({ page }) => {
  // Chromium promises every page some gigabytes more than it uses, whatever there is: other browsers tell.
  await page.addInitScript(() => {
    const scope = globalThis as unknown as { freeBytes: number };
    scope.freeBytes = 1_200_000_000;
    StorageManager.prototype.estimate = async () => ({ quota: scope.freeBytes, usage: 0 });
  });
  const leave = (bytes: number) =>
    page.evaluate((value) => Object.assign(globalThis, { freeBytes: value }), bytes);
  await playDemo(page);
  await page.getByRole('button', { name: 'Record a take' }).click();
  await expectRecorded(page, 2);
  await expect(page.getByText(/^2[5-9] min left$/)).toBeVisible();
  await expect(page.getByText('1.2 GB free')).toBeVisible();
  await leave(10_000_000);
  await expect(
    page.getByText('This device is out of space, so the recording stopped.'),
  ).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/^Take 1 is kept: 0:\d\d\.$/)).toBeVisible();
  await expectAccessible(page, 'no room for a take', '.banner');
  await expect(page.getByRole('button', { name: 'Record a take' })).toBeVisible();
  expect(await lengthOf(position(page, 'Take 1'))).toBeGreaterThan(1.9);
  const take = await downloadTake(page, 'Take 1', '32 bit float');
  expect(take.channels[0]?.length).toBeGreaterThan(1.9 * take.sampleRateHz);
});

test('a write fails where nobody knew how much space there was', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(StorageManager.prototype, 'estimate', { value: undefined });
  });
  const witness = await TakeWitness.install(page);
  await playDemo(page);
  const leave = await limitSpace(page);
  await page.getByRole('button', { name: 'Record a take' }).click();
  await expect(page.getByText('– – left')).toBeVisible();
  await expect.poll(() => segmentsOnDisk(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
  await leave(500_000);
  await expect(
    page.getByText('This device is out of space, so the recording stopped.'),
  ).toBeVisible({
    timeout: 20_000,
  });
  expect(await lengthOf(position(page, 'Take 1'))).toBeGreaterThanOrEqual(1.5);
  const take = await downloadTake(page, 'Take 1', '32 bit float');
  expect(witness.differences(take)).toBe(0);
});
