// SPDX-License-Identifier: MIT
// The first minute of a player: the demo, and every way that plugging in can go.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { type Answer, FakeInput, kHeadset, kInterface } from './support/fake-input.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { expect, test } from './support/test.ts';

// Twice what a slow machine needs: audio and axe share two cores with whatever else runs.
test.describe.configure({ timeout: 60_000 });

const kPlayedDb = -18;

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Plug in' });
const said = (page: Page): Locator => dialog(page).getByRole('status');

/** As far as the browser's prompt, which is answered as the test has set. */
async function askForTheMicrophone(page: Page): Promise<void> {
  await page.goto('./');
  await press(page, 'Plug in');
  await press(page, 'Allow the microphone');
}
/** As far as the question about headphones. */
async function reachHeadphones(page: Page, input: FakeInput): Promise<void> {
  await askForTheMicrophone(page);
  await expect(said(page)).toContainText('Play a string.');
  await input.play(kPlayedDb);
  await expect(said(page)).toContainText('That is a good level.');
  await press(page, 'Continue');
  await expect(said(page)).toContainText('Headphones or interface?');
}
async function playThroughHeadphones(page: Page, input: FakeInput): Promise<void> {
  await reachHeadphones(page, input);
  await press(page, 'Headphones or interface');
  await expect(dialog(page)).toBeHidden();
}

test.describe('Play the demo', () => {
  test('sounds within three seconds, with rack, stop and volume in view', async ({ page }) => {
    const speaker = await Loudspeaker.install(page);
    await page.goto('./');
    await page.waitForLoadState('networkidle');
    expect(await speaker.contexts(), 'no AudioContext before a press').toBe(0);

    await press(page, 'Play the demo');
    await expect.poll(() => speaker.secondsToSound(), { timeout: 15_000 }).toBeLessThanOrEqual(3);
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeInViewport();
    await expect(page.getByRole('slider', { name: 'Volume' })).toBeInViewport();
    await expect(page.locator('sc-rack li[data-playing]').first()).toBeInViewport();
    expect(await page.locator('sc-rack li').count()).toBeGreaterThan(2);
    await expect(page.getByRole('contentinfo')).toContainText('Demo riff');

    await press(page, 'Stop');
    await expect.poll(() => speaker.nowDb()).toBeLessThan(-60);
    await press(page, 'Play');
    await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
  });

  test('its one hint goes with the first turn, for good', async ({ page }) => {
    await page.goto('./');
    await press(page, 'Play the demo');
    const hint = page.getByText('Turn Drive');
    await expect(hint).toBeInViewport();
    await page.getByRole('slider', { name: 'Drive' }).press('ArrowUp');
    await expect(hint).toBeHidden();

    await page.reload();
    await press(page, 'Play the demo');
    await expect(page.getByRole('slider', { name: 'Drive' })).toBeVisible();
    await expect(hint).toBeHidden();
  });
});

