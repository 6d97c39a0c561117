// SPDX-License-Identifier: MIT
// A MIDI device at the browser's border: the page gets an access with one input, whose messages a test sends.
import type { BrowserContext, Page } from '@playwright/test';

interface FakeMidi {
  /** How often the page has asked for access. */
  requests: number;
  send: (bytes: readonly number[]) => void;
}

/** Runs in the page before its own scripts. */
function installMidi(): void {
  class Input extends EventTarget {
    readonly id = 'input-1';
    readonly name = 'Pedal board';
    readonly manufacturer = '';
    readonly version = '1';
    readonly type = 'input';
    readonly state = 'connected';
    readonly connection = 'open';
    private handler: ((event: Event) => void) | null = null;
    set onmidimessage(handler: ((event: Event) => void) | null) {
      if (this.handler) this.removeEventListener('midimessage', this.handler);
      this.handler = handler;
      if (handler) this.addEventListener('midimessage', handler);
    }
  }
  class Access extends EventTarget {
    readonly sysexEnabled = false;
    readonly inputs = new Map([[input.id, input]]);
    readonly outputs = new Map();
  }
  const input = new Input();
  const fake: FakeMidi = {
    requests: 0,
    send: (bytes) =>
      input.dispatchEvent(new MIDIMessageEvent('midimessage', { data: new Uint8Array(bytes) })),
  };
  Object.assign(globalThis, { fakeMidi: fake });
  Object.defineProperty(Navigator.prototype, 'requestMIDIAccess', {
    configurable: true,
    value: () => {
      fake.requests += 1;
      return Promise.resolve(new Access());
    },
  });
}

export async function plugInMidi(context: BrowserContext): Promise<void> {
  await context.addInitScript(installMidi);
}

const kControlChange = 0xb0;

/** Messages as the device sends them, one right after another. */
export const send = (page: Page, ...messages: readonly (readonly number[])[]): Promise<void> =>
  page.evaluate((all) => {
    const { fakeMidi } = globalThis as unknown as { fakeMidi: FakeMidi };
    for (const bytes of all) fakeMidi.send(bytes);
  }, messages);

/** One controller's value on channel 1. */
export const turnControl = (page: Page, number: number, value: number): Promise<void> =>
  send(page, [kControlChange, number, value]);

export const midiRequests = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { fakeMidi: FakeMidi }).fakeMidi.requests);
