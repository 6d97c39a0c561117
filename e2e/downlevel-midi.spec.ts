// SPDX-License-Identifier: MIT
// Without Web MIDI: it is said, and the rest of a knob's menu is there.
import { expectAccessible } from './support/axe.ts';
import { card, dial, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test('a browser without MIDI says so', async ({ page }) => {
  await playDemo(page);
  const knob = dial(card(page, 'Gate'), 'Threshold');
  await knob.click({ button: 'right' });
  const item = page.getByRole('menuitem', { name: 'MIDI learn Not in this browser' });
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('menuitem', { name: 'Reset' }).click();
  await expect(knob).toHaveAttribute('aria-valuetext', '−55 dB');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'MIDI' }).click();
  await expect(page.getByText('This browser has no MIDI.')).toBeVisible();
  await expectAccessible(page, 'a browser without MIDI');
});
