// SPDX-License-Identifier: MIT
// Every screen of a phone: upright and lying, with large text, around what the case takes away.
import type { Page } from '@playwright/test';
import { doubleTap, touchDragBy } from './support/gestures.ts';
import { serveInsecurely } from './support/poor-browser.ts';
import { card, dial, order, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';
import { expectNothingToTheRight, expectThumbSized } from './support/thumb.ts';

test.describe.configure({ timeout: 90_000 });

const kLying = { width: 844, height: 390 };
const screens = (page: Page) => page.getByRole('navigation', { name: 'Screens' });
const scale = (page: Page) => page.evaluate(() => visualViewport?.scale);

async function openCard(page: Page, name: string): Promise<void> {
  const opener = card(page, name).locator('.opener');
  if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.tap();
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
  await opener.scrollIntoViewIfNeeded();
}

for (const [held, size] of [
  ['upright', undefined],
  ['lying', kLying],
] as const) {
  test(`${held}: every module, dialog and list fits a thumb`, async ({ page }) => {
    if (size) await page.setViewportSize(size);
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Play the demo' })).toBeInViewport();
    await expectNothingToTheRight(page, 'first');
    await expectThumbSized(page, 'first');

    await playDemo(page);
    for (const name of await order(page)) {
      await openCard(page, name);
      await expectThumbSized(page, name);
      await expectNothingToTheRight(page, name);
    }
    await page.getByRole('button', { name: 'Add module' }).tap();
    await expect(page.getByRole('dialog', { name: 'Add a module' })).toBeVisible();
    await expectThumbSized(page, 'add a module');
    await page.keyboard.press('Escape');
    await screens(page).getByText('Rigs').tap();
    await expect(page.getByText('Glass clean')).toBeVisible();
    await expectThumbSized(page, 'rigs');
  });

  test(`${held}: audio settings are two taps away`, async ({ page }) => {
    if (size) await page.setViewportSize(size);
    await playDemo(page);
    await page.getByRole('button', { name: 'Settings' }).tap();
    const tab = page.getByRole('tab', { name: 'Audio' });
    await expect(tab).toBeInViewport();
    await tab.tap();
    await expect(page.getByRole('tabpanel', { name: 'Audio' })).toBeVisible();
    for (const each of await page.getByRole('tab').all()) {
      await each.tap();
      await expect(each).toHaveAttribute('aria-selected', 'true');
      await expectThumbSized(page, `settings, ${await each.textContent()}`);
      await expectNothingToTheRight(page, `settings, ${await each.textContent()}`);
    }
  });
}

test.describe('a banner before anything was pressed', () => {
  test.use({ allowedErrors: /secure|Failed to load resource/i });

  test('stands above, and the buttons stay in view', async ({ page, baseURL }) => {
    await page.goto(await serveInsecurely(page, baseURL ?? ''));
    await expect(page.locator('.banner')).toContainText('This page has no secure address');
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Play the demo' })).toBeInViewport({ ratio: 1 });
    await expectNothingToTheRight(page, 'first, with a banner');
  });
});

test('lying, a module is seen whole: its picture beside its knobs', async ({ page }) => {
  await page.setViewportSize(kLying);
  await playDemo(page);
  await openCard(page, 'Overdrive');
  const overdrive = card(page, 'Overdrive');
  await expect(overdrive.locator('sc-face')).toBeInViewport({ ratio: 1 });
  for (const name of ['Drive', 'Tone', 'Level']) {
    await expect(dial(overdrive, name)).toBeInViewport({ ratio: 1 });
  }
  await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeInViewport({
    ratio: 1,
  });
});

test('two taps never zoom the page, and digits come up for a value', async ({ page }) => {
  await playDemo(page);
  await openCard(page, 'Gate');
  const gate = card(page, 'Gate');
  const threshold = dial(gate, 'Threshold');
  await touchDragBy(page, threshold, { dy: -40 });
  await expect(threshold).not.toHaveAttribute('aria-valuetext', '−55 dB');
  await doubleTap(page, threshold, () =>
    expect(threshold).toHaveAttribute('aria-valuetext', '−55 dB', { timeout: 500 }),
  );
  await doubleTap(page, gate.locator('.name'), async () => {});
  expect(await scale(page)).toBe(1);

  await openCard(page, 'Gate');
  const field = gate.getByRole('textbox', { name: /Threshold/ });
  await doubleTap(page, gate.locator('sc-knob[data-param=threshold] .value'), () =>
    expect(field).toBeFocused({ timeout: 500 }),
  );
  await expect(field).toHaveAttribute('inputmode', 'decimal');
  await page.keyboard.type('41');
  await page.keyboard.press('Enter');
  await expect(threshold).toHaveAttribute('aria-valuetext', '−41 dB');
  expect(await scale(page)).toBe(1);
});

test('with text of twice the size nothing is cut', async ({ page }) => {
  await playDemo(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  for (const name of await order(page)) {
    await openCard(page, name);
    await expectNothingToTheRight(page, `${name}, large text`);
  }
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.phone *:not(.visually-hidden)')]
      .filter(({ offsetWidth, textContent }) => offsetWidth > 0 && textContent.trim())
      .filter((element) => getComputedStyle(element).overflowX === 'hidden')
      .filter(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 2,
      )
      .map((element) => `${element.className}: ${element.textContent}`),
  );
  expect(cut).toEqual([]);
  await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeInViewport({
    ratio: 1,
  });
  await expect(screens(page).getByText('Takes')).toBeInViewport({ ratio: 1 });
});

test('bars keep clear of what the case takes away', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setSafeAreaInsetsOverride', {
    insets: { top: 47, bottom: 34 },
  });
  await playDemo(page);
  const nav = await screens(page).getByRole('button').first().boundingBox();
  expect((nav?.y ?? 0) + (nav?.height ?? 0)).toBeLessThanOrEqual(844 - 34);
  const settings = await page.getByRole('button', { name: 'Settings' }).boundingBox();
  expect(settings?.y).toBeGreaterThanOrEqual(47);

  await session.send('Emulation.setSafeAreaInsetsOverride', {
    insets: { left: 47, right: 47, bottom: 21 },
  });
  await page.setViewportSize(kLying);
  const stop = await page.getByRole('button', { name: 'Stop', exact: true }).boundingBox();
  expect(stop?.x).toBeGreaterThanOrEqual(47);
  expect((stop?.y ?? 0) + (stop?.height ?? 0)).toBeLessThanOrEqual(390 - 21);
  const mute = await page.getByRole('button', { name: 'Mute', exact: true }).boundingBox();
  expect((mute?.x ?? 0) + (mute?.width ?? 0)).toBeLessThanOrEqual(844 - 47);
});
