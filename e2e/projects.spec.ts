// SPDX-License-Identifier: MIT
// Projects: found, named, doubled, thrown away and had back; everything out into one file and in again.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { walkProjects } from './support/project-walk.ts';
import {
  choose,
  downloaded,
  expectSaved,
  names,
  newProject,
  openProjects,
  projects,
} from './support/projects.ts';
import { saveAs, yours } from './support/presets.ts';
import { card, dial, numberOf, order, playDemo } from './support/rack.ts';
import { downloadTakeFile, position, record, secondsAt } from './support/takes.ts';
import { expect, test } from './support/test.ts';
import { storedEntries } from './support/zip.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 90_000 });

async function putBackup(page: Page, bytes: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await projects(page).getByRole('button', { name: 'Restore a backup' }).click();
  await (
    await chooser
  ).setFiles({ name: 'backup.zip', mimeType: 'application/zip', buffer: bytes });
}

/** On the page about storage. */
async function wipe(page: Page): Promise<void> {
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Delete everything' }).click();
  await settings.getByRole('button', { name: 'Delete', exact: true }).click();
  await settings.getByRole('button', { name: 'Delete for good' }).click();
  await expect(settings).toBeHidden();
}

test('the first one, from nothing', async ({ page }) => {
  await page.goto('./');
  const dialog = await openProjects(page);
  await expect(dialog).toContainText('No project yet');
  await expect(dialog.getByRole('button', { name: 'Back up everything' })).toBeDisabled();
  await expectAccessible(page, 'projects, none');
  await page.keyboard.press('Escape');

  await newProject(page, 'Small combo');
  await expect.poll(() => order(page)).toEqual(['Overdrive', 'Amp crunch', 'Cabinet', 'Reverb']);
  // Nothing sounds, and nothing was asked for.
  await expect(page.getByRole('button', { name: 'Tap to start sound' })).toBeVisible();
  await openProjects(page);
  expect(await names(page)).toEqual(['Small combo']);
  await expect(projects(page).getByRole('listitem')).toContainText('Open');
  await expectAccessible(page, 'projects');
});

test('search, open, rename, duplicate, delete and undo', async ({ page }) => {
  await walkProjects(page, (target) => target.click());
});

test('the open one is deleted, and comes back as it was', async ({ page }) => {
  await page.goto('./');
  await newProject(page, 'Small combo');
  const drive = dial(card(page, 'Overdrive'), 'Drive');
  await drive.press('End');
  const turned = await numberOf(drive);
  await expectSaved(page);
  await openProjects(page);
  await choose(page, 'Small combo', 'Delete');
  await expect(projects(page)).toContainText('No project yet');
  await expect(page.locator('sc-first')).toBeAttached();
  await projects(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => names(page)).toEqual(['Small combo']);
  await page.keyboard.press('Escape');
  await expect(drive).toBeVisible();
  expect(await numberOf(drive)).toBe(turned);
});

test('all of it by keys alone', async ({ page }) => {
  await page.goto('./');
  await newProject(page, 'Small combo');
  await newProject(page, 'Round bass');
  const dialog = await openProjects(page);
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await dialog.getByRole('button', { name: 'Small combo menu' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Keys');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Open Keys' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual(['Round bass']);
  await expect(dialog.getByRole('button', { name: 'Open Round bass' })).toBeFocused();
  const undo = dialog.getByText('Keys deleted').getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.keyboard.press('Enter');
  const back = dialog.getByRole('button', { name: 'Open Keys' });
  await expect(back).toBeVisible();
  await back.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await order(page))[0]).toBe('Overdrive');
});

