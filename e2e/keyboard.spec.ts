// SPDX-License-Identifier: MIT
// The app by keys alone: from the demo to a take, and the keys themselves.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { rigRow, yours } from './support/presets.ts';
import { card, dial, numberOf, order, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

// Audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 90_000 });

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Find anything' });
const find = (page: Page): Locator => palette(page).getByRole('combobox');

/** Collects what a screen reader is told from now on: the next sentence replaces the last one in the page. */
async function listen(page: Page): Promise<void> {
  await page.locator('sc-app > [aria-live="polite"]').evaluate((region) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver(() => heard.push(region.textContent ?? '')).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}
const expectHeard = (page: Page, sentence: string): Promise<void> =>
  expect
    .poll(() =>
      page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join('. ')),
    )
    .toContain(sentence);

/** Chooses by its name in the palette. */
async function choose(page: Page, words: string, name: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(find(page)).toBeFocused();
  await page.keyboard.type(words);
  await expect(palette(page).getByRole('option', { selected: true })).toHaveText(name);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
}
/** Where the keys are. */
const focusedLabel = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

test('a rig and a take, with keys alone', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Play the demo' })).toBeVisible();
  for (let tabs = 0; tabs < 6; tabs += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (text === 'Play the demo') break;
  }
  await page.keyboard.press('Enter');
  await expect(card(page, 'Gate')).toBeVisible({ timeout: 20_000 });
  const before = await order(page);
  await listen(page);

  await test.step('a module by the palette gets the focus', async () => {
    await choose(page, 'add compr', /Add Compressor/);
    await expect(card(page, 'Compressor')).toBeFocused();
    expect(await order(page)).toEqual(['Gate', 'Compressor', ...before.slice(1)]);
    await expectHeard(page, `Compressor added, place 2 of ${before.length + 1}`);
  });

  await test.step('it moves, and keeps the focus', async () => {
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(async () => (await order(page))[2]).toBe('Compressor');
    await expect(card(page, 'Compressor')).toBeFocused();
    await expectHeard(page, `Compressor moved to place 3 of ${before.length + 1}`);
  });

  const threshold = dial(card(page, 'Compressor'), 'Threshold');
  await test.step('its knobs turn, and take typed values', async () => {
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedLabel(page)).toBe('Threshold');
    const was = await numberOf(threshold);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await numberOf(threshold)).toBeGreaterThan(was);
    await page.keyboard.press('Enter');
    // Letters that are commands elsewhere are typed here.
    await page.keyboard.type('-21 dB');
    await page.keyboard.press('Enter');
    await expect(threshold).toHaveAttribute('aria-valuetext', '−21 dB');
    await expect(threshold).toBeFocused();
  });

  await test.step('it is bypassed, duplicated and removed; the focus goes to its neighbour', async () => {
    await page.keyboard.press('b');
    await expect(card(page, 'Compressor')).toHaveClass(/bypassed/);
    await expectHeard(page, 'Compressor bypassed');
    await page.keyboard.press('Control+d');
    await expect(card(page, 'Compressor')).toHaveCount(2);
    await expect(card(page, 'Compressor').last()).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(card(page, 'Compressor')).toHaveCount(1);
    const neighbour = (await order(page))[3] ?? '';
    await expect(card(page, neighbour)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(card(page, 'Compressor')).toBeFocused();
    await page.keyboard.press('Delete');
    await expect.poll(() => order(page)).toEqual(before);
    await expect(page.getByRole('status').filter({ hasText: 'Compressor removed' })).toBeVisible();
  });

  await test.step('all of it is taken back, and done again', async () => {
    await page.keyboard.press('Control+z');
    await expect(card(page, 'Compressor')).toHaveClass(/bypassed/);
    await expectHeard(page, 'Undone: Remove Compressor');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => order(page)).toEqual(before);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+y');
    await expect.poll(() => order(page)).toEqual(before);
  });

  await test.step('a take is recorded and stopped', async () => {
    await page.keyboard.press('r');
    await expect(page.getByRole('button', { name: 'Stop recording' })).toBeVisible();
    await expectHeard(page, 'Recording started');
    await expect(page.locator('.transport .recording')).toContainText(/[1-9]/);
    await page.keyboard.press('r');
    await expect(page.getByRole('button', { name: 'Play Take 1' })).toBeVisible();
    await expectHeard(page, 'Recording stopped');
  });

  await test.step('it stops, is muted, and is saved', async () => {
    await page.keyboard.press('.');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: 'Mute', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await page.keyboard.press('m');
    const loaded = page.waitForEvent('download');
    await page.keyboard.press('Control+s');
    const toast = page.getByRole('status').filter({ hasText: 'Saved on this device' });
    await toast.getByRole('button', { name: 'Download' }).press('Enter');
    expect((await loaded).suggestedFilename()).toMatch(/\.sonic$/);
  });
});

