// SPDX-License-Identifier: MIT
// A knob follows a MIDI device, by mouse and by keys.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { midiRequests, plugInMidi, send, turnControl } from './support/midi.ts';
import { card, dial, numberOf, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });
test.beforeEach(({ context }) => plugInMidi(context));

const threshold = (page: Page): Locator => dial(card(page, 'Gate'), 'Threshold');
const release = (page: Page): Locator => dial(card(page, 'Gate'), 'Release');
const learning = (page: Page): Locator => page.getByRole('dialog', { name: 'MIDI learn' });
const undo = (page: Page): Locator => page.getByRole('button', { name: 'Undo', exact: true });
const kEnds = { min: -80, max: 0 };

async function learn(page: Page, knob: Locator, number: number): Promise<void> {
  await knob.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'MIDI learn' }).click();
  await expect(learning(page)).toContainText('Turn a knob or press a pedal');
  await turnControl(page, number, 100);
}

test('a control is learned with the right mouse button, and the knob follows', async ({ page }) => {
  await playDemo(page);
  const knob = threshold(page);
  const before = await numberOf(knob);
  await knob.click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Threshold menu' })).toBeVisible();
  await expectAccessible(page, 'the menu');
  expect(await midiRequests(page), 'asked before a press').toBe(0);
  await page.getByRole('menuitem', { name: 'MIDI learn' }).click();
  expect(await midiRequests(page)).toBe(1);
  await expect(learning(page)).toContainText('MIDI learn: Threshold of Gate');
  // A note is no control.
  await send(page, [0x90, 60, 100], [0x80, 60, 0]);
  await expect(learning(page)).toBeVisible();
  await turnControl(page, 74, 30);
  await expect(learning(page)).toBeHidden();
  await expect(
    page.getByRole('status').filter({ hasText: 'Threshold of Gate follows CC 74, channel 1' }),
  ).toBeVisible();
  expect(await numberOf(knob), 'learning turns nothing').toBe(before);

  // It is a step of undo itself.
  await expect(undo(page)).toHaveAttribute('title', 'Undo: MIDI learn Threshold of Gate');
  await page.keyboard.press('Control+z');
  await expect(undo(page)).toBeDisabled();
  await turnControl(page, 74, 127);
  await knob.click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Reset' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Forget MIDI' })).toHaveCount(0);
  expect(await numberOf(knob), 'unlearned by undo').toBe(before);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+z');

  // A movement is one step, however many messages it has.
  await send(page, ...Array.from({ length: 90 }, (_, i) => [0xb0, 74, i + 1]));
  await expect.poll(() => numberOf(knob)).toBeGreaterThan(-30);
  await expect(undo(page)).toHaveAttribute('title', 'Undo: Threshold of Gate');
  await undo(page).click();
  await expect(undo(page)).toHaveAttribute('title', 'Undo: MIDI learn Threshold of Gate');
  expect(await numberOf(knob)).toBe(before);

  await turnControl(page, 74, 127);
  await expect.poll(() => numberOf(knob)).toBe(kEnds.max);
  await turnControl(page, 74, 0);
  await expect.poll(() => numberOf(knob)).toBe(kEnds.min);
});

test('a control that is taken is asked about: both, or here alone', async ({ page }) => {
  await playDemo(page);
  await learn(page, threshold(page), 20);
  await expect(learning(page)).toBeHidden();
  await learn(page, release(page), 20);
  await expect(learning(page)).toContainText('CC 20, channel 1 is taken by Threshold of Gate.');
  await expectAccessible(page, 'a conflict');
  await page.getByRole('button', { name: 'Use for both' }).click();
  await expect(learning(page)).toBeHidden();
  await turnControl(page, 20, 0);
  await expect.poll(() => numberOf(threshold(page))).toBe(kEnds.min);
  const [low = 0, high = 0] = [
    Number(await release(page).getAttribute('aria-valuemin')),
    Number(await release(page).getAttribute('aria-valuemax')),
  ];
  await expect.poll(() => numberOf(release(page))).toBe(low);

  await learn(page, release(page), 20);
  await page.getByRole('button', { name: 'Move it here' }).click();
  await turnControl(page, 20, 127);
  await expect.poll(() => numberOf(release(page))).toBe(high);
  expect(await numberOf(threshold(page))).toBe(kEnds.min);

  await learn(page, threshold(page), 20);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(learning(page)).toBeHidden();
  await turnControl(page, 20, 64);
  await expect.poll(() => numberOf(release(page))).toBeLessThan(high);
  expect(await numberOf(threshold(page))).toBe(kEnds.min);
});

