// SPDX-License-Identifier: MIT
// Presets: looked for, stepped through, compared, saved, kept, carried from one device to another.
import { readFile, writeFile } from 'node:fs/promises';
import type { Download, Page, TestInfo } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { heading, reopen, rigNames, rigRow, saveAs, yours } from './support/presets.ts';
import { card, dial, numberOf, order, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';
import { storedEntries } from './support/zip.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 120_000 });

const pill = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Show only' }).getByRole('button', { name, exact: true });
const side = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Compare' }).getByRole('radio', { name, exact: true });
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).first();
const menuOf = async (page: Page, name: string, item: string) => {
  await yours(page)
    .getByRole('button', { name: `${name} menu`, exact: true })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
};

async function exported(page: Page, press: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return download;
}
async function saved(download: Download, info: TestInfo): Promise<string> {
  const path = info.outputPath(download.suggestedFilename());
  await download.saveAs(path);
  return path;
}
async function importFile(page: Page, path: string): Promise<void> {
  await page.locator('.rig-name').click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Import presets' }).click(),
  ]);
  await chooser.setFiles(path);
}

test('search, tags and favourites narrow the list, and the arrows step through what is left', async ({
  page,
}) => {
  await playDemo(page);
  expect(await rigNames(page)).toHaveLength(12);
  const search = page.getByRole('searchbox', { name: 'Search rigs' });

  // By keys: into the search, down into what it found, Enter.
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await search.fill('bass');
  await expect.poll(() => rigNames(page)).toEqual(['Round bass', 'Growling bass']);
  await search.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Round bass');
  await page.getByRole('button', { name: 'Next rig' }).click();
  await expect(heading(page)).toHaveText('Growling bass');
  await page.getByRole('button', { name: 'Next rig' }).click();
  await expect(heading(page)).toHaveText('Round bass');
  await page.getByRole('button', { name: 'Previous rig' }).click();
  await expect(heading(page)).toHaveText('Growling bass');
  await search.fill('nothing like this');
  await expect(page.getByText('No rig fits that.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  expect(await rigNames(page)).toHaveLength(12);

  await pill(page, 'ambient').click();
  await expect(pill(page, 'ambient')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => rigNames(page)).toEqual(['Slow bloom', 'Deep water']);
  await expectAccessible(page, 'a tag is chosen');
  await pill(page, 'ambient').click();

  const star = page.getByRole('button', { name: 'Favourite: Surf line' });
  await rigRow(page, 'Surf line').hover();
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await pill(page, 'Favourites').click();
  await expect.poll(() => rigNames(page)).toEqual(['Surf line']);

  // A favourite is remembered. The keys step, too, with all of them in view.
  await reopen(page);
  await pill(page, 'Favourites').click();
  await expect.poll(() => rigNames(page)).toEqual(['Surf line']);
  await pill(page, 'Favourites').click();
  await page.locator('.scroller').click({ position: { x: 4, y: 4 } });
  await expect(heading(page)).toHaveText('Growling bass');
  await page.keyboard.press(']');
  await expect(heading(page)).toHaveText('Late night crunch');
  await page.keyboard.press('[');
  await expect(heading(page)).toHaveText('Growling bass');
  await page.keyboard.press('[');
  await expect(heading(page)).toHaveText('Deep water');
});

test('loading is one step of undo; an edit shows, and goes back', async ({ page }) => {
  await playDemo(page);
  const before = await order(page);
  await rigRow(page, 'Slow bloom').click();
  await expect(heading(page)).toHaveText('Slow bloom');
  await undo(page).click();
  await expect(heading(page)).toHaveText('Late night crunch');
  expect(await order(page)).toEqual(before);
  await expect(undo(page)).toBeDisabled();

  const drive = dial(card(page, 'Overdrive'), 'Drive');
  const was = await numberOf(drive);
  await drive.press('End');
  await expect(heading(page)).toHaveText('Late night crunch, edited');
  await expect(rigRow(page, 'Late night crunch')).toContainText('edited');
  await page.locator('.rig-name').click();
  await expectAccessible(page, 'the menu of the rig');
  await page.getByRole('menuitem', { name: 'Back to Late night crunch' }).click();
  await expect(heading(page)).toHaveText('Late night crunch');
  await expect(page.locator('.rig-name')).toBeFocused();
  expect(await numberOf(drive)).toBe(was);
  await page.keyboard.press('Control+z');
  await expect(heading(page)).toHaveText('Late night crunch, edited');
});

test('A and B are two rigs; knobs belong to the side that is on', async ({ page }) => {
  await playDemo(page);
  const drive = dial(card(page, 'Overdrive'), 'Drive');
  const a = await numberOf(drive);
  await expect(side(page, 'A')).toHaveAttribute('aria-checked', 'true');
  await side(page, 'B').click();
  expect(await numberOf(drive), 'B begins as A').toBe(a);
  await drive.press('End');
  await side(page, 'A').click();
  await expect(drive).toHaveAttribute('aria-valuenow', String(a));
  await page.locator('.scroller').click({ position: { x: 4, y: 4 } });
  await page.keyboard.press('x');
  await expect(side(page, 'B')).toHaveAttribute('aria-checked', 'true');
  await expect(drive).toHaveAttribute('aria-valuenow', '100');

  // By keys alone: a turn stays on its side, however soon the next key comes.
  await drive.press('Home');
  await page.keyboard.press('x');
  await expect(side(page, 'A')).toHaveAttribute('aria-checked', 'true');
  await expect(drive).toHaveAttribute('aria-valuenow', String(a));
  await page.keyboard.press('x');
  await expect(side(page, 'B')).toHaveAttribute('aria-checked', 'true');
  await expect(drive).toHaveAttribute('aria-valuenow', '0');

  // A switch is one step, and what is loaded belongs to the side that is on.
  await page.keyboard.press('Control+z');
  await expect(side(page, 'A')).toHaveAttribute('aria-checked', 'true');
  await expect(drive).toHaveAttribute('aria-valuenow', String(a));
  await rigRow(page, 'Surf line').click();
  await expect(heading(page)).toHaveText('Surf line');
  await side(page, 'B').click();
  await expect(heading(page)).toHaveText('Late night crunch, edited');
  await side(page, 'A').click();
  await expect(heading(page)).toHaveText('Surf line');

  await page.locator('.rig-name').click();
  await page.getByRole('menuitem', { name: 'Copy A to B' }).click();
  await side(page, 'B').click();
  await expect(heading(page)).toHaveText('Surf line');

  // Both sides are kept with the project.
  await rigRow(page, 'Round bass').click();
  await reopen(page);
  await expect(side(page, 'B')).toHaveAttribute('aria-checked', 'true');
  await expect(heading(page)).toHaveText('Round bass');
  await side(page, 'A').click();
  await expect(heading(page)).toHaveText('Surf line');
});

test('switching sides is there before the next frame, and modules that both have go on sounding', async ({
  page,
}) => {
  await playDemo(page);
  const drive = dial(card(page, 'Overdrive'), 'Drive');
  const a = await drive.getAttribute('aria-valuenow');
  await side(page, 'B').click();
  await drive.press('Home');
  // A held key is one gesture until it rests; then it is in the project.
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveAttribute(
    'title',
    /Drive/,
  );
  const seen = await page.evaluate(async () => {
    const sides = document.querySelectorAll<HTMLElement>('[aria-label="Compare"] button');
    const modules = () => [...document.querySelectorAll('li[data-node]')];
    const knob = () =>
      document.querySelector('[data-type="overdrive"] [aria-label="Drive"]')?.ariaValueNow;
    const before = modules();
    const values: (string | null | undefined)[] = [];
    for (const side of [...sides, ...sides]) {
      side.click();
      // No frame is drawn in between: only what is due at once has happened.
      for (let i = 0; i < 20; i++) await Promise.resolve();
      values.push(knob());
    }
    const after = modules();
    return { values, isSame: before.every((module, i) => module === after[i]) };
  });
  expect(seen.isSame, 'the modules stay').toBe(true);
  expect(seen.values).toEqual([a, '0', a, '0']);
});

test('a rig is saved under a name, kept, changed, renamed and deleted', async ({ page }) => {
  await playDemo(page);
  await dial(card(page, 'Overdrive'), 'Drive').press('End');
  await page.locator('.rig-name').click();
  await page.getByRole('menuitem', { name: 'Save as a preset' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a preset' });
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('Late night crunch 2');
  await expectAccessible(page, 'saving');
  await name.fill('Tuesday take');
  await dialog.getByRole('button', { name: 'metal', exact: true }).click();
  await expect(dialog.getByRole('textbox', { name: 'Tags' })).toHaveValue('crunch, blues, metal');
  await name.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.locator('.rig-name'), 'the focus comes back').toBeFocused();
  await expect(heading(page)).toHaveText('Tuesday take');
  expect(await rigNames(page, 'Yours')).toEqual(['Tuesday take']);

  // Under the same name: replaced, or beside it.
  await dial(card(page, 'Overdrive'), 'Drive').press('Home');
  await expect(heading(page)).toHaveText('Tuesday take, edited');
  await page.locator('.rig-name').click();
  await page.getByRole('menuitem', { name: 'Save as a preset' }).click();
  await expect(dialog).toContainText('There is a preset “Tuesday take” already.');
  await dialog.getByRole('button', { name: 'Keep both' }).click();
  await expect(heading(page)).toHaveText('Tuesday take 2');
  await dial(card(page, 'Overdrive'), 'Drive').press('End');
  await page.locator('.rig-name').click();
  await page.getByRole('menuitem', { name: 'Save Tuesday take 2' }).click();
  await expect(heading(page)).toHaveText('Tuesday take 2');

  await menuOf(page, 'Tuesday take 2', 'Name and tags');
  const naming = page.getByRole('dialog', { name: 'Name and tags' });
  await naming.getByRole('textbox', { name: 'Name' }).fill('Baritone low A');
  await naming.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(heading(page)).toHaveText('Baritone low A');

  await reopen(page);
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['Tuesday take', 'Baritone low A']);
  await rigRow(page, 'Baritone low A', 'Yours').click();
  await expect(dial(card(page, 'Overdrive'), 'Drive')).toHaveAttribute('aria-valuenow', '100');

  await menuOf(page, 'Tuesday take', 'Delete');
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['Baritone low A']);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['Tuesday take', 'Baritone low A']);
});

