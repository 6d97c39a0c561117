// SPDX-License-Identifier: MIT
// The list of rigs as a player finds it.
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

/** The button of a rig in the list; the star and the menu beside it have names of their own. */
export const rigRow = (page: Page, name: string, section = 'Rigs'): Locator =>
  page
    .getByRole('list', { name: section, exact: true })
    .locator('.list-row')
    .filter({ hasText: new RegExp(`^\\s*${name}`) });

export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
export const yours = (page: Page): Locator =>
  page.getByRole('list', { name: 'Yours', exact: true });

/** Names in a section, from top to bottom. */
export const rigNames = (page: Page, section = 'Rigs'): Promise<string[]> =>
  page
    .getByRole('list', { name: section, exact: true })
    .locator('.list-row > .name')
    .allInnerTexts();

/** The rig that plays, under a name of its own. */
export async function saveAs(page: Page, name: string, tags = ''): Promise<void> {
  await page.locator('.rig-name, [aria-label="Rig menu"]').click();
  await page.getByRole('menuitem', { name: 'Save as a preset' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a preset' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  if (tags) await dialog.getByRole('textbox', { name: 'Tags' }).fill(tags);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** The page once more: it goes straight into the project that was open. */
export async function reopen(page: Page): Promise<void> {
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.locator('sc-rack')).toBeVisible();
}
