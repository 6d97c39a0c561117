// SPDX-License-Identifier: MIT
// Writes soon after a change, and in any case before five seconds have passed.

export type SaveState = 'none' | 'waiting' | 'saving' | 'saved' | 'failed';

export interface AutosaveOptions {
  readonly save: () => Promise<void>;
  readonly onState: (state: SaveState, error?: unknown) => void;
  readonly restMs?: number;
  readonly latestMs?: number;
}

export class Autosave {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dirtySince: number | undefined;
  private running: Promise<void> | undefined;
  private readonly restMs: number;
  private readonly latestMs: number;

  constructor(private readonly options: AutosaveOptions) {
    this.restMs = options.restMs ?? 800;
    this.latestMs = options.latestMs ?? 3500;
  }

  /** Something changed. */
  touch(nowMs = Date.now()): void {
    this.dirtySince ??= nowMs;
    this.options.onState('waiting');
    clearTimeout(this.timer);
    const left = this.dirtySince + this.latestMs - nowMs;
    this.timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(this.restMs, left)));
  }

  /** Writes what has not been written. When it is over, so is every write, whoever asked for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.dirtySince === undefined) return;
    this.dirtySince = undefined;
    this.running = this.run();
    await this.running;
  }

  /** What has not been written is not wanted any more. */
  drop(): void {
    clearTimeout(this.timer);
    this.dirtySince = undefined;
  }

  private async run(): Promise<void> {
    this.options.onState('saving');
    try {
      await this.options.save();
      this.options.onState(this.dirtySince === undefined ? 'saved' : 'waiting');
    } catch (error) {
      // Not written yet: the next change or flush tries again.
      this.dirtySince ??= Date.now();
      this.options.onState('failed', error);
    } finally {
      this.running = undefined;
    }
  }
}