test('out to a file, deleted, and back; a file that is wrong says where', async ({
  page,
}, info) => {
  await playDemo(page);
  await saveAs(page, 'Tuesday take', 'crunch');
  const one = await exported(page, () => menuOf(page, 'Tuesday take', 'Export'));
  expect(one.suggestedFilename()).toBe('Tuesday take.json');
  const path = await saved(one, info);
  const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  expect(file).toMatchObject({ format: 'sonic-presets', version: 1 });

  await menuOf(page, 'Tuesday take', 'Delete');
  await expect(page.getByRole('button', { name: 'Save this rig' })).toBeVisible();
  await importFile(page, path);
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['Tuesday take']);
  await importFile(page, path);
  await expect.poll(() => rigNames(page, 'Yours')).toEqual(['Tuesday take', 'Tuesday take 2']);

  // All of them, dropped onto the window.
  const all = await exported(page, async () => {
    await page.locator('.rig-name').click();
    await page.getByRole('menuitem', { name: 'Export all 2 of yours' }).click();
  });
  const text = await readFile(await saved(all, info), 'utf8');
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'Presets.json'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, text);
  await expect.poll(() => rigNames(page, 'Yours')).toHaveLength(4);

  const odd = text.replace(/"drive": \d+/, '"drive": 700');
  expect(odd).not.toBe(text);
  const wrong = info.outputPath('wrong.json');
  await writeFile(wrong, odd);
  await importFile(page, wrong);
  await expect(page.getByRole('alert')).toContainText(
    'wrong.json was not imported: preset 1, “Tuesday take”, sets Drive of Overdrive to 700, beyond 0 to 100.',
  );
  await expectAccessible(page, 'a wrong file');
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await writeFile(wrong, text.slice(0, 200));
  await importFile(page, wrong);
  await expect(page.getByRole('alert')).toContainText('it is no JSON, or cut off');
  expect(await rigNames(page, 'Yours')).toHaveLength(4);
});

