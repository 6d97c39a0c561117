// SPDX-License-Identifier: MIT
// The rack under a hand: knobs, order, adding and removing, undo, and what is kept over a reload.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { centreOf, dragBy, dragTo } from './support/gestures.ts';
import { expect, test } from './support/test.ts';

// A look by axe alone takes seconds on a busy machine.
test.describe.configure({ timeout: 90_000 });

async function openDemo(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect(page.getByRole('group', { name: 'Gate' })).toBeVisible();
}
const threshold = (page: Page): Locator =>
  page.getByRole('group', { name: 'Gate' }).getByRole('slider', { name: 'Threshold' });
const valueOf = (knob: Locator): Promise<number> =>
  knob.getAttribute('aria-valuenow').then((text) => Number(text));
const order = (page: Page): Promise<string[]> =>
  page.locator('.rack li section').evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));

async function expectClean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect(found, what).toEqual([]);
}

test('a knob follows the hand; Esc brings it back and leaves nothing to undo', async ({ page }) => {
  await openDemo(page);
  const knob = threshold(page);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const before = await valueOf(knob);

  await dragBy(page, knob, { dy: -40, release: false });
  expect(await valueOf(knob)).toBeGreaterThan(before + 10);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await valueOf(knob)).toBe(before);
  await expect(undo).toBeDisabled();

  await dragBy(page, knob, { dy: -40 });
  const coarse = (await valueOf(knob)) - before;
  await page.keyboard.press('Control+z');
  expect(await valueOf(knob)).toBe(before);
  await expect(undo).toBeDisabled();
  await page.keyboard.press('Control+Shift+z');
  expect(await valueOf(knob)).toBeCloseTo(before + coarse, 6);
  await page.keyboard.press('Control+z');

  await page.keyboard.down('Shift');
  await dragBy(page, knob, { dy: -40 });
  await page.keyboard.up('Shift');
  expect((await valueOf(knob)) - before).toBeLessThanOrEqual(coarse / 5 + 0.1);
});

test('a knob takes typed values, keys, the wheel and a double click', async ({ page }) => {
  await openDemo(page);
  const knob = threshold(page);
  await knob.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('-33 dB');
  await page.keyboard.press('Enter');
  await expect(knob).toHaveAttribute('aria-valuetext', '−33 dB');
  await expect(knob).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(knob).toHaveAttribute('aria-valuetext', '−56 dB');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('ArrowUp');
  expect(await valueOf(knob)).toBeCloseTo(-32.2, 6);
  await page.keyboard.press('PageDown');
  expect(await valueOf(knob)).toBeCloseTo(-40.2, 6);
  await page.keyboard.press('End');
  expect(await valueOf(knob)).toBe(0);
  await page.keyboard.press('Home');
  expect(await valueOf(knob)).toBe(-80);

  const { x, y } = await centreOf(knob);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -100);
  expect(await valueOf(knob)).toBeGreaterThan(-80);
  await page.mouse.dblclick(x, y);
  await expect(knob).toHaveAttribute('aria-valuetext', '−55 dB');
  await page.keyboard.press('Control+z');
  expect(await valueOf(knob)).toBeLessThan(-55);
  await page.keyboard.press('Control+Shift+z');

  // Without the focus the wheel scrolls, and turns nothing.
  await page.getByRole('button', { name: 'Undo', exact: true }).focus();
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -100);
  await expect(knob).toHaveAttribute('aria-valuetext', '−55 dB');
});

test('cards move by their handle, by hand and by keys, and one undo brings each back', async ({
  page,
}) => {
  await openDemo(page);
  const [first = '', second = '', ...rest] = await order(page);
  const handle = page.getByRole('button', { name: `Move ${first}` });
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => order(page)).toEqual([second, first, ...rest]);
  await expect(handle).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect.poll(() => order(page)).toEqual([first, second, ...rest]);

  const target = page.getByRole('group', { name: second }).locator('.grow');
  await dragTo(page, handle, target);
  await expect.poll(() => order(page)).toEqual([second, first, ...rest]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => order(page)).toEqual([first, second, ...rest]);
});

test('modules are found, added where they belong, bypassed and removed', async ({ page }) => {
  await openDemo(page);
  const before = await order(page);
  await page.getByRole('button', { name: 'Add module' }).click();
  await page.keyboard.type('compr');
  await page.keyboard.press('Enter');
  await expect.poll(() => order(page)).toEqual(['Gate', 'Compressor', ...before.slice(1)]);

  const power = page.getByRole('button', { name: 'Compressor on' });
  await power.click();
  await expect(power).toHaveAttribute('aria-pressed', 'false');

  await page.getByRole('button', { name: 'Compressor menu' }).click();
  await expectClean(page, 'a menu');
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect.poll(() => order(page)).toEqual(before);
  await page.getByText('Compressor removed').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => order(page)).toEqual(['Gate', 'Compressor', ...before.slice(1)]);
  await expect(power).toHaveAttribute('aria-pressed', 'false');
});

test('an edited project is there again after a reload', async ({ page }) => {
  await openDemo(page);
  await threshold(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('-41');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Demo', exact: true }).click();
  await page.getByLabel('Project name').fill('Tuesday');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible({
    timeout: 5000,
  });

  await page.reload();
  await expect(threshold(page)).toHaveAttribute('aria-valuetext', '−41 dB');
});