test('what is learned is in the project: after a reload, and in its file', async ({
  page,
  context,
}) => {
  await playDemo(page);
  await learn(page, threshold(page), 74);
  await expect(learning(page)).toBeHidden();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: 'Saved on this device' })).toBeVisible();
  const loaded = page.waitForEvent('download');
  await page.keyboard.press('Control+Shift+s');
  const file = await readFile(await (await loaded).path());

  // Where the browser would ask again, a press comes first.
  await page.reload();
  await expect(page.getByText('Some knobs here follow a MIDI device.')).toBeVisible();
  expect(await midiRequests(page)).toBe(0);
  await expectAccessible(page, 'the offer');
  await page.getByRole('button', { name: 'Connect MIDI' }).click();
  await expect.poll(() => midiRequests(page)).toBe(1);
  await turnControl(page, 74, 127);
  await expect.poll(() => numberOf(threshold(page))).toBe(kEnds.max);

  // Where it was allowed, none is needed.
  await context.grantPermissions(['midi']);
  await page.reload();
  await expect.poll(() => midiRequests(page)).toBe(1);
  await expect(page.getByText('Some knobs here follow a MIDI device.')).toBeHidden();
  await turnControl(page, 74, 0);
  await expect.poll(() => numberOf(threshold(page))).toBe(kEnds.min);

  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await (
    await chooser
  ).setFiles({
    name: 'learned.sonic',
    mimeType: 'application/octet-stream',
    buffer: file,
  });
  await expect.poll(() => numberOf(threshold(page))).toBe(-56);
  await turnControl(page, 74, 127);
  await expect.poll(() => numberOf(threshold(page))).toBe(kEnds.max);
});

test('by keys: menu, learn, type, copy, reset, forget; the focus stays at the knob', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playDemo(page);
  const knob = threshold(page);
  const choose = async (name: string) => {
    await page.keyboard.press('Shift+F10');
    const item = page.getByRole('menuitem', { name });
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    for (let i = 0; i < 8; i += 1) {
      if (await item.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  };
  await knob.focus();
  await choose('MIDI learn');
  await expect(learning(page)).toBeFocused();
  await turnControl(page, 11, 5);
  await expect(learning(page)).toBeHidden();
  await expect(knob).toBeFocused();
  await choose('Copy value');
  await expect(knob).toBeFocused();
  const text = await knob.getAttribute('aria-valuetext');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  await choose('Type a value');
  await page.keyboard.type('-20');
  await page.keyboard.press('Enter');
  await expect(knob).toHaveAttribute('aria-valuetext', '−20 dB');
  await choose('Reset');
  await expect(knob).toHaveAttribute('aria-valuetext', '−55 dB');
  await choose('Forget MIDI');
  await turnControl(page, 11, 127);
  await choose('Type a value');
  await expect(knob).toHaveAttribute('aria-valuetext', '−55 dB');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(knob).toBeFocused();
});

test('fine controls: a pair of 14 bits, and an NRPN', async ({ page }) => {
  await playDemo(page);
  await threshold(page).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'MIDI learn' }).click();
  await expect(learning(page)).toContainText('Turn a knob');
  await send(page, [0xb0, 7, 10], [0xb0, 39, 3]);
  await expect(
    page.getByRole('status').filter({ hasText: 'CC 7 and 39, channel 1' }),
  ).toBeVisible();
  await send(page, [0xb0, 7, 64], [0xb0, 39, 0]);
  // Between the steps of 7 bits, which are 0.63 dB wide here.
  await expect.poll(() => numberOf(threshold(page))).toBeCloseTo(-80 + (80 * 8192) / 16_383, 1);
  await send(page, [0xb0, 7, 64], [0xb0, 39, 32]);
  await expect.poll(() => numberOf(threshold(page))).toBeCloseTo(-80 + (80 * 8224) / 16_383, 1);

  await release(page).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'MIDI learn' }).click();
  await send(page, [0xb1, 99, 1], [0xb1, 98, 9], [0xb1, 6, 3], [0xb1, 38, 0]);
  await expect(page.getByRole('status').filter({ hasText: 'NRPN 137, channel 2' })).toBeVisible();
  const high = Number(await release(page).getAttribute('aria-valuemax'));
  await send(page, [0xb1, 99, 1], [0xb1, 98, 9], [0xb1, 6, 127], [0xb1, 38, 127]);
  await expect.poll(() => numberOf(release(page))).toBe(high);
});

