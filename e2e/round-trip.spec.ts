// SPDX-License-Identifier: MIT
// The round-trip wizard against a way of known length; and against none.
import type { Page } from '@playwright/test';
import { FakeInput } from './support/fake-input.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const kDelayFrames = 1357;
interface Loop {
  readonly delayFrames: number | undefined;
  readonly noise: number;
}

/** Runs in the page before its own scripts: what leaves the page comes in again, later; or noise does. */
function installLoop({ delayFrames, noise }: Loop): void {
  const ends = new Map<BaseAudioContext, AudioNode>();
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  const wayOf = (context: BaseAudioContext): AudioNode => {
    let way = ends.get(context);
    if (!way) {
      const delayTime = (delayFrames ?? 0) / context.sampleRate;
      way = new DelayNode(context, { delayTime, maxDelayTime: 1 });
      ends.set(context, way);
    }
    return way;
  };
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    const [target] = to;
    if (target instanceof AudioDestinationNode && delayFrames !== undefined) {
      connect.call(this, wayOf(target.context));
    }
    return connect.apply(this, to);
  } as typeof AudioNode.prototype.connect;

  const Native = MediaStreamAudioSourceNode;
  globalThis.MediaStreamAudioSourceNode = function (
    context: AudioContext,
    options: MediaStreamAudioSourceOptions,
  ) {
    const input = new GainNode(context);
    connect.call(new Native(context, options), input);
    if (delayFrames !== undefined) connect.call(wayOf(context), input);
    if (noise > 0) {
      const buffer = new AudioBuffer({ length: 44_100, sampleRate: 44_100 });
      const hiss = buffer.getChannelData(0);
      for (let i = 0; i < hiss.length; i += 1) hiss[i] = noise * (2 * Math.random() - 1);
      const source = new AudioBufferSourceNode(context, { buffer, loop: true });
      connect.call(source, input);
      source.start();
    }
    return input;
  } as unknown as typeof MediaStreamAudioSourceNode;
}

/** Runs in the page: the way through such a loop, heard by an impulse. A browser adds a block to a graph that is a circle. */
async function framesThrough(delayFrames: number): Promise<number> {
  const context = new OfflineAudioContext(1, 8192, 44_100);
  const impulse = new AudioBuffer({ length: 1, sampleRate: 44_100 });
  impulse.getChannelData(0)[0] = 1;
  const source = new AudioBufferSourceNode(context, { buffer: impulse });
  const end = new GainNode(context);
  const way = new DelayNode(context, { delayTime: delayFrames / 44_100, maxDelayTime: 1 });
  const half = new GainNode(context, { gain: 0.5 });
  source.connect(end).connect(way).connect(half).connect(end);
  end.connect(context.destination);
  source.start();
  const heard = (await context.startRendering()).getChannelData(0);
  return heard.findIndex((value, i) => i > 0 && Math.abs(value) > 0.25);
}

async function openWizard(page: Page, loop: Loop): Promise<void> {
  const input = await FakeInput.install(page);
  await page.addInitScript(installLoop, loop);
  await page.goto('./');
  await page.getByRole('button', { name: 'Plug in' }).click();
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await input.play(-18);
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
  // Not heard: the loop would howl.
  await page.getByRole('button', { name: 'Loudspeakers' }).click();
  await input.play(-Infinity);
  await page.getByRole('button', { name: 'Settings' }).click();
}
const trips = (page: Page) =>
  page.evaluate(
    () =>
      Object.values(JSON.parse(localStorage.getItem('sonic-core.round-trips') ?? '{}')) as number[],
  );

test('a way of known length is measured to the frame, and remembered', async ({ page }) => {
  await openWizard(page, { delayFrames: kDelayFrames, noise: 0.001 });
  const result = page.getByRole('region', { name: 'Round trip' });
  await expect(result).toContainText('– –');
  await result.getByRole('button', { name: 'Measure' }).click();
  await expect(result).toContainText('Measuring.');
  await expect(result).toContainText('measured ±1 frame', { timeout: 60_000 });
  const known = await page.evaluate(framesThrough, kDelayFrames);
  expect(known).toBeGreaterThanOrEqual(kDelayFrames);
  const [frames = 0] = await trips(page);
  expect(Math.abs(frames - known)).toBeLessThanOrEqual(1);
  const shown = `${(frames / 44.1).toFixed(1)} ms`;
  await expect(result).toContainText(shown);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Round trip');

  // Another block is another way.
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '64', exact: true }).click();
  await expect(result).toContainText('not measured with these settings');
  await page.getByRole('radio', { name: '128', exact: true }).click();
  await expect(result).toContainText(shown);
});

test('noise without a loop gives a sentence, and never a number', async ({ page }) => {
  await openWizard(page, { delayFrames: undefined, noise: 0.3 });
  const result = page.getByRole('region', { name: 'Round trip' });
  await result.getByRole('button', { name: 'Measure' }).click();
  await expect(result.getByRole('alert')).toHaveText(
    'We could not measure. Connect the output to the input with a cable and try again.',
    { timeout: 90_000 },
  );
  await expect(result).toContainText('– –');
  expect(await trips(page)).toEqual([]);
});
