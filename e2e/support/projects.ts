// SPDX-License-Identifier: MIT
// The projects of a device as a player finds them.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

export const projects = (page: Page): Locator => page.getByRole('dialog', { name: 'Projects' });

export async function openProjects(page: Page): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+Shift+O');
  await expect(projects(page).getByRole('searchbox')).toBeVisible();
  return projects(page);
}

/** A new project from a rig, open in the rack. */
export async function createProject(page: Page, rig: string): Promise<void> {
  const dialog = await openProjects(page);
  await dialog.getByRole('button', { name: 'New project' }).click();
  await dialog.getByRole('menuitem', { name: new RegExp(`^${rig}`) }).click();
  await expect(dialog).toBeHidden();
}
/** … and kept. */
export async function newProject(page: Page, rig: string): Promise<void> {
  await createProject(page, rig);
  await expectSaved(page);
}

export const expectSaved = (page: Page): Promise<void> =>
  expect(page.getByRole('status').filter({ hasText: /^\s*Saved\s*$/ })).toBeVisible();

/** In the order of the list. */
export const names = (page: Page): Promise<string[]> =>
  projects(page)
    .getByRole('listitem')
    .evaluateAll((cards) => cards.map((each) => each.querySelector('.name')?.textContent ?? ''));

export async function choose(page: Page, name: string, what: string): Promise<void> {
  await projects(page)
    .getByRole('button', { name: `${name} menu` })
    .click();
  await page.getByRole('menuitem', { name: what, exact: true }).click();
}

export async function downloaded(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await press();
  return readFileSync(await (await started).path());
}

/** How often the projects of this device have been written. */
export const writes = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('sonic-core');
        opening.onerror = () => reject(opening.error ?? new Error('no database'));
        opening.onsuccess = () => {
          const all = opening.result.transaction('projects').objectStore('projects').getAll();
          all.onerror = () => reject(all.error ?? new Error('no projects'));
          all.onsuccess = () => {
            opening.result.close();
            const projects = all.result as { revision: number }[];
            resolve(projects.reduce((sum, { revision }) => sum + revision, 0));
          };
        };
      }),
  );