test('the focus is never lost, and Esc leads back', async ({ page }) => {
  await playDemo(page);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the rig' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card(page, 'Gate')).toBeFocused();

  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(card(page, 'Gate')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = (await order(page))[1] ?? '';
  await expect(card(page, second)).toBeFocused();
  // From a module Tab leads through its controls, and Esc out of them.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: `Move ${second}` })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card(page, second)).toBeFocused();

  for (const [key, name] of [
    ['?', 'All keys'],
    ['Control+,', 'Settings'],
    ['Control+k', 'Find anything'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name })).toBeHidden();
    await expect(card(page, second)).toBeFocused();
  }
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tuner' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Tuner' })).toBeHidden();
  await expect(card(page, second)).toBeFocused();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: /Search/ })).toBeFocused();
  await page.keyboard.type('rmb?');
  await expect(page.getByRole('searchbox', { name: /Search/ })).toHaveValue('rmb?');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const names = await order(page);
  for (const name of names) {
    await card(page, name).focus();
    await page.keyboard.press('Backspace');
    await expect(card(page, name)).toHaveCount(0);
  }
  await expect(page.getByRole('button', { name: 'Add module' })).toBeFocused();
});

test('the palette finds commands, rigs, modules and pages, and is one combobox', async ({
  page,
}) => {
  await playDemo(page);
  await page.keyboard.press('Control+k');
  await expect(find(page)).toBeFocused();
  await expectAccessible(page, 'the palette');
  const options = palette(page).getByRole('option');
  const active = () => find(page).getAttribute('aria-activedescendant');
  expect(await options.first().getAttribute('id')).toBe(await active());
  await page.keyboard.press('ArrowDown');
  expect(await options.nth(1).getAttribute('id')).toBe(await active());
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await options.last().getAttribute('id')).toBe(await active());
  await expect(options.last()).toBeInViewport();

  await page.keyboard.type('glcl');
  await expect(options.first()).toContainText('Glass clean');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Glass clean' })).toBeVisible();

  await choose(page, 'appear', /Settings: Appearance/);
  await expect(page.getByRole('tab', { name: 'Appearance' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Escape');

  await page.keyboard.press('a');
  await expect(palette(page).getByRole('combobox', { name: 'Add a module' })).toBeFocused();
  await page.keyboard.type('qqq');
  await expect(palette(page)).toContainText('Nothing is called “qqq”');
  await expect(options).toHaveCount(0);
});

test('a key is changed, refused, swapped, kept and reset', async ({ page }) => {
  await playDemo(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'All keys' });
  await expect(sheet.locator('.key-row', { hasText: 'Record a take' }).locator('kbd')).toHaveText(
    'R',
  );
  await expectAccessible(page, 'the sheet');
  await sheet.getByRole('button', { name: 'Change keys' }).click();
  const row = (id: string) => page.locator(`.key-row[data-command=${id}]`);
  await expectAccessible(page, 'the keyboard page');

  const change = page.getByRole('button', { name: 'Change the key for Record a take' });
  await change.press('Enter');
  await expect(row('record').locator('.key-listener')).toBeFocused();
  await page.keyboard.press('Control+w');
  await expect(row('record').getByRole('alert')).toContainText(
    'Ctrl+W: The browser keeps this key',
  );
  await page.keyboard.press('Space');
  await expect(row('record')).toContainText('Space stands for “Play or stop” now.');
  await expectAccessible(page, 'a conflict');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(change).toBeFocused();
  await expect(row('record').locator('kbd')).toHaveText('R');

  await change.press('Enter');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Swap' }).press('Enter');
  await expect(row('record').locator('kbd')).toHaveText('Space');
  await expect(row('play').locator('kbd')).toHaveText('R');
  await page.keyboard.press('Escape');

  await page.reload();
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible({
    timeout: 20_000,
  });
  await card(page, 'Gate').focus();
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Keyboard' }).click();
  await page.getByRole('button', { name: 'Reset the key for Record a take' }).press('Enter');
  await expect(row('record').locator('kbd')).toHaveText('R');
  await expect(row('play').locator('kbd')).toHaveText('Space');
  await expect(page.getByRole('button', { name: 'Reset all keys' })).toBeDisabled();
});

test('presets by keys alone: found, starred, stepped through, compared, saved, deleted', async ({
  page,
}) => {
  await playDemo(page);
  const title = page.getByRole('heading', { level: 1 });
  const search = page.getByRole('searchbox', { name: 'Search rigs' });
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('glass');
  await page.keyboard.press('ArrowDown');
  await expect(rigRow(page, 'Glass clean')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title).toHaveText('Glass clean');
  await expect(rigRow(page, 'Glass clean')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  const star = page.getByRole('button', { name: 'Favourite: Glass clean' });
  await expect(star).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(star).toHaveAttribute('aria-pressed', 'true');

  await search.focus();
  await page.keyboard.press('Escape');
  await expect(search).toHaveValue('');
  await page.keyboard.press('Escape');
  await star.focus();
  await page.keyboard.press(']');
  await expect(title).toHaveText('Small combo');
  await page.keyboard.press('x');
  await expect(page.getByRole('radio', { name: 'B', exact: true })).toBeChecked();
  await page.keyboard.press(']');
  await expect(title).not.toHaveText('Small combo');
  await page.keyboard.press('x');
  await expect(title).toHaveText('Small combo');

  await choose(page, 'save as', /Save as a preset/);
  const dialog = page.getByRole('dialog', { name: 'Save as a preset' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(yours(page)).toContainText('By keys');
  await page.getByRole('button', { name: 'By keys menu' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(yours(page)).toHaveCount(0);
});
