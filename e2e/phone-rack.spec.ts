// SPDX-License-Identifier: MIT
// The rack under a thumb, on a phone held upright.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { centreOf, doubleTap, touchDragBy } from './support/gestures.ts';
import { card, dial, numberOf, order, playDemo, travelOf } from './support/rack.ts';
import { expect, test } from './support/test.ts';
import { expectNothingToTheRight, expectThumbSized } from './support/thumb.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 60_000 });

const opener = (page: Page, name: string): Locator => card(page, name).locator('.opener');
const openCards = (page: Page): Locator => page.locator('sc-rack .opener[aria-expanded="true"]');
const scrolled = (page: Page): Promise<number> =>
  page.locator('.phone > .scroller').evaluate(({ scrollTop }) => scrollTop + scrollY);

test('one module is open at a time', async ({ page }) => {
  await playDemo(page);
  await expect(openCards(page)).toHaveCount(1);
  const names = await order(page);
  for (const name of names.slice(0, 3)) {
    const row = opener(page, name);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.tap();
    await expect(row).toHaveAttribute('aria-expanded', 'true');
    await expect(openCards(page)).toHaveCount(1);
    await expect(card(page, name).getByRole('slider').first()).toBeVisible();
  }
  await openCards(page).tap();
  await expect(openCards(page)).toHaveCount(0);
});

test('order by the handle only', async ({ page }) => {
  await playDemo(page);
  await openCards(page).tap();
  const before = await order(page);
  const [first = '', second = ''] = before;
  const step = (await centreOf(opener(page, second))).y - (await centreOf(opener(page, first))).y;

  await touchDragBy(page, opener(page, first), { dy: step * 1.4 });
  expect(await order(page), 'dragged by its name').toEqual(before);

  const handle = page.getByRole('button', { name: `Move ${first}`, exact: true });
  await touchDragBy(page, handle, { dy: step * 1.4 });
  await expect.poll(() => order(page)).toEqual([second, first, ...before.slice(2)]);
  // Chromium takes the first tap after a fast drag for the end of a fling and makes no click of it.
  await expect(async () => {
    await page.getByRole('button', { name: 'Undo', exact: true }).tap();
    await expect.poll(() => order(page), { timeout: 1000 }).toEqual(before);
  }).toPass();
});

test('a knob turns without scrolling, and is reset by two taps', async ({ page }) => {
  await playDemo(page);
  const amp = card(page, 'Amp crunch');
  if ((await amp.locator('.opener').getAttribute('aria-expanded')) === 'false') {
    await amp.locator('.opener').tap();
  }
  const bass = dial(amp, 'Bass');
  await bass.scrollIntoViewIfNeeded();
  const before = await travelOf(bass);
  const top = await scrolled(page);
  await touchDragBy(page, bass, { dy: -60, steps: 12 });
  expect((await travelOf(bass)) - before).toBeGreaterThan(0.15);
  await touchDragBy(page, bass, { dy: 100, dx: 10, steps: 12 });
  expect(await travelOf(bass)).toBeLessThan(before);
  expect(await scrolled(page)).toBe(top);

  await doubleTap(page, bass, () =>
    expect(bass).toHaveAttribute('aria-valuenow', '5', { timeout: 500 }),
  );
  expect(await scrolled(page)).toBe(top);

  // Where no control is, the same movement scrolls.
  await touchDragBy(page, amp.locator('.opener'), { dy: -200, steps: 12 });
  await expect.poll(() => scrolled(page)).not.toBe(top);
});

test('a value is typed after a double tap on it', async ({ page }) => {
  await playDemo(page);
  const gate = card(page, 'Gate');
  await gate.locator('.opener').tap();
  const field = gate.getByRole('textbox', { name: /Threshold/ });
  await doubleTap(page, gate.locator('sc-knob[data-param=threshold] .value'), () =>
    expect(field).toBeFocused({ timeout: 500 }),
  );
  await page.keyboard.type('-41');
  await page.keyboard.press('Enter');
  await expect(dial(gate, 'Threshold')).toHaveAttribute('aria-valuetext', '−41 dB');
});

test('every screen fits, for thumbs and for axe', async ({ page }) => {
  await playDemo(page);
  for (const [tab, isThere] of [
    ['Takes', 'No take yet'],
    ['Rigs', 'Late night crunch'],
    ['Rack', 'Amp crunch'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Screens' }).getByText(tab).tap();
    await expect(page.getByText(isThere).last()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeInViewport();
    await expectNothingToTheRight(page, tab);
    await expectThumbSized(page, tab);
    await expectAccessible(page, tab);
  }
  await page.getByRole('button', { name: /^Volume/ }).tap();
  const volume = page.getByRole('slider', { name: 'Volume' });
  await expect(volume).toHaveAttribute('aria-valuetext', '−12.0 dB');
  await touchDragBy(page, volume, { dx: -60 });
  expect(await numberOf(volume)).not.toBe(-12);
  await expectAccessible(page, 'volume');
  await expectNothingToTheRight(page, 'volume');
});

test('plugging in fits, for thumbs and for axe', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Plug in' }).tap();
  await expect(page.getByRole('dialog', { name: 'Plug in' })).toBeVisible();
  await expectNothingToTheRight(page, 'plug in');
  await expectThumbSized(page, 'plug in');
  await expectAccessible(page, 'plug in');
});
