// SPDX-License-Identifier: MIT
// Frequencies as notes: MIDI keys, equal temperament.

const kNames = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];
const kA4Hz = 440;

export const keyName = (key: number): string => kNames[((key % 12) + 12) % 12] ?? '';

export interface Pitch {
  readonly key: number;
  readonly name: string;
  readonly octave: number;
  readonly cents: number;
  readonly hz: number;
}
export function pitchOf(hz: number): Pitch | undefined {
  if (!(hz > 16 && hz < 5000)) return undefined;
  const exact = 69 + 12 * Math.log2(hz / kA4Hz);
  const key = Math.round(exact);
  return {
    key,
    name: keyName(key),
    octave: Math.floor(key / 12) - 1,
    cents: (exact - key) * 100,
    hz,
  };
}
