// SPDX-License-Identifier: MIT
// MIDI learn under a thumb: a knob is held.
import { expectAccessible } from './support/axe.ts';
import { hold, touchDragBy } from './support/gestures.ts';
import { plugInMidi, turnControl } from './support/midi.ts';
import { card, dial, numberOf, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 60_000 });
test.beforeEach(({ context }) => plugInMidi(context));

test('a held knob has a menu, and learns', async ({ page }) => {
  await playDemo(page);
  await card(page, 'Gate').locator('.opener').tap();
  const knob = dial(card(page, 'Gate'), 'Threshold');
  const before = await numberOf(knob);
  const menu = page.getByRole('menu', { name: 'Threshold menu' });
  await hold(page, knob, menu);
  await expect(menu).toHaveCount(1);
  expect(await numberOf(knob), 'held, not turned').toBe(before);
  await expectAccessible(page, 'the menu');
  for (const item of await menu.getByRole('menuitem').all()) {
    expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole('menuitem', { name: 'MIDI learn' }).tap();
  await expect(page.getByRole('dialog', { name: 'MIDI learn' })).toBeVisible();
  await turnControl(page, 74, 1);
  await expect(page.getByRole('dialog', { name: 'MIDI learn' })).toBeHidden();
  await turnControl(page, 74, 127);
  await expect.poll(() => numberOf(knob)).toBe(0);
  // A finger that moves turns: no menu, however long it takes.
  await touchDragBy(page, knob, { dy: 60, steps: 12 });
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect.poll(() => numberOf(knob)).toBeLessThan(0);
});
