// SPDX-License-Identifier: MIT
// What people ask their system for: its own colours, no motion, more contrast.
import type { Locator, Page } from '@playwright/test';
import { card, dial, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

/** Two states of a part do not look the same. */
async function expectSeen(
  what: string,
  part: Locator,
  change: () => Promise<unknown>,
): Promise<void> {
  const before = await part.screenshot();
  await change();
  await expect
    .poll(async () => before.equals(await part.screenshot()), `${what} is seen`)
    .toBe(false);
}

test.describe('forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  test('knobs, meters, focus and states are seen', async ({ page }) => {
    await playDemo(page);
    const strip = page.getByRole('complementary', { name: 'Output' });
    await expectSeen('a meter that moves', strip.locator('sc-meter'), () => Promise.resolve());
    // The focus is drawn for keys.
    await page.keyboard.press('.');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    await page.mouse.move(1, 1);
    const gate = card(page, 'Gate');
    const knob = gate.locator('sc-knob[data-param=threshold]');
    await expectSeen('the focus of a knob', knob, () => dial(gate, 'Threshold').focus());
    const cap = knob.locator('svg');
    await expectSeen('a knob that is turned', cap, () => page.keyboard.press('End'));
    await expectSeen('the focus of a card', gate, () => gate.focus());
    await expectSeen('a bypassed module', gate.locator('.card-head'), () =>
      page.keyboard.press('b'),
    );
    const mute = page.getByRole('button', { name: 'Mute', exact: true });
    await expectSeen('the focus of a button', strip, () => mute.focus());
    await expectSeen('a pressed button', mute, () => page.keyboard.press('Enter'));
    const sides = page.getByRole('radiogroup', { name: 'Compare' });
    await expectSeen('a choice', sides, () => page.keyboard.press('x'));
    const tag = page.getByRole('button', { name: 'ambient', exact: true });
    await expectSeen('a filter', tag, () => tag.press('Enter'));
    const fader = strip.locator('sc-fader');
    await expectSeen('a fader', fader, () =>
      fader.getByRole('slider').or(fader).first().press('Home'),
    );
  });
});

/** Runs in the page before its own scripts. */
function countMotion(): void {
  const scope = globalThis as unknown as { moved: number };
  scope.moved = 0;
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...all: Parameters<typeof animate>) {
    scope.moved += 1;
    return animate.apply(this, all);
  };
}
const moved = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { moved: number }).moved);
const lasts = (part: Locator) =>
  part.evaluate((element) => parseFloat(getComputedStyle(element).animationDuration));

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`motion: ${reducedMotion}`, async ({ page }) => {
    const isStill = reducedMotion === 'reduce';
    await page.emulateMedia({ reducedMotion });
    await page.addInitScript(countMotion);
    await playDemo(page);
    const hint = page.locator('.hint');
    await expect(hint).toBeVisible();
    expect((await lasts(hint)) === 0).toBe(isStill);
    await card(page, 'Gate').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(page.locator('sc-rack section.card').first()).not.toHaveAttribute(
      'aria-label',
      'Gate',
    );
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(page.locator('sc-rack section.card').first()).toHaveAttribute(
      'aria-label',
      'Gate',
    );
    expect((await moved(page)) === 0).toBe(isStill);
  });
}

/** Between quiet text and its ground. */
const quietContrast = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const part = document.querySelector('.drop-note');
    if (!part) throw new Error('no quiet text');
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    const luminance = (colour: string) => {
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => {
        const share = value / 255;
        return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = part.closest('.side') ?? document.body;
    const [one, other] = [
      luminance(getComputedStyle(part).color),
      luminance(getComputedStyle(ground).backgroundColor),
    ];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });

for (const colorScheme of ['dark', 'light'] as const) {
  test(`contrast: quiet text has 4.5, and 7 where more is asked for, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await playDemo(page);
    expect(await quietContrast(page)).toBeGreaterThanOrEqual(4.5);
    await page.emulateMedia({ colorScheme, contrast: 'more' });
    expect(await quietContrast(page)).toBeGreaterThanOrEqual(7);
  });
}
