// SPDX-License-Identifier: MIT
// What a player does with the rack, and with the output beside it.
import { expectAccessible } from './support/axe.ts';
import { dragBy, dragTo } from './support/gestures.ts';
import { FakeInput } from './support/fake-input.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { card, dial, numberOf, order, playDemo, travelOf } from './support/rack.ts';
import { expect, test } from './support/test.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 120_000 });

const kRigs = [
  'Glass clean',
  'Small combo',
  'Tight palm mutes',
  'Slow bloom',
  'Round bass',
  'Classic stack',
  'Funk sixteenths',
  'Surf line',
  'Singing lead',
  'Deep water',
  'Growling bass',
  'Late night crunch',
];

test('modules: added by search, removed, brought back', async ({ page }) => {
  await playDemo(page);
  const before = await order(page);
  await page.getByRole('button', { name: 'Add module' }).click();
  const palette = page.getByRole('dialog', { name: 'Add a module' });
  await expectAccessible(page, 'palette');
  await palette.getByRole('searchbox').fill('nothing like this');
  await expect(palette).toContainText('No module is called “nothing like this”.');
  await palette.getByRole('searchbox').fill('compr');
  await palette.getByRole('searchbox').press('Enter');
  await expect(palette).toBeHidden();
  await expect(card(page, 'Compressor')).toBeVisible();
  const added = await order(page);
  expect(added.filter((name) => name !== 'Compressor')).toEqual(before);

  await page.getByRole('button', { name: 'Compressor menu' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(card(page, 'Compressor')).toBeHidden();
  expect(await order(page)).toEqual(before);
  const toast = page.getByRole('status').filter({ hasText: 'Compressor removed' });
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 'Compressor')).toBeVisible();
  expect(await order(page)).toEqual(added);
  await expect(toast).toBeHidden();
});

test('order: by handle, by keys, and back', async ({ page }) => {
  await playDemo(page);
  const before = await order(page);
  const [first = '', second = '', third = ''] = before;
  const handle = page.getByRole('button', { name: `Move ${first}`, exact: true });
  // Onto the right half of the next card.
  const box = await card(page, second).boundingBox();
  await dragTo(page, handle, page.getByRole('button', { name: `${second} menu`, exact: true }));
  expect(box).not.toBeNull();
  await expect.poll(() => order(page)).toEqual([second, first, ...before.slice(2)]);

  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => order(page)).toEqual([second, third, first, ...before.slice(3)]);
  await expect(page.locator('sc-app > [aria-live]')).toHaveText(
    `${first} moved to place 3 of ${before.length}`,
  );
  await expect(handle).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => order(page)).toEqual(before);

  // Esc during a drag leaves everything as it was.
  await dragBy(page, handle, { dx: 300, release: false });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await order(page)).toEqual(before);
});