test('a dropped WAV goes with its preset', async ({ page }, info) => {
  await playDemo(page);
  const wav = Buffer.alloc(44 + 2000);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2000, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(48_000, 24);
  wav.writeUInt32LE(96_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2000, 40);
  wav.writeInt16LE(30_000, 44);
  const room = info.outputPath('room.wav');
  await writeFile(room, wav);
  const response = card(page, 'Cabinet').getByRole('button', { name: /^Response/ });
  await response.click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('option', { name: 'Load a WAV' }).click(),
  ]);
  await chooser.setFiles(room);
  await expect(response).toHaveAccessibleName('Response: room.wav');
  await saveAs(page, 'My room');
  const download = await exported(page, () => menuOf(page, 'My room', 'Export'));
  expect(download.suggestedFilename()).toBe('My room.sonic');
  const path = await saved(download, info);
  const entries = storedEntries(await readFile(path));
  expect([...entries.keys()]).toEqual([
    'presets.json',
    expect.stringMatching(/^assets\/[0-9a-f]{64}$/),
  ]);
  expect([...entries.values()][1]).toEqual(wav);

  // Another browser: nothing is there but the file.
  const other = await page.context().browser()?.newContext();
  if (!other) throw new Error('no browser');
  const elsewhere = await other.newPage();
  await playDemo(elsewhere);
  await importFile(elsewhere, path);
  await rigRow(elsewhere, 'My room', 'Yours').click();
  await expect(
    card(elsewhere, 'Cabinet').getByRole('button', { name: /^Response/ }),
  ).toHaveAccessibleName('Response: room.wav');
  await expect(elsewhere.getByRole('alert')).toHaveCount(0);
  await other.close();
});

