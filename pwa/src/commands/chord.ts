// SPDX-License-Identifier: MIT
// Key chords as text: "Mod+Shift+Z". What a key types decides, not where it lies; letters without regard to case.

const kNames: Readonly<Record<string, string>> = { ' ': 'Space', Escape: 'Esc' };

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The chord of a key press; '' while only modifiers are down. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Unidentified'].includes(key)) return '';
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = kNames[key] ?? (isLetter ? key.toUpperCase() : key);
  // Shift is part of the sign that "?" is; of a letter or a named key it is a modifier.
  const isShifted = shiftKey && (isLetter || name.length > 1);
  return [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', isShifted ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+');
}
