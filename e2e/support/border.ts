// SPDX-License-Identifier: MIT
// What the page made of the browser's sound, for a test to break.
import type { Page } from '@playwright/test';

interface InPage {
  readonly contexts: AudioContext[];
  readonly workers: Worker[];
  readonly nodes: AudioWorkletNode[];
  /** How fast the context's clock runs against the page's. */
  clock: number;
}
type Scope = { border: InPage; fakeDropouts: number };

/** Runs in the page before its own scripts. */
function install(): void {
  const border: InPage = { contexts: [], workers: [], nodes: [], clock: 1 };
  (globalThis as unknown as Scope).border = border;
  const { AudioContext: Context, Worker: Native, AudioWorkletNode: Node } = globalThis;
  globalThis.AudioContext = class extends Context {
    constructor(options?: AudioContextOptions) {
      super(options);
      border.contexts.push(this);
    }
  };
  globalThis.Worker = class extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      border.workers.push(this);
    }
  };
  globalThis.AudioWorkletNode = class extends Node {
    constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
      super(context, name, options);
      border.nodes.push(this);
    }
  };
  const time = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'currentTime');
  Object.defineProperty(BaseAudioContext.prototype, 'currentTime', {
    configurable: true,
    get(this: BaseAudioContext) {
      return border.clock * (time?.get?.call(this) as number);
    },
  });
}

export class Border {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async install(page: Page): Promise<Border> {
    await page.addInitScript(install);
    return new Border(page);
  }

  /** How many the page has made so far. */
  made(what: 'contexts' | 'workers'): Promise<number> {
    return this.page.evaluate((name) => (globalThis as unknown as Scope).border[name].length, what);
  }
  /** Of the newest context. */
  state(): Promise<AudioContextState | undefined> {
    return this.page.evaluate(() => (globalThis as unknown as Scope).border.contexts.at(-1)?.state);
  }
  /** The system takes the sound away, as for a call. */
  async pause(): Promise<void> {
    await this.page.evaluate(() =>
      (globalThis as unknown as Scope).border.contexts.at(-1)?.suspend(),
    );
  }
  async setClock(speed: number): Promise<void> {
    await this.page.evaluate(
      (to) => void ((globalThis as unknown as Scope).border.clock = to),
      speed,
    );
  }
  async killWorker(): Promise<void> {
    await this.page.evaluate(() => {
      const worker = (globalThis as unknown as Scope).border.workers.at(-1);
      worker?.terminate();
      worker?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    });
  }
  async breakProcessor(): Promise<void> {
    await this.page.evaluate(() => {
      const node = (globalThis as unknown as Scope).border.nodes.at(-1);
      node?.disconnect();
      node?.dispatchEvent(new Event('processorerror'));
    });
  }
  /** As many as the browser would count. */
  async dropOut(times: number): Promise<void> {
    await this.page.evaluate(
      (count) => void ((globalThis as unknown as Scope).fakeDropouts = count),
      times,
    );
  }
}