test('a module has a pedal of its own', async ({ page }) => {
  await playDemo(page);
  await page.getByRole('button', { name: 'Overdrive menu' }).click();
  await page.getByRole('menuitem', { name: 'MIDI learn on and off' }).click();
  await expect(learning(page)).toContainText('MIDI learn: Bypass of Overdrive');
  await turnControl(page, 80, 127);
  await expect(learning(page)).toBeHidden();
  const power = page.getByRole('button', { name: 'Overdrive on' });
  await turnControl(page, 80, 0);
  await turnControl(page, 80, 127);
  await expect(power).toHaveAttribute('aria-pressed', 'false');
  await turnControl(page, 80, 0);
  await expect(power).toHaveAttribute('aria-pressed', 'false');
  await turnControl(page, 80, 127);
  await expect(power).toHaveAttribute('aria-pressed', 'true');
});

test('the settings list devices and bindings, pick up softly, and learn pedals', async ({
  page,
}) => {
  await playDemo(page);
  await learn(page, threshold(page), 74);
  await expect(learning(page)).toBeHidden();
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'MIDI' }).click();
  await expect(dialog.getByRole('list', { name: 'MIDI devices' })).toHaveText('Pedal board');
  await expectAccessible(page, 'the MIDI page');

  await dialog.getByRole('radio', { name: 'Pick up' }).click();
  const before = await numberOf(threshold(page));
  await turnControl(page, 74, 127);
  await turnControl(page, 74, 100);
  expect(await numberOf(threshold(page)), 'far from the knob').toBe(before);
  await turnControl(page, 74, 10);
  await expect.poll(() => numberOf(threshold(page))).toBeCloseTo(-80 + (80 * 10) / 127, 1);

  await dialog.getByRole('button', { name: /MIDI learn Mute/ }).click();
  await turnControl(page, 64, 127);
  await expect(dialog.getByText('CC 64, channel 1', { exact: true })).toBeVisible();
  await turnControl(page, 64, 0);
  const mute = page.getByRole('button', { name: 'Mute', exact: true, includeHidden: true });
  await turnControl(page, 64, 127);
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await turnControl(page, 64, 0);
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await turnControl(page, 64, 127);
  await expect(mute).toHaveAttribute('aria-pressed', 'false');

  await dialog.getByRole('button', { name: 'Forget MIDI of Threshold of Gate' }).click();
  await expect(dialog.getByText('Press a knob with the right button')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: 'Saved on this device' })).toBeVisible();

  // A pedal is the device's: it is there though the project has nothing of it any more.
  await page.reload();
  await page.getByRole('button', { name: 'Connect MIDI' }).click();
  await turnControl(page, 64, 127);
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
});