test('a backup: everything in one file, and back without writing over anything', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('./');
  await newProject(page, 'Small combo');
  await newProject(page, 'Glass clean');
  const dialog = await openProjects(page);
  const file = await downloaded(page, () =>
    dialog.getByRole('button', { name: 'Back up everything' }).click(),
  );
  const entries = storedEntries(file);
  const inside = [...entries.keys()];
  expect(inside.filter((name) => name.endsWith('.sonic'))).toHaveLength(2);
  expect(inside).toContain('manifest.json');
  const one = entries.get(inside.find((name) => name.includes('Small combo')) ?? '');
  expect(storedEntries(one ?? Buffer.alloc(0)).has('project.json')).toBe(true);

  // Elsewhere: all of it.
  const other = await browser.newPage({ baseURL: baseURL ?? '' });
  await other.goto('./');
  await openProjects(other);
  await putBackup(other, file);
  await expect(projects(other)).toContainText('2 projects came back.');
  await expect.poll(() => names(other)).toEqual(['Glass clean', 'Small combo']);
  await projects(other).getByRole('button', { name: 'Open Small combo' }).click();
  await expect.poll(async () => (await order(other))[0]).toBe('Overdrive');
  await other.close();

  // Here: what is the same stays, what differs comes as a copy.
  await choose(page, 'Small combo', 'Rename');
  await page.keyboard.type('Changed');
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toContain('Changed');
  await putBackup(page, file);
  await expect(dialog).toContainText(
    '1 project came as a copy beside what is here. 1 project was here already.',
  );
  await expect
    .poll(async () => (await names(page)).sort())
    .toEqual(['Changed', 'Glass clean', 'Small combo (restored)']);

  // What is no backup costs nothing.
  await putBackup(page, Buffer.from('not a zip'));
  await expect.poll(async () => (await names(page)).length).toBe(3);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toContainText('damaged, or it is no backup');
});

test('a take, a preset and a key of one’s own: backed up, wiped, restored, bit for bit', async ({
  page,
}) => {
  await playDemo(page);
  await record(page, 1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const before = await downloadTakeFile(page, 'Take 1', '32 bit float');
  await saveAs(page, 'Tuesday');
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('tab', { name: 'Keyboard' }).click();
  await page.getByRole('button', { name: 'Change the key for Mute the output' }).click();
  await page.keyboard.press('q');
  await page.getByRole('tab', { name: 'Projects and storage' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const file = await downloaded(page, () =>
    settings.getByRole('button', { name: 'Back up everything' }).click(),
  );
  await wipe(page);
  await expect(page.getByRole('button', { name: 'Play the demo' })).toBeVisible();

  await openProjects(page);
  await putBackup(page, file);
  await expect(projects(page)).toContainText(
    '1 project came back. 1 preset came back. 1 take came back. Your keys came back.',
  );
  await projects(page).getByRole('button', { name: 'Open Demo' }).click();
  await expect(yours(page)).toContainText('Tuesday');
  await page.getByRole('radio', { name: 'Takes', exact: true }).click();
  await page.getByRole('button', { name: 'Play Take 1' }).click();
  await expect.poll(() => secondsAt(position(page, 'Take 1'))).toBeGreaterThan(0.2);
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const after = await downloadTakeFile(page, 'Take 1', '32 bit float');
  expect(sha256(after)).toBe(sha256(before));
  await page.keyboard.press('q');
  await expect(page.getByRole('button', { name: 'Mute', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('an engine opens the file of a project that was never loaded', async ({ page }) => {
  await page.goto('./');
  await newProject(page, 'Small combo');
  await openProjects(page);
  const file = await downloaded(page, () => choose(page, 'Small combo', 'Download'));
  const chooser = page.waitForEvent('filechooser');
  await projects(page).getByRole('button', { name: 'Open a file' }).click();
  await (
    await chooser
  ).setFiles({ name: 'x.sonic', mimeType: 'application/octet-stream', buffer: file });
  await expect(projects(page)).toBeHidden({ timeout: 20_000 });
  await expect.poll(() => order(page)).toEqual(['Overdrive', 'Amp crunch', 'Cabinet', 'Reverb']);
});

test('the page about storage: how much, kept or not, and away with everything, asked twice', async ({
  page,
}) => {
  await page.goto('./');
  await newProject(page, 'Small combo');
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('tab', { name: 'Projects and storage' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toContainText(/\d+ MB used, [\d.]+ GB free/);
  await expect(settings).toContainText('1 project on this device');
  await expectAccessible(page, 'settings, storage');

  await settings.getByRole('button', { name: 'Delete everything' }).click();
  await expect(settings.getByRole('button', { name: 'Keep everything' })).toBeFocused();
  await settings.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(settings).toContainText('This cannot be undone.');
  await settings.getByRole('button', { name: 'Keep everything' }).click();
  await expect(settings.getByRole('button', { name: 'Delete everything' })).toBeFocused();
  await wipe(page);
  await expect(page.getByRole('button', { name: 'Play the demo' })).toBeVisible();
  await openProjects(page);
  await expect(projects(page)).toContainText('No project yet');
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});
