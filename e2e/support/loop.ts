// SPDX-License-Identifier: MIT
// What leaves the page comes in again, after a way of known length; or nothing does.
import type { Page } from '@playwright/test';
import { FakeInput } from './fake-input.ts';

export interface Loop {
  readonly delayFrames: number | undefined;
  readonly noise: number;
}

/** Runs in the page before its own scripts: what leaves the page comes in again, later; or noise does. */
function install({ delayFrames, noise }: Loop): void {
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

/** Settings → Audio, with a guitar that is plugged in and not heard. */
export async function openWizard(page: Page, loop: Loop): Promise<void> {
  const input = await FakeInput.install(page);
  await page.addInitScript(install, loop);
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
