// SPDX-License-Identifier: MIT
// What a person has set that took some work: keys of their own, pedals. The rest (theme, volume) belongs to the device.
import type { App } from '../model/app.ts';
import { kKeysKey } from '../model/keymap.ts';
import { kMidiKey } from '../model/midi-door.ts';

export interface OwnSettings {
  all(): Record<string, string>;
  /** The names of those that came back. What was set here stays as it is. */
  restore(settings: Readonly<Record<string, string>>): Promise<readonly string[]>;
}

export function ownSettings({ store, keys, midi }: App): OwnSettings {
  return {
    all: () =>
      Object.fromEntries(
        [kKeysKey, kMidiKey].flatMap((key) => {
          const text = store?.getItem(key);
          return text === null || text === undefined ? [] : [[key, text]];
        }),
      ),
    restore: async ({ [kKeysKey]: ofKeys, [kMidiKey]: ofMidi }) => {
      const names: string[] = [];
      if (ofKeys !== undefined && keys.adopt(ofKeys)) names.push('keys');
      if (ofMidi !== undefined && (await midi.open()).bindings.adopt(ofMidi)) names.push('pedals');
      return names;
    },
  };
}
