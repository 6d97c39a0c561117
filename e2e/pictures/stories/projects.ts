// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import {
  choose as chooseOf,
  createProject,
  downloaded,
  openProjects,
  projects,
} from '../../support/projects.ts';
import { card, dial, playDemo } from '../../support/rack.ts';
import { dialog, open, popover, press, said, saved, type Story } from '../story.ts';

export const kProjectStories: readonly Story[] = [
  {
    title: 'Projects',
    run: async ({ page, take }) => {
      await open(page);
      await openProjects(page);
      await said(page, 'No project yet');
      await take('projects-empty', 'No project yet', dialog(page));
      await press(page, 'New project');
      await take('project-new', 'A new project from a rig', dialog(page), popover(page));
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      for (const rig of ['Small combo', 'Slow bloom', 'Tight palm mutes', 'Round bass']) {
        await createProject(page, rig);
        await saved(page);
      }
      await openProjects(page);
      await expect(projects(page).getByRole('listitem')).toHaveCount(4);
      await take('projects', 'The projects of this device', dialog(page));
      await projects(page).getByRole('button', { name: 'Slow bloom menu' }).click();
      await take('project-card-menu', 'What can be done with one', dialog(page));
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await take('project-rename', 'A name is a field', dialog(page));
      await page.keyboard.press('Escape');
      await projects(page).getByRole('searchbox').fill('zither');
      await said(page, 'Nothing here is called');
      await take('projects-none', 'None has that name', dialog(page));
      await projects(page).getByRole('searchbox').fill('');
      await chooseOf(page, 'Tight palm mutes', 'Delete');
      await said(page, 'Tight palm mutes deleted');
      await take('project-deleted', 'One was deleted, and can be had back', dialog(page));

      const file = await downloaded(page, () => press(page, 'Back up everything'));
      const chooser = page.waitForEvent('filechooser');
      await press(page, 'Restore a backup');
      await (await chooser).setFiles({ name: 'b.zip', mimeType: 'application/zip', buffer: file });
      await said(page, /were? here already/);
      await take('restored', 'A backup was restored', dialog(page));
    },
  },
  {
    title: 'Storage',
    run: async ({ page, take }) => {
      await open(page);
      await createProject(page, 'Small combo');
      await saved(page);
      await page.keyboard.press('ControlOrMeta+,');
      await page.getByRole('tab', { name: 'Projects and storage' }).click();
      await said(page, '1 project on this device');
      await take('settings-storage', 'Settings, projects and storage', dialog(page));
      await press(page, 'Delete everything');
      await take('delete-everything', 'Everything is to go: asked', dialog(page));
      await press(page, 'Delete');
      await said(page, 'This cannot be undone.');
      await take('delete-for-good', 'And asked again', dialog(page));
    },
  },
  {
    title: 'Two tabs',
    run: async ({ page, takeBanner }) => {
      await playDemo(page);
      await dial(card(page, 'Overdrive'), 'Drive').press('ArrowUp');
      await press(page, 'Stop');
      await saved(page);
      const first = await page.context().newPage();
      await page.goto('about:blank');
      await first.goto('./');
      await expect(first.locator('sc-rack')).toBeVisible();
      await page.goto('./');
      await said(page, 'This project is open in another tab.');
      await takeBanner('two-tabs', 'The same project in another tab');
      await press(page, 'Take over here');
      await expect(page.locator('.banner')).toBeHidden();
      await first.getByRole('button', { name: 'Take over here' }).click();
      await said(page, 'This project went on in another tab.');
      await takeBanner('went-on', 'The project went on in another tab');
    },
  },
];
