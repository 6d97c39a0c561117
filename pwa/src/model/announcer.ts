// SPDX-License-Identifier: MIT
// What a screen reader is told of what happened, in one place of the page.
import { Emitter } from './emitter.ts';

/** What happens at once is told in one sentence. */
const kGatherMs = 60;

export class Announcer extends Emitter<{ change: undefined }> {
  text = '';
  private readonly waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    if (!this.waiting.includes(text)) this.waiting.push(text);
    this.timer ??= setTimeout(() => this.flush(), kGatherMs);
  }

  private flush(): void {
    this.timer = undefined;
    const text = this.waiting.splice(0).join('. ');
    // The same sentence twice is news twice: a reader only hears of text that differs.
    this.text = text === this.text ? `${text}\u00a0` : text;
    this.emit('change', undefined);
  }
}
