// SPDX-License-Identifier: MIT
// What has the focus may go: the focus never falls back to the start of the page.
import type { Page } from '@playwright/test';
import { expectSaved, openProjects, projects } from './support/projects.ts';
import { rigRow, saveAs, yours } from './support/presets.ts';
import { card, dial, order, playDemo } from './support/rack.ts';
import { menuOf, record } from './support/takes.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 240_000 });

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return 'nothing';
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent?.trim() ?? '';
  });
const expectFocus = (page: Page, name: string | RegExp, what: string): Promise<void> =>
  expect.poll(() => focused(page), what).toMatch(name);
const kSomething = /^(?!nothing$)/;

/** Chooses from the menu of what has it, by keys alone. */
async function chooseByKeys(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name: new RegExp(`^${name}`) });
  const items = page.getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  const isThere = () => item.evaluate((element) => element === document.activeElement);
  for (let left = await items.count(); left > 0 && !(await isThere()); left -= 1) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
}

test('modules that go, by menu, by undo and by redo', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Play the demo' }).press('Enter');
  await expect(card(page, 'Gate')).toBeVisible({ timeout: 20_000 });
  await expectFocus(page, /^Gate$/, 'after the first screen went');
  const names = await order(page);
  await page.getByRole('button', { name: 'Delay menu' }).press('Enter');
  await chooseByKeys(page, 'Remove');
  await expect(card(page, 'Delay')).toHaveCount(0);
  await expectFocus(page, /^(Reverb|Cabinet)$/, 'after a module was removed by its menu');

  const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
  await undo.press('Enter');
  await expect.poll(() => order(page)).toEqual(names);
  await expectFocus(page, /^(Delay|Reverb|Cabinet)$/, 'after the toast’s undo');

  await dial(card(page, 'Delay'), 'Mix').focus();
  await page.keyboard.press('Control+Shift+z');
  await expect(card(page, 'Delay')).toHaveCount(0);
  await expectFocus(page, /^(Reverb|Cabinet)$/, 'after redo took the module away');
  await page.keyboard.press('Control+z');
  await expect(card(page, 'Delay')).toHaveCount(1);

  await page.keyboard.press('a');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('compr');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Compressor')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(card(page, 'Compressor')).toHaveCount(0);
  await expectFocus(page, new RegExp(`^(${names.join('|')})$`), 'after undo took it away');
});

test('presets, takes, projects and dialogs that go', async ({ page }) => {
  await playDemo(page);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await saveAs(page, 'First');
  await expectFocus(page, kSomething, 'after a preset was saved');
  await expect(yours(page)).toContainText('First');
  await menuOf(page, 'First').press('Enter');
  await chooseByKeys(page, 'Delete');
  await expect(yours(page)).toHaveCount(0);
  await expectFocus(page, kSomething, 'after the last own preset was deleted');
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(yours(page)).toContainText('First');
  await expectFocus(page, kSomething, 'after the preset came back');
  await rigRow(page, 'Glass clean').press('Enter');
  await expectFocus(page, /^Glass clean/, 'after a rig was chosen');

  await page.getByRole('radio', { name: 'Takes', exact: true }).press('Enter');
  await record(page, 1);
  await menuOf(page, 'Take 1').press('Enter');
  await chooseByKeys(page, 'Remove');
  await expect(page.getByText('No take yet')).toBeVisible();
  await expectFocus(page, kSomething, 'after the last take was removed');

  await expectSaved(page);
  await openProjects(page);
  const cards = projects(page).getByRole('listitem');
  await cards.getByRole('button', { name: / menu$/ }).press('Enter');
  await chooseByKeys(page, 'Delete');
  await expect(projects(page)).toContainText('No project yet');
  await expectFocus(page, kSomething, 'after the last project was deleted');
  await projects(page).getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(cards).toHaveCount(1);
  await expectFocus(page, kSomething, 'after the project came back');
  await page.keyboard.press('Escape');
  await expect(projects(page)).toBeHidden();
  await expectFocus(page, kSomething, 'after the projects were closed');
});