test('one module: its presets, and one of my own', async ({ page }) => {
  await playDemo(page);
  const drive = dial(card(page, 'Overdrive'), 'Drive');
  const was = await numberOf(drive);
  const button = page.getByRole('button', { name: 'Overdrive menu', exact: true });
  await button.click();
  await page.getByRole('menuitem', { name: 'Presets' }).click();
  const list = page.getByRole('dialog', { name: 'Presets of Overdrive' });
  await expectAccessible(page, 'presets of a module');
  await expect(list.locator('.list-row').first()).toBeFocused();
  await list.getByRole('button', { name: /^Wool/ }).click();
  await expect(drive).toHaveAttribute('aria-valuenow', '100');
  await expect(list.getByRole('button', { name: /^Wool/ })).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(drive).toHaveAttribute('aria-valuenow', String(was));

  await drive.press('Home');
  await button.click();
  await page.getByRole('menuitem', { name: 'Presets' }).click();
  await list.getByRole('button', { name: 'Save these settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save Overdrive as a preset' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nothing at all');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await reopen(page);
  await button.click();
  await page.getByRole('menuitem', { name: 'Presets' }).click();
  await list.getByRole('button', { name: /^Nothing at all/ }).click();
  await expect(drive).toHaveAttribute('aria-valuenow', '0');
  await list.getByRole('button', { name: 'Delete Nothing at all' }).click();
  await expect(list.getByRole('button', { name: /^Nothing at all/ })).toHaveCount(0);
});
