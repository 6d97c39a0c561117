// SPDX-License-Identifier: MIT
// Putting the app on the device: the browser's own question where there is one, a hint where a person has to do it.
import { Emitter } from '../model/emitter.ts';

/** Chromium's; not in the standard. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}
/** Browsers that install pages from a menu of theirs only. */
export type InstallHint = 'ios' | 'mac-safari' | 'firefox-android';

const kStandalone = '(display-mode: standalone)';

export function hintOf(agent: string, touchPoints: number): InstallHint | undefined {
  // An iPad calls itself a Mac.
  if (/iPad|iPhone|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)) return 'ios';
  if (/Android.*Firefox\//.test(agent)) return 'firefox-android';
  if (/Macintosh.*Version\/\d+.*Safari\//.test(agent)) return 'mac-safari';
  return undefined;
}

export class Installing extends Emitter<{ change: undefined }> {
  private prompt: InstallPrompt | undefined;
  private installed: boolean;

  constructor() {
    super();
    this.installed =
      matchMedia(kStandalone).matches ||
      (navigator as { standalone?: boolean }).standalone === true;
    // Comes soon after the page has loaded, and only once.
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.prompt = event as InstallPrompt;
      this.emit('change', undefined);
    });
    addEventListener('appinstalled', () => {
      this.prompt = undefined;
      this.installed = true;
      this.emit('change', undefined);
    });
  }

  get isInstalled(): boolean {
    return this.installed;
  }
  /** The browser asks when `ask` is called inside a press. */
  get canAsk(): boolean {
    return this.prompt !== undefined && !this.installed;
  }
  get hint(): InstallHint | undefined {
    if (this.installed || this.canAsk) return undefined;
    return hintOf(navigator.userAgent, navigator.maxTouchPoints);
  }

  async ask(): Promise<void> {
    const { prompt } = this;
    // It may be used once, whatever the answer.
    this.prompt = undefined;
    this.emit('change', undefined);
    await prompt?.prompt();
  }
}