test('bypass, undo and redo', async ({ page }) => {
  await playDemo(page);
  const power = page.getByRole('button', { name: 'Amp crunch on' });
  await expect(power).toHaveAttribute('aria-pressed', 'true');
  await power.click();
  await expect(power).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Control+z');
  await expect(power).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+Shift+Z');
  await expect(power).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(power).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

test('a knob: drag, fine drag, reset, keys, wheel, one step of undo each', async ({ page }) => {
  await playDemo(page);
  const bass = dial(card(page, 'Amp crunch'), 'Bass');
  await expect(bass).toHaveAttribute('aria-valuemin', '0');
  await expect(bass).toHaveAttribute('aria-valuemax', '10');
  const start = await travelOf(bass);

  await dragBy(page, bass, { dy: -40 });
  const coarse = (await travelOf(bass)) - start;
  expect(coarse).toBeGreaterThan(0.1);
  const from = await travelOf(bass);
  await page.keyboard.down('Shift');
  await dragBy(page, bass, { dy: 40 });
  await page.keyboard.up('Shift');
  const fine = from - (await travelOf(bass));
  expect(fine).toBeGreaterThan(0);
  expect(coarse / fine).toBeGreaterThanOrEqual(5);

  // Each gesture is one step of undo.
  await page.keyboard.press('Control+z');
  expect(await travelOf(bass)).toBeCloseTo(from, 6);
  await page.keyboard.press('Control+z');
  expect(await travelOf(bass)).toBeCloseTo(start, 6);

  await bass.dblclick();
  await expect(bass).toHaveAttribute('aria-valuenow', '5');
  await bass.press('ArrowUp');
  expect(await numberOf(bass)).toBeCloseTo(5.1, 6);
  await bass.press('Shift+ArrowUp');
  const shifted = (await numberOf(bass)) - 5.1;
  expect(shifted).toBeGreaterThan(0);
  expect(shifted).toBeLessThanOrEqual(0.1 / 5);
  await bass.press('PageDown');
  expect(await numberOf(bass)).toBeCloseTo(4.1 + shifted, 6);
  await bass.press('Home');
  await expect(bass).toHaveAttribute('aria-valuenow', '0');
  await bass.press('End');
  await expect(bass).toHaveAttribute('aria-valuenow', '10');

  // The wheel turns only the knob that has the focus.
  const treble = dial(card(page, 'Amp crunch'), 'Treble');
  const trebleAt = await numberOf(treble);
  await treble.hover();
  await page.mouse.wheel(0, 100);
  await bass.hover();
  await page.mouse.wheel(0, 100);
  await expect.poll(() => numberOf(bass)).toBeLessThan(10);
  expect(await numberOf(treble)).toBe(trebleAt);
});

test('a knob: values are typed with their units', async ({ page }) => {
  await playDemo(page);
  const level = dial(card(page, 'Overdrive'), 'Level');
  const type = async (text: string, end = 'Enter') => {
    await level.press('Enter');
    const field = page.getByRole('textbox', { name: 'Level, type a value' });
    await field.fill(text);
    await field.press(end);
    await expect(level).toBeFocused();
  };
  await type('-6 dB');
  await expect(level).toHaveAttribute('aria-valuetext', '−6.0 dB');
  await expect(level).toHaveAttribute('aria-valuenow', '-6');
  await type('3,5');
  await expect(level).toHaveAttribute('aria-valuetext', '+3.5 dB');
  await type('loud');
  await expect(level).toHaveAttribute('aria-valuenow', '3.5');
  await type('440 Hz');
  await expect(level).toHaveAttribute('aria-valuenow', '3.5');
  await type('-6', 'Escape');
  await expect(level).toHaveAttribute('aria-valuenow', '3.5');
  await type('900 dB');
  await expect(level).toHaveAttribute(
    'aria-valuenow',
    (await level.getAttribute('aria-valuemax')) ?? '',
  );
});

test('rigs: each of the twelve is loaded, sounds, and can be taken back', async ({ page }) => {
  const speaker = await Loudspeaker.install(page);
  await playDemo(page);
  const first = await order(page);
  const seen = new Set<string>();
  for (const rig of kRigs) {
    await page
      .getByRole('list', { name: 'Rigs' })
      .getByRole('button', { name: new RegExp(`^${rig}`) })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(rig);
    seen.add((await order(page)).join(', '));
    await speaker.forget();
    await expect.poll(() => speaker.highestDb()).toBeGreaterThan(-40);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
  expect(seen.size).toBeGreaterThanOrEqual(10);
  expect(await order(page)).toEqual(first);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Growling bass');
});

test('the output: quiet at first, mute, a clip light that stays on', async ({ page }) => {
  const speaker = await Loudspeaker.install(page);
  await playDemo(page);
  const volume = page.getByRole('slider', { name: 'Volume' });
  await expect(volume).toHaveAttribute('aria-valuetext', '−12.0 dB');

  const mute = page.getByRole('button', { name: 'Mute', exact: true });
  await mute.click();
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => speaker.nowDb()).toBe(-Infinity);
  await mute.click();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);

  const light = page.locator('.clip-light');
  await expect(light).toHaveText('No clip');
  await page.getByRole('button', { name: 'Amp crunch menu' }).click();
  await page.getByRole('menuitem', { name: 'All settings' }).click();
  const level = dial(page.getByRole('dialog', { name: 'All settings of Amp crunch' }), 'Level');
  await volume.press('End');
  await level.press('End');
  await expect(light).toHaveText('Clip');
  // However loud it is, the limiter keeps it below −1 dBFS.
  expect(await speaker.highestDb()).toBeLessThanOrEqual(-0.99);
  await level.press('Home');
  await volume.press('Home');
  await expect.poll(() => speaker.nowDb()).toBeLessThan(-20);
  await expect(light, 'it latches').toHaveText('Clip');
  await light.click();
  await expect(light).toHaveText('No clip');

  // The volume is remembered: it is the player's, not the project's.
  await volume.press('End');
  await volume.press('ArrowDown');
  await page.reload();
  // Into the project, if it was kept by now.
  await page.getByRole('button', { name: /Tap to start sound|Play the demo/ }).click();
  await expect(volume).toHaveAttribute('aria-valuetext', '5.0 dB');
});

test('the tuner reads a string, and mutes', async ({ page }) => {
  const speaker = await Loudspeaker.install(page);
  const input = await FakeInput.install(page);
  await page.goto('./');
  await page.getByRole('button', { name: 'Plug in' }).click();
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await expect(page.getByText('Play a string.')).toBeVisible();
  await input.play(-18);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Headphones or interface' }).click();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);

  const button = page.getByRole('button', { name: 'Tuner', exact: true });
  await button.click();
  const tuner = page.getByRole('dialog', { name: 'Tuner' });
  await expect(tuner.locator('.note')).toContainText('A');
  await expect(tuner).toContainText('in tune');
  await expect(tuner).toContainText('110.0');
  await expect.poll(() => speaker.nowDb()).toBe(-Infinity);
  await expectAccessible(page, 'tuner');
  await tuner.getByRole('switch', { name: 'Mute while tuning' }).click();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
  await page.keyboard.press('Escape');
  await expect(tuner).toBeHidden();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
});
