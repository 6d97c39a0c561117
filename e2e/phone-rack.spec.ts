// SPDX-License-Identifier: MIT
// The rack under a thumb.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { centreOf } from './support/gestures.ts';
import { expect, test } from './support/test.ts';

async function openDemo(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Play the demo' }).tap();
  await expect(page.getByRole('region', { name: 'Gate' })).toBeVisible();
}

/** Two taps as quick as a hand's. On a busy machine they may come too far apart: then once more. */
async function doubleTap(page: Page, target: Locator, until: () => Promise<void>): Promise<void> {
  const { x, y } = await centreOf(target);
  await expect(async () => {
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    await until();
  }).toPass();
}

test('a row opens, its knobs reset by a double tap and take typed values', async ({ page }) => {
  await openDemo(page);
  const gate = page.getByRole('region', { name: 'Gate' });
  await gate.getByRole('button', { name: /^Gate/, expanded: false }).first().tap();
  const knob = gate.getByRole('slider', { name: 'Threshold' });
  await expect(knob).toHaveAttribute('aria-valuetext', '−56 dB');
  await doubleTap(page, knob, () =>
    expect(knob).toHaveAttribute('aria-valuetext', '−55 dB', { timeout: 500 }),
  );
  const field = gate.getByRole('textbox', { name: /Threshold/ });
  await doubleTap(page, gate.locator('sc-knob[data-param=threshold] .value'), () =>
    expect(field).toBeFocused({ timeout: 500 }),
  );
  await page.keyboard.type('-41');
  await page.keyboard.press('Enter');
  await expect(knob).toHaveAttribute('aria-valuetext', '−41 dB');
});

test('the output stays in view and is turned by thumb', async ({ page }) => {
  await openDemo(page);
  for (const tab of ['Rigs', 'Takes', 'Rack']) {
    await page.getByRole('button', { name: tab, exact: true }).tap();
    await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeInViewport();
  }
  await page.getByRole('button', { name: 'Volume −12.0 dB' }).tap();
  const fader = page.getByRole('slider', { name: 'Volume' });
  await fader.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Volume −13.0 dB' })).toBeVisible();
});

test('nothing that is pressed is smaller than a thumb, and axe finds nothing', async ({ page }) => {
  test.slow();
  await openDemo(page);
  for (const tab of ['Rigs', 'Takes', 'Rack']) {
    await page.getByRole('button', { name: tab, exact: true }).tap();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${tab}, ${id}: ${nodes[0]?.html}`)).toEqual([]);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, [role=slider]')].flatMap((target) => {
        const box = target.getBoundingClientRect();
        const around = getComputedStyle(target, '::after');
        const extra = around.position === 'absolute' ? -2 * Number.parseFloat(around.top) || 0 : 0;
        if (box.width === 0 || (box.height + extra >= 43 && box.width >= 32)) return [];
        return [`${target.ariaLabel ?? target.textContent} ${box.width} × ${box.height}`];
      }),
    );
    expect(small, tab).toEqual([]);
  }
});