test.describe('Plug in', () => {
  test('explains before the browser asks, and takes no for an answer', async ({ page }) => {
    const input = await FakeInput.install(page);
    await page.goto('./');
    await press(page, 'Plug in');
    await expect(said(page)).toContainText('Your browser will ask for the microphone.');
    await expectAccessible(page, 'plug in, explained');
    expect(await input.asked()).toEqual([]);
    await press(page, 'Not now');
    await expect(dialog(page)).toBeHidden();
    expect(await input.asked()).toEqual([]);
  });

  test('asks for an untouched signal, and lets go of one that comes too late', async ({ page }) => {
    const input = await FakeInput.install(page);
    await page.goto('./');
    await input.answer('wait');
    await press(page, 'Plug in');
    await press(page, 'Allow the microphone');
    await expect(said(page)).toContainText('Waiting for your answer to the browser.');
    const [question] = await input.asked();
    expect(question?.audio).toMatchObject({
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });

    await press(page, 'Cancel');
    await expect(dialog(page)).toBeHidden();
    await input.answer('grant');
    await expect.poll(() => input.openCount()).toBe(0);
    await expect(dialog(page)).toBeHidden();
  });

  const failures: readonly [name: Answer, sentence: string, wayOut: string][] = [
    ['NotAllowedError', 'The microphone is blocked for this page.', 'Allow it in the address bar'],
    ['NotFoundError', 'There is no audio input.', 'Plug in an interface or a microphone'],
    ['NotReadableError', 'The input does not open.', 'Another program may be using it.'],
  ];
  for (const [name, sentence, wayOut] of failures) {
    test(`${name}: says “${sentence}” and tries again`, async ({ page }) => {
      const input = await FakeInput.install(page);
      await page.goto('./');
      await input.answer(name);
      await press(page, 'Plug in');
      await press(page, 'Allow the microphone');
      await expect(said(page)).toContainText(sentence);
      await expect(said(page)).toContainText(wayOut);

      await input.answer('grant');
      await press(page, 'Try again');
      await expect(said(page)).toContainText('Play a string.');
      expect(await input.openCount()).toBe(1);
    });
  }

  test('offers the other inputs when the browser took a headset', async ({ page }) => {
    const input = await FakeInput.install(page, [kHeadset, kInterface]);
    await askForTheMicrophone(page);
    await expect(said(page)).toContainText('Where is your guitar plugged in?');
    await page.getByRole('button', { name: `Input: ${kHeadset.label}` }).click();
    await page.getByRole('option', { name: kInterface.label }).click();
    await expect(said(page)).toContainText('Play a string.');
    await expect(page.getByRole('button', { name: `Input: ${kInterface.label}` })).toBeVisible();
    const questions = await input.asked();
    expect(questions.at(-1)?.audio).toMatchObject({
      deviceId: { exact: kInterface.id },
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });
    expect(await input.openCount(), 'the headset is let go').toBe(1);

    await input.play(kPlayedDb);
    await expect(said(page)).toContainText('That is a good level.');
    await press(page, 'Another input');
    await expect(said(page)).toContainText('Where is your guitar plugged in?');
  });

  test('says after five seconds of silence what that may be', async ({ page }) => {
    const input = await FakeInput.install(page);
    await askForTheMicrophone(page);
    await expect(said(page)).toContainText('Play a string.');
    const begin = Date.now();
    await expect(said(page)).toContainText('We hear nothing.');
    const seconds = (Date.now() - begin) / 1000;
    expect(seconds).toBeGreaterThan(3.5);
    expect(seconds).toBeLessThan(8);
    for (const cause of ['cable', 'guitar’s volume', 'chosen input']) {
      await expect(said(page)).toContainText(cause);
    }
    await expectAccessible(page, 'plug in, silent');
    await input.play(kPlayedDb);
    await expect(said(page)).toContainText('That is a good level.');
  });

  test('says that the input clips, until it does not', async ({ page }) => {
    const input = await FakeInput.install(page);
    await askForTheMicrophone(page);
    await expect(said(page)).toContainText('Play a string.');
    await input.play(0);
    await expect(said(page)).toContainText('The input clips.');
    await expect(said(page)).toContainText('Turn the interface’s gain down a little.');
    await input.play(kPlayedDb);
    await expect(said(page)).toContainText('That is a good level.');
  });

  test('is heard once headphones are confirmed, and not before', async ({ page }) => {
    const speaker = await Loudspeaker.install(page);
    const input = await FakeInput.install(page);
    await reachHeadphones(page, input);
    await expectAccessible(page, 'plug in, headphones');
    await page.waitForTimeout(500);
    expect(await speaker.highestDb(), 'heard before the answer').toBe(-Infinity);
    await press(page, 'Headphones or interface');
    await expect(dialog(page)).toBeHidden();
    await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
    await expect(page.locator('sc-rack li[data-playing]').first()).toBeInViewport();
    await expect(page.getByRole('slider', { name: 'Volume' })).toBeInViewport();
    await expect(page.getByRole('contentinfo')).toContainText(kInterface.label);
  });

  test('is not heard through loudspeakers', async ({ page }) => {
    const speaker = await Loudspeaker.install(page);
    const input = await FakeInput.install(page);
    await reachHeadphones(page, input);
    await press(page, 'Loudspeakers');
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByRole('contentinfo')).toContainText(`${kInterface.label}, not heard`);
    await page.waitForTimeout(500);
    expect(await speaker.highestDb()).toBe(-Infinity);
  });

  test('a howl is muted before it hurts, with a sentence and two ways on', async ({ page }) => {
    const speaker = await Loudspeaker.install(page);
    const input = await FakeInput.install(page);
    await playThroughHeadphones(page, input);
    const mute = page.getByRole('button', { name: 'Mute', exact: true });
    await expect(mute).toHaveAttribute('aria-pressed', 'false');

    await input.swell(-36, -6, 1);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('This was about to howl, so the output is muted.');
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => speaker.nowDb()).toBe(-Infinity);
    await expectAccessible(page, 'muted before a howl', '.banner');

    await input.play(kPlayedDb);
    await alert.getByRole('button', { name: 'Unmute' }).click();
    await expect(alert).toBeHidden();
    await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);

    await input.swell(-36, -6, 1);
    await alert.getByRole('button', { name: 'Stop monitoring' }).click();
    await expect(mute).toHaveAttribute('aria-pressed', 'false');
    await expect(page.getByRole('contentinfo')).toContainText('not heard');
    await expect.poll(() => speaker.nowDb()).toBeLessThan(-60);
  });

  test('an interface that is pulled out leaves a banner and the way back', async ({ page }) => {
    const speaker = await Loudspeaker.install(page);
    const input = await FakeInput.install(page);
    await playThroughHeadphones(page, input);
    await input.pullOut();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(`${kInterface.label} was unplugged. Sound is paused.`);
    await expect(alert).toContainText('Your project is saved.');
    await expect.poll(() => speaker.nowDb()).toBeLessThan(-60);

    await alert.getByRole('button', { name: 'Choose device' }).click();
    await expect(alert).toBeHidden();
    await press(page, 'Allow the microphone');
    await expect(said(page)).toContainText('That is a good level.');
    await speaker.forget();
    await press(page, 'Continue');
    await press(page, 'Headphones or interface');
    await expect.poll(() => speaker.nowDb()).toBeGreaterThan(-40);
  });
});
