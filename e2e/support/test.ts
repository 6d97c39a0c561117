// SPDX-License-Identifier: MIT
// `test` for every spec: a page that fails the test when it logs an error, and the downlevel browser.
import { expect, test as base } from '@playwright/test';

export interface SonicOptions {
  /** Takes the optional features away that not every browser has. */
  downlevel: boolean;
  /** The browser's own count of dropouts; without it there are none, as on a machine that does nothing else. */
  dropouts: boolean;
  /** The console errors that a test provokes on purpose. */
  allowedErrors: RegExp;
}

/** Runs in the page before its own scripts. */
function removeOptionalFeatures(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const names = [
    'SharedArrayBuffer',
    'VideoEncoder',
    'AudioEncoder',
    'VideoFrame',
    'OffscreenCanvas',
    'showOpenFilePicker',
    'showSaveFilePicker',
    'launchQueue',
  ];
  for (const name of names) delete scope[name];
  for (const name of ['requestMIDIAccess', 'wakeLock', 'storage']) {
    Object.defineProperty(Navigator.prototype, name, { configurable: true, value: undefined });
  }
  for (const name of ['playbackStats', 'setSinkId', 'renderQuantumSize', 'outputLatency']) {
    delete (AudioContext.prototype as unknown as Record<string, unknown>)[name];
    delete (BaseAudioContext.prototype as unknown as Record<string, unknown>)[name];
  }
  // A browser that does not know an option ignores it.
  const Native = AudioContext;
  scope['AudioContext'] = class extends Native {
    constructor(options: AudioContextOptions & { renderSizeHint?: unknown } = {}) {
      const { renderSizeHint: _, ...known } = options;
      super(known);
    }
  };
}

/** Runs in the page before its own scripts. A banner about the test machine is no part of most stories. */
function hideDropouts(): void {
  Object.defineProperty(AudioContext.prototype, 'playbackStats', {
    configurable: true,
    get: () => ({
      underrunEvents: (globalThis as { fakeDropouts?: number }).fakeDropouts ?? 0,
    }),
  });
}

export const test = base.extend<SonicOptions>({
  downlevel: [false, { option: true }],
  dropouts: [false, { option: true }],
  allowedErrors: [/(?!)/, { option: true }],
  context: async ({ context, downlevel, dropouts }, use) => {
    if (!dropouts) await context.addInitScript(hideDropouts);
    if (downlevel) await context.addInitScript(removeOptionalFeatures);
    await use(context);
  },
  page: async ({ page, allowedErrors }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
    });
    await use(page);
    const unexpected = errors.filter((error) => !allowedErrors.test(error));
    expect(unexpected, 'errors in the console').toEqual([]);
  },
});

export { expect };
