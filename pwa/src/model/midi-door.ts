// SPDX-License-Identifier: MIT
// Where MIDI comes in. Its code is fetched when a project or this device has bindings, or somebody asks.
import type { Midi } from '../midi/midi.ts';
import type { App } from './app.ts';

/** Where pedals are kept, which belong to the device. */
export const kMidiKey = 'sonic-core.midi';

export class MidiDoor {
  private opened: Promise<Midi> | undefined;
  /** Once it is there. */
  now: Midi | undefined;

  constructor(private readonly app: App) {
    app.session.on('project', () => {
      if (this.now) void this.now.follow();
      else if (!this.opened && this.isNeeded)
        void app.attempt(async () => (await this.open()).follow());
    });
  }

  /** Some browsers have none. */
  get isThere(): boolean {
    return (navigator.requestMIDIAccess as unknown) !== undefined;
  }
  private get isNeeded(): boolean {
    const { session, store } = this.app;
    const isOfDevice = store?.getItem(kMidiKey)?.includes('"command"') === true;
    return isOfDevice || session.json?.['midi'] !== undefined;
  }

  open(): Promise<Midi> {
    this.opened ??= import('../midi/midi.ts').then(
      ({ Midi: MidiClass }) => (this.now = new MidiClass(this.app)),
      (error: unknown) => {
        this.opened = undefined;
        throw error;
      },
    );
    return this.opened;
  }
}
