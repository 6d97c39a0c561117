// SPDX-License-Identifier: MIT
// Settings → Audio: another device, rate or block while it plays, and nothing is lost.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { FakeInput } from './support/fake-input.ts';
import { card, dial, numberOf, playDemo } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 150_000 });

interface Ears {
  /** Every context that was made, the newest last. */
  readonly contexts: AudioContext[];
  /** The longest time in which nothing was heard, since `listen` was set. */
  silenceMs: number;
  isListening: boolean;
  /** Something was heard since it was set to false. */
  hasHeard: boolean;
}
type Scope = { ears: Ears };

/** Runs in the page before its own scripts: listens where sound leaves it. */
function installEars(): void {
  const ears: Ears = { contexts: [], silenceMs: 0, isListening: false, hasHeard: false };
  (globalThis as unknown as Scope).ears = ears;
  const Native = AudioContext;
  globalThis.AudioContext = class extends Native {
    constructor(options?: AudioContextOptions) {
      super(options);
      ears.contexts.push(this);
    }
  };
  const taps: AnalyserNode[] = [];
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    const [target] = to;
    if (target instanceof AudioDestinationNode) {
      const tap = new AnalyserNode(target.context, { fftSize: 1024 });
      connect.call(this, tap);
      taps.push(tap);
    }
    return connect.apply(this, to);
  } as typeof AudioNode.prototype.connect;
  const frames = new Float32Array(1024);
  const isHeard = () =>
    taps.some((tap) => {
      if (tap.context.state !== 'running') return false;
      tap.getFloatTimeDomainData(frames);
      return frames.some((value) => Math.abs(value) > 1e-5);
    });
  let silentSince: number | undefined;
  setInterval(() => {
    const now = performance.now();
    const hears = isHeard();
    ears.hasHeard ||= hears;
    if (!ears.isListening || hears) silentSince = undefined;
    else silentSince ??= now;
    if (silentSince !== undefined) ears.silenceMs = Math.max(ears.silenceMs, now - silentSince);
  }, 10);
}

const newest = (page: Page) =>
  page.evaluate(() => {
    const context = (globalThis as unknown as Scope).ears.contexts.at(-1) as AudioContext & {
      renderQuantumSize?: number;
    };
    const { sampleRate, renderQuantumSize, state } = context;
    return { sampleRate, renderQuantumSize, state };
  });

async function openAudio(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.getByRole('radiogroup', { name: 'Sample rate' })).toBeVisible();
  return dialog;
}

test('another rate while it plays: project, knobs and playing stay, with half a second of silence at most', async ({
  page,
}) => {
  await page.addInitScript(installEars);
  await playDemo(page);
  const gain = dial(card(page, 'Amp crunch'), 'Gain');
  await gain.press('ArrowUp');
  const value = await numberOf(gain);
  const before = await newest(page);
  const dialog = await openAudio(page);
  await expectAccessible(page, 'settings, audio');
  await page.evaluate(() => ((globalThis as unknown as Scope).ears.isListening = true));
  await dialog.getByRole('radio', { name: '48 kHz' }).click();
  await expect.poll(async () => (await newest(page)).sampleRate).toBe(48_000);
  await expect(dialog.getByRole('radio', { name: '48 kHz' })).toHaveAttribute(
    'aria-checked',
    'true',
  );
  await expect.poll(async () => (await newest(page)).state).toBe('running');
  expect(before.sampleRate).not.toBe(48_000);
  const silenceMs = await page.evaluate(async () => {
    const { ears } = globalThis as unknown as Scope;
    await new Promise((done) => setTimeout(done, 1500));
    ears.isListening = false;
    return ears.silenceMs;
  });
  expect(silenceMs).toBeLessThanOrEqual(500);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  expect(await numberOf(gain)).toBe(value);
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();

  // Remembered: the next visit begins with it.
  await page.reload();
  await page.getByRole('button', { name: /Tap to start sound|Play the demo/ }).click();
  await expect.poll(async () => (await newest(page)).sampleRate).toBe(48_000);
});

test('block and latency by keys', async ({ page }) => {
  await page.addInitScript(installEars);
  await playDemo(page);
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const block = dialog.getByRole('radiogroup', { name: 'Block' });
  await block.getByRole('radio', { name: '128' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await newest(page)).renderQuantumSize).toBe(64);
  const latency = dialog.getByRole('radiogroup', { name: 'Latency' });
  await latency.getByRole('radio', { name: 'Lowest' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(latency.getByRole('radio', { name: 'Balanced' })).toHaveAttribute(
    'aria-checked',
    'true',
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('refused with a sentence while a take is recorded', async ({ page }) => {
  await page.addInitScript(installEars);
  await playDemo(page);
  await page.getByRole('button', { name: 'Record a take' }).click();
  const dialog = await openAudio(page);
  await dialog.getByRole('radio', { name: '48 kHz' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('alert')).toContainText('A take is being recorded.');
  expect((await newest(page)).sampleRate).not.toBe(48_000);
  await page.getByRole('button', { name: 'Stop recording' }).click();
});

test('input, level and channels; the test tone is heard through volume and limiter', async ({
  page,
}) => {
  const input = await FakeInput.install(page);
  await page.addInitScript(installEars);
  await page.goto('./');
  await page.getByRole('button', { name: 'Plug in' }).click();
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await input.play(-12);
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Loudspeakers' }).click();
  const dialog = await openAudio(page);
  await expect(
    dialog.getByRole('button', { name: 'Input: Scarlett 2i2 USB, input 1' }),
  ).toBeVisible();
  await expect(dialog).toContainText('Echo cancellation, noise suppression and auto gain are off.');
  await expect(dialog.locator('.level-text')).toHaveText(/^−1[0-9]\.\d dB$/);
  await dialog.getByRole('radio', { name: 'Stereo' }).click();
  await expect(
    dialog.getByRole('button', { name: 'Input: Scarlett 2i2 USB', exact: true }),
  ).toBeVisible();

  await input.play(-Infinity);
  await page.evaluate(() => {
    const { ears } = globalThis as unknown as Scope;
    ears.isListening = true;
  });
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as Scope).ears.silenceMs))
    .toBeGreaterThan(200);
  const tone = dialog.getByRole('button', { name: 'Play test tone' });
  await page.evaluate(() => {
    (globalThis as unknown as Scope).ears.hasHeard = false;
  });
  await tone.click();
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as Scope).ears.hasHeard))
    .toBe(true);
  await expect(tone).toBeEnabled({ timeout: 10_000 });
});
