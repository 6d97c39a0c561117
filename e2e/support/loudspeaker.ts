// SPDX-License-Identifier: MIT
// What leaves the page: every signal that is led to the output of an AudioContext, measured where it arrives there.
import type { Page } from '@playwright/test';

interface InPage {
  contexts: number;
  pressedAtMs: number;
  /** When it was first louder than −40 dBFS. */
  audibleAtMs: number | undefined;
  peak: number;
  now(): number;
}
type Scope = { loudspeaker: InPage };

/** Runs in the page before its own scripts. */
function install(): void {
  const taps = new Set<AnalyserNode>();
  const frames = new Float32Array(8192);
  const state: InPage = {
    contexts: 0,
    pressedAtMs: Number.NaN,
    audibleAtMs: undefined,
    peak: 0,
    now() {
      let peak = 0;
      for (const tap of taps) {
        tap.getFloatTimeDomainData(frames);
        for (const value of frames) peak = Math.max(peak, Math.abs(value));
      }
      return peak;
    },
  };
  (globalThis as unknown as Scope).loudspeaker = state;

  const Context = AudioContext;
  globalThis.AudioContext = class extends Context {
    constructor(options?: AudioContextOptions) {
      state.contexts += 1;
      super(options);
    }
  };
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    const [target] = to;
    if (target instanceof AudioDestinationNode && target.context instanceof Context) {
      // As long as a slow test machine may keep the page from looking.
      const tap = new AnalyserNode(target.context, { fftSize: frames.length });
      connect.call(this, tap);
      taps.add(tap);
    }
    return connect.apply(this, to);
  } as typeof AudioNode.prototype.connect;

  addEventListener('click', () => (state.pressedAtMs = performance.now()), { capture: true });
  setInterval(() => {
    const peak = state.now();
    state.peak = Math.max(state.peak, peak);
    if (peak > 0.01) state.audibleAtMs ??= performance.now();
  }, 25);
}

const toDb = (peak: number): number => (peak > 0 ? 20 * Math.log10(peak) : -Infinity);

export class Loudspeaker {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async install(page: Page): Promise<Loudspeaker> {
    await page.addInitScript(install);
    return new Loudspeaker(page);
  }

  contexts(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as Scope).loudspeaker.contexts);
  }
  /** Peak of about the last 0.2 s. */
  async nowDb(): Promise<number> {
    return toDb(await this.page.evaluate(() => (globalThis as unknown as Scope).loudspeaker.now()));
  }
  /** The highest peak since the page was opened, or since `forget`. */
  async highestDb(): Promise<number> {
    return toDb(await this.page.evaluate(() => (globalThis as unknown as Scope).loudspeaker.peak));
  }
  async forget(): Promise<void> {
    await this.page.evaluate(() => {
      const { loudspeaker } = globalThis as unknown as Scope;
      loudspeaker.peak = 0;
      loudspeaker.audibleAtMs = undefined;
    });
  }
  /** From the last press to the first sound above −40 dBFS; `undefined` while there is none. */
  async secondsToSound(): Promise<number | undefined> {
    return this.page.evaluate(() => {
      const { audibleAtMs, pressedAtMs } = (globalThis as unknown as Scope).loudspeaker;
      return audibleAtMs === undefined ? undefined : (audibleAtMs - pressedAtMs) / 1000;
    });
  }
}
