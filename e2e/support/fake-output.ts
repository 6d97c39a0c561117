// SPDX-License-Identifier: MIT
// Loudspeakers without hardware: the page is told of them, may choose one, and a test unplugs it.
import type { Page } from '@playwright/test';
import type { FakeDevice } from './fake-input.ts';

interface InPage {
  outputs: readonly FakeDevice[];
  /** What the sound went to, one after the other. */
  readonly chosen: string[];
  latencySeconds: number | undefined;
}
type Scope = { fakeOutput: InPage };
type Context = AudioContext & { setSinkId(id: string): Promise<void>; readonly sinkId: string };

/** Runs in the page before its own scripts. */
function install(outputs: readonly FakeDevice[]): void {
  const state: InPage = { outputs, chosen: [], latencySeconds: undefined };
  (globalThis as unknown as Scope).fakeOutput = state;
  const media = navigator.mediaDevices;
  const inputs = media.enumerateDevices.bind(media);
  media.enumerateDevices = async () => [
    ...(await inputs()).filter(({ kind }) => kind !== 'audiooutput'),
    ...state.outputs.map(({ id, label }) => ({
      kind: 'audiooutput' as const,
      deviceId: id,
      label,
      groupId: '',
      toJSON: () => ({}),
    })),
  ];
  const sinks = new WeakMap<AudioContext, string>();
  const prototype = AudioContext.prototype as Context;
  Object.defineProperty(prototype, 'sinkId', {
    configurable: true,
    get(this: AudioContext) {
      return sinks.get(this) ?? '';
    },
  });
  prototype.setSinkId = async function (this: AudioContext, id: string) {
    if (id !== '' && !state.outputs.some((output) => output.id === id)) {
      throw new DOMException('No such device', 'NotFoundError');
    }
    sinks.set(this, id);
    state.chosen.push(id);
  };
  const native = Object.getOwnPropertyDescriptor(prototype, 'outputLatency');
  Object.defineProperty(prototype, 'outputLatency', {
    configurable: true,
    get(this: AudioContext) {
      return state.latencySeconds ?? (native?.get?.call(this) as number);
    },
  });
}

export class FakeOutput {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async install(page: Page, outputs: readonly FakeDevice[]): Promise<FakeOutput> {
    await page.addInitScript(install, outputs);
    return new FakeOutput(page);
  }

  chosen(): Promise<string[]> {
    return this.page.evaluate(() => (globalThis as unknown as Scope).fakeOutput.chosen);
  }
  async unplug(id: string): Promise<void> {
    await this.page.evaluate((gone) => {
      const { fakeOutput } = globalThis as unknown as Scope;
      fakeOutput.outputs = fakeOutput.outputs.filter((output) => output.id !== gone);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }, id);
  }
  /** As the browser tells it from now on. */
  async delay(seconds: number): Promise<void> {
    await this.page.evaluate(
      (late) => ((globalThis as unknown as Scope).fakeOutput.latencySeconds = late),
      seconds,
    );
  }
}
