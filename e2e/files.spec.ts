// SPDX-License-Identifier: MIT
// What a player keeps: projects, takes, and files that are dropped onto the page.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { drop } from './support/drop.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { card, dial, numberOf, order, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';
import { decodeWav, encodeWav16, type Wav } from './support/wav.ts';
import { storedEntries } from './support/zip.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 60_000 });

async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await press();
  return readFileSync(await (await started).path());
}

/** As files of whole numbers hold it. */
const clipped = (value: number): number => Math.min(1, Math.max(-1, value));

const bassOf = (page: Page): Locator => dial(card(page, 'Amp crunch'), 'Bass');

test('autosave: within five seconds, and back after a reload', async ({ page }) => {
  await playDemo(page);
  await bassOf(page).press('End');
  const begin = Date.now();
  await page.getByRole('button', { name: 'Gate on' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  expect(Date.now() - begin).toBeLessThan(5000);
  const before = await order(page);

  await page.reload();
  await expect(bassOf(page)).toHaveAttribute('aria-valuenow', '10');
  await expect(page.getByRole('button', { name: 'Gate on' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  expect(await order(page)).toEqual(before);
});

test('a project file: downloaded, and opened by a browser that never saw it', async ({
  page,
  browser,
  baseURL,
}) => {
  await playDemo(page);
  await bassOf(page).press('Home');
  const file = await download(page, async () => {
    await page.getByRole('button', { name: 'Demo', exact: true }).click();
    await page.getByRole('button', { name: 'Download project' }).click();
  });
  expect(storedEntries(file).has('project.json')).toBe(true);
  const before = await order(page);

  const other = await browser.newPage({ baseURL: baseURL ?? '' });
  await other.goto('./');
  const chooser = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Open a project' }).click();
  await (
    await chooser
  ).setFiles({ name: 'Demo.sonic', mimeType: 'application/octet-stream', buffer: file });
  await expect(bassOf(other)).toHaveAttribute('aria-valuenow', '0');
  expect(await order(other)).toEqual(before);
  await other.close();
});

test('a take: recorded, played, downloaded in three formats', async ({ page }) => {
  await playDemo(page);
  await page.getByRole('button', { name: 'Record a take' }).click();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Stop recording' }).click();
  const menu = page.getByRole('button', { name: 'Take 1 menu' });

  const formats: readonly [label: string, bits: number, isFloat: boolean][] = [
    ['WAV, 16 bit', 16, false],
    ['WAV, 24 bit', 24, false],
    ['WAV, 32 bit float', 32, true],
  ];
  const wavs: Wav[] = [];
  for (const [label, bits, isFloat] of formats) {
    const wav = decodeWav(
      await download(page, async () => {
        await menu.click();
        await page.getByRole('menuitem', { name: label }).first().click();
      }),
    );
    expect(wav).toMatchObject({ bitsPerSample: bits, isFloat });
    wavs.push(wav);
  }
  const [least, middle, exact] = wavs.map(({ channels }) => channels[0] ?? new Float32Array(0));
  expect(exact?.length).toBeGreaterThan(40_000);
  expect(exact?.some((value) => Math.abs(value) > 0.01)).toBe(true);
  for (const [wav, lsb] of [
    [least, 2 ** -15],
    [middle, 2 ** -23],
  ] as const) {
    expect(wav?.length).toBe(exact?.length);
    const furthest = (wav ?? new Float32Array(0)).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - clipped(exact?.[i] ?? 9))),
      0,
    );
    expect(furthest).toBeLessThanOrEqual(2 * lsb);
  }

  await page.getByRole('button', { name: 'Play Take 1' }).click();
  const stop = page.getByRole('button', { name: 'Stop Take 1' });
  await expect(stop).toBeVisible();
  await expect(stop, 'it ends by itself').toBeHidden();

  await menu.click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(menu).toBeHidden();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(menu).toBeVisible();
});

test('rubbish that is dropped gives a sentence and costs nothing', async ({ page }) => {
  await playDemo(page);
  await bassOf(page).press('End');
  const before = await order(page);
  const rack = page.locator('sc-rack');
  const rubbish: readonly [name: string, bytes: Buffer | string, sentence: RegExp][] = [
    ['notes.txt', 'not music', /notes\.txt is neither a WAV nor a project/],
    ['broken.json', '{"format":"sonic-core","nodes":', /“broken\.json”/],
    ['deep.json', '['.repeat(100_000), /“deep\.json”/],
    ['broken.sonic', Buffer.alloc(200, 7), /“broken\.sonic”/],
  ];
  for (const [name, bytes, sentence] of rubbish) {
    await drop(rack, name, bytes);
    const said = page.locator('.banner, .toast').filter({ hasText: sentence }).first();
    await expect(said, name).toBeVisible();
    const words = (await said.textContent())?.trim() ?? '';
    expect(words, name).not.toMatch(/undefined|null|\[object|TypeError/);
    expect(await order(page), name).toEqual(before);
    expect(await numberOf(bassOf(page)), name).toBe(10);
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    const close = page.getByRole('alert').getByRole('button', { name: 'Close' });
    if (await close.isVisible()) await close.click();
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});

/** A short room: a click and its decay, as a speaker's response would be. */
function response(): Float32Array {
  return Float32Array.from({ length: 2048 }, (_, frame) =>
    frame === 0 ? 0.9 : 0.3 * Math.cos(frame * 0.35) * Math.exp(-frame / 180),
  );
}

test('a WAV that is dropped on the cabinet is its response', async ({ page }) => {
  const speaker = await Loudspeaker.install(page);
  await playDemo(page);
  const cabinet = card(page, 'Cabinet');
  await drop(cabinet, 'Old 4x12.wav', encodeWav16([response()], 44_100));
  const slot = cabinet.getByRole('button', { name: 'Response: Old 4x12.wav' });
  await expect(slot).toBeVisible();
  await speaker.forget();
  await expect.poll(() => speaker.highestDb()).toBeGreaterThan(-40);

  // What is no response stays out, with a sentence; the one that is there plays on.
  const bad: readonly [name: string, bytes: Buffer][] = [
    ['fake.wav', Buffer.from('this is a letter')],
    ['truncated.wav', encodeWav16([response()], 44_100).subarray(0, 30)],
    ['empty.wav', encodeWav16([new Float32Array(0)], 44_100)],
  ];
  for (const [name, bytes] of bad) {
    await drop(cabinet, name, bytes);
    const alert = page.getByRole('alert');
    await expect(alert, name).toBeVisible();
    expect(await alert.textContent(), name).not.toMatch(/undefined|null|\[object|TypeError/);
    await alert.getByRole('button', { name: 'Close' }).click();
    await expect(slot, name).toBeVisible();
  }

  // It is kept with the project.
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.reload();
  await expect(slot).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
});
