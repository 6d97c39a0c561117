// SPDX-License-Identifier: MIT
// Key chords as text: "Mod+Shift+Z". What a key types decides, not where it lies; letters without regard to case.

const kNames: Readonly<Record<string, string>> = { ' ': 'Space', Escape: 'Esc', Delete: 'Del' };

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>;

/** A letter's name. Where the layout has no Latin letters, the key's place says which one is meant. */
function letterOf(key: string, code: string): string {
  const isLatin = /^[a-z]$/i.test(key);
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return isLatin || place === undefined ? key.toUpperCase() : place;
}

/** The chord of a key press; '' while only modifiers are down. */
export function chordOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  if (['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'Dead', 'Unidentified'].includes(key))
    return '';
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = kNames[key] ?? (isLetter ? letterOf(key, code) : key);
  // Shift is part of the sign that "?" is; of a letter or a named key it is a modifier.
  const isShifted = shiftKey && (isLetter || name.length > 1);
  return [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', isShifted ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+');
}

const kOnMac: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Backspace: '⌫' };
const kSigns: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The names on the keys of a chord, as a person finds them on this keyboard. "+" may be one of them. */
export function keyNames(chord: string, isMac: boolean): string[] {
  const parts = chord === '+' ? ['+'] : chord.split(/\+(?=.)/);
  return parts.map((part) => (isMac ? kOnMac[part] : undefined) ?? kSigns[part] ?? part);
}
/** "Ctrl+Shift+Z", or "⌘⇧Z". */
export const chordText = (chord: string, isMac: boolean): string =>
  keyNames(chord, isMac).join(isMac ? '' : '+');

export const kIsMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

const kOfBrowser = new Set([
  ...['Mod+W', 'Mod+Shift+W', 'Mod+T', 'Mod+Shift+T', 'Mod+N', 'Mod+Shift+N', 'Mod+Q', 'Mod+L'],
  ...['Mod+R', 'Mod+Shift+R', 'F5', 'F11', 'F12', 'Alt+F4', 'Mod+Tab', 'Mod+Shift+Tab', 'Alt+Tab'],
  ...Array.from({ length: 10 }, (_, digit) => `Mod+${digit}`),
  ...['Mod+C', 'Mod+V', 'Mod+X', 'Mod+A', 'Mod++', 'Mod+-', 'Mod+='],
]);
const kOfPage = new Set(['Tab', 'Shift+Tab', 'Esc', 'Shift+F10', 'ContextMenu']);

/** Why a chord cannot stand for a command, as a sentence; undefined when it can. */
export function refusalOf(chord: string): string | undefined {
  if (kOfBrowser.has(chord)) return 'The browser keeps this key for itself. Choose another one.';
  if (kOfPage.has(chord)) return 'This key moves and closes things everywhere. Choose another one.';
  return undefined;
}
