// SPDX-License-Identifier: MIT
// What can break while it plays: each has a sentence, what was kept, and what to press; and it goes on.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { Border } from './support/border.ts';
import { FakeInput, kInterface } from './support/fake-input.ts';
import { FakeOutput } from './support/fake-output.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { keepNothing, serveInsecurely } from './support/poor-browser.ts';
import { playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 90_000 });

const bannerWith = (page: Page, text: string): Locator =>
  page.locator('.banner').filter({ hasText: text });

/** What every failure's banner has, and that everybody can read it. */
async function expectWhole(page: Page, banner: Locator): Promise<void> {
  await expect(banner.getByRole('button', { name: 'Copy details' })).toBeVisible();
  await expectAccessible(page, (await banner.textContent()) ?? '', '.banner');
}

test('an interface that is pulled out while it plays: another one goes on', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const speaker = await Loudspeaker.install(page);
  const other = { id: 'built-in', label: 'Built-in microphone' };
  const input = await FakeInput.install(page, [kInterface, other]);
  await page.goto('./');
  await page.getByRole('button', { name: 'Plug in' }).click();
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await input.play(-18);
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Headphones or interface' }).click();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);

  await input.pullOut();
  const banner = bannerWith(page, `${kInterface.label} was unplugged. Sound is paused.`);
  await expect(banner).toContainText('Your project is saved.');
  await expect.poll(() => speaker.nowDb()).toBeLessThan(-60);
  await expectAccessible(page, 'unplugged');
  await banner.getByRole('button', { name: 'Copy details' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Details copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Browser: Mozilla');

  await banner.getByRole('button', { name: `Use ${other.label}` }).click();
  await expect(banner).toBeHidden();
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Headphones or interface' }).click();
  await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
  await expect(page.getByRole('contentinfo')).toContainText(other.label);
});

test('loudspeakers that are unplugged: it plays on, and a take is recorded on', async ({
  page,
}) => {
  const [kept, pulled] = [
    { id: 'built-in', label: 'Built-in loudspeakers' },
    { id: 'dock', label: 'Dock' },
  ];
  const speaker = await Loudspeaker.install(page);
  const output = await FakeOutput.install(page, [kept, pulled]);
  await playDemo(page);
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: /^Output/ }).press('Enter');
  await expect(page.getByRole('option', { selected: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => output.chosen()).toEqual([pulled.id]);
  await expect(settings.getByRole('button', { name: 'Output: Dock' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();

  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Stop recording' })).toBeVisible();
  await output.unplug(pulled.id);
  const banner = bannerWith(page, 'The chosen output was unplugged.');
  await expect(banner).toContainText('Sound goes to the system’s own output.');
  await expectWhole(page, banner);
  expect((await output.chosen()).at(-1)).toBe('');
  await speaker.forget();
  await expect.poll(() => speaker.highestDb()).toBeGreaterThan(-40);
  await expect(page.getByRole('button', { name: 'Stop recording' })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Record a take' })).toBeVisible();

  await banner.getByRole('button', { name: 'Choose device' }).press('Enter');
  await expect(settings.getByRole('button', { name: 'Output: The system’s own' })).toBeVisible();
  await expect(banner).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  // The banner had the focus, and is gone.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

test('the system pauses the sound: it goes on with a press', async ({ page }) => {
  const border = await Border.install(page);
  await playDemo(page);
  await border.pause();
  const banner = bannerWith(page, 'The system paused the sound.');
  await expectWhole(page, banner);
  await banner.getByRole('button', { name: 'Go on' }).click();
  await expect(banner).toBeHidden();
  await expect.poll(() => border.state()).toBe('running');
});

test('the device changes its rate: said, and started again', async ({ page }) => {
  const border = await Border.install(page);
  await playDemo(page);
  await border.setClock(44.1 / 48);
  const banner = bannerWith(page, 'The device changed its sample rate');
  await expect(banner).toBeVisible({ timeout: 40_000 });
  await border.setClock(1);
  await expectWhole(page, banner);
  await banner.getByRole('button', { name: 'Start sound again' }).click();
  await expect.poll(() => border.made('contexts')).toBe(2);
  await expect(banner).toBeHidden();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
});

test('the worker dies: another one takes over, with what was asked for', async ({ page }) => {
  const border = await Border.install(page);
  await playDemo(page);
  const before = await border.made('workers');
  await border.killWorker();
  await expectWhole(page, bannerWith(page, 'A helper in the background stopped'));
  expect(await border.made('workers')).toBe(before + 1);
  // It works: the new one times the modules.
  await page.getByRole('button', { name: /Load$/ }).click();
  await expect(page.getByRole('dialog', { name: 'Load' })).toContainText('Amp crunch', {
    timeout: 30_000,
  });
});

test('the processor stops: the sound starts again in place, with the project', async ({ page }) => {
  const border = await Border.install(page);
  const speaker = await Loudspeaker.install(page);
  await playDemo(page);
  await border.breakProcessor();
  const banner = bannerWith(page, 'The sound stopped with an error.');
  await expect(banner).toContainText('Your project is saved.');
  await expectWhole(page, banner);
  await banner.getByRole('button', { name: 'Start sound again' }).click();
  await expect(banner).toBeHidden();
  await speaker.forget();
  await expect.poll(() => speaker.highestDb()).toBeGreaterThan(-40);
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
});

test('many dropouts: a larger latency is offered, with what costs the most', async ({ page }) => {
  const border = await Border.install(page);
  await playDemo(page);
  await border.dropOut(14);
  const banner = bannerWith(page, '14 dropouts in the last minute.');
  await expect(banner).toContainText('the most (estimated).', { timeout: 40_000 });
  expect(await border.made('contexts'), 'nothing is forced').toBe(1);
  await expectAccessible(page, 'many dropouts', '.banner');
  await banner.getByRole('button', { name: 'Use a larger latency' }).click();
  await expect.poll(() => border.made('contexts')).toBe(2);
  await expect(banner).toBeHidden();
});

test('a browser that keeps nothing: said once, with the way to keep the project', async ({
  page,
}) => {
  await keepNothing(page);
  await playDemo(page);
  await page.getByRole('slider', { name: 'Drive' }).press('ArrowUp');
  const banner = bannerWith(page, 'This browser keeps nothing for this page');
  await expect(banner).toBeVisible({ timeout: 20_000 });
  await expectWhole(page, banner);
  const download = page.waitForEvent('download');
  await banner.getByRole('button', { name: 'Download project' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.sonic$/);
});

test.describe('refused', () => {
  test.use({ allowedErrors: /WebAssembly|Failed to load resource|favicon|insecure|secure/i });

  test('a browser that runs no WebAssembly', async ({ page }) => {
    await page.route('**/*.wasm', (route) =>
      route.fulfill({ contentType: 'application/wasm', body: Buffer.from('\0asm broken') }),
    );
    await page.goto('./');
    await page.getByRole('button', { name: 'Play the demo' }).click();
    const banner = bannerWith(page, 'does not let the page run WebAssembly');
    await expectWhole(page, banner);
    await expect(page.getByRole('button', { name: 'Play the demo' })).toBeEnabled();
  });

  test('a page without a secure address', async ({ page, baseURL }) => {
    await page.goto(await serveInsecurely(page, baseURL ?? ''));
    const banner = bannerWith(page, 'This page has no secure address');
    await expect(banner).toContainText('https');
    await expectWhole(page, banner);
  });
});
