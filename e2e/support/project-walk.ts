// SPDX-License-Identifier: MIT
// The story of a few projects, for a mouse or a thumb.
import type { Locator, Page } from '@playwright/test';
import { names, projects } from './projects.ts';
import { order } from './rack.ts';
import { expect } from './test.ts';

export async function walkProjects(
  page: Page,
  press: (target: Locator) => Promise<void>,
): Promise<void> {
  const dialog = projects(page);
  const item = (name: string | RegExp) => page.getByRole('menuitem', { name });
  const choose = async (name: string, what: string) => {
    await press(dialog.getByRole('button', { name: `${name} menu` }));
    await press(item(what));
  };
  const open = async () => {
    await press(page.locator('header .project'));
    await press(page.getByRole('button', { name: 'Projects', exact: true }));
    await expect(dialog.getByRole('listitem').first()).toBeVisible();
  };
  const create = async (rig: string) => {
    await press(dialog.getByRole('button', { name: 'New project' }));
    await press(item(new RegExp(`^${rig}`)));
    await expect(dialog).toBeHidden();
    await open();
    await expect.poll(() => names(page)).toContain(rig === 'Empty' ? 'Untitled' : rig);
  };

  await page.goto('./');
  await page.keyboard.press('ControlOrMeta+Shift+O');
  await expect(dialog).toContainText('No project yet');
  for (const rig of ['Small combo', 'Glass clean', 'Empty']) await create(rig);
  expect(await names(page)).toEqual(['Untitled', 'Glass clean', 'Small combo']);

  const search = dialog.getByRole('searchbox');
  await search.fill('overdrive');
  expect(await names(page)).toEqual(['Small combo']);
  await search.fill('zither');
  await expect(dialog).toContainText('Nothing here is called “zither”');
  await search.fill('');

  await choose('Glass clean', 'Rename');
  await page.keyboard.type('Sunday');
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual(['Untitled', 'Sunday', 'Small combo']);
  await expect(dialog.getByRole('button', { name: 'Open Sunday' })).toBeFocused();
  await choose('Sunday', 'Rename');
  await page.keyboard.type('Never');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  expect(await names(page)).toContain('Sunday');

  await choose('Sunday', 'Duplicate');
  await expect
    .poll(() => names(page))
    .toEqual(['Sunday copy', 'Untitled', 'Sunday', 'Small combo']);
  await choose('Sunday', 'Delete');
  await expect.poll(() => names(page)).toEqual(['Sunday copy', 'Untitled', 'Small combo']);
  await press(dialog.getByText('Sunday deleted').getByRole('button', { name: 'Undo' }));
  await expect.poll(() => names(page)).toContain('Sunday');

  await press(dialog.getByRole('button', { name: 'Open Sunday copy' }));
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await order(page))[0]).toBe('Compressor');
  await expect(page.locator('header .project')).toContainText('Sunday copy');
}
