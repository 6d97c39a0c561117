// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { chordOf } from './chord.ts';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('the chord of a key press', () => {
  it('names keys as people do', () => {
    expect(press(' ')).toBe('Space');
    expect(press('r')).toBe('R');
    expect(press('Escape')).toBe('Esc');
  });
  it('takes Ctrl and Cmd for one', () => {
    expect(press('z', { ctrlKey: true })).toBe('Mod+Z');
    expect(press('Z', { metaKey: true, shiftKey: true })).toBe('Mod+Shift+Z');
  });
  it('does not count the Shift that a sign needs', () => {
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('Enter', { shiftKey: true })).toBe('Shift+Enter');
  });
  it('is none while only modifiers are down', () => {
    expect(press('Shift', { shiftKey: true })).toBe('');
  });
});
