// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { chordOf, chordText, keyNames, refusalOf } from './chord.ts';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });

describe('the chord of a key press', () => {
  it('names keys as people do', () => {
    expect(press(' ')).toBe('Space');
    expect(press('r')).toBe('R');
    expect(press('Escape')).toBe('Esc');
    expect(press('Delete')).toBe('Del');
  });
  it('takes Ctrl and Cmd for one', () => {
    expect(press('z', { ctrlKey: true })).toBe('Mod+Z');
    expect(press('Z', { metaKey: true, shiftKey: true })).toBe('Mod+Shift+Z');
  });
  it('does not count the Shift that a sign needs', () => {
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('/', { shiftKey: true, code: 'Digit7' })).toBe('/');
    expect(press('Enter', { shiftKey: true })).toBe('Shift+Enter');
  });
  it('is none while only modifiers are down', () => {
    expect(press('Shift', { shiftKey: true })).toBe('');
  });
  it('goes by the place where the layout has no Latin letters', () => {
    expect(press('к', { code: 'KeyR' })).toBe('R');
    expect(press('я', { code: 'KeyZ', ctrlKey: true })).toBe('Mod+Z');
    // A Latin layout's own order of letters counts: AZERTY has A where QWERTY has Q.
    expect(press('a', { code: 'KeyQ' })).toBe('A');
  });
});

describe('a chord for people', () => {
  it('is written as the keyboard at hand names its keys', () => {
    expect(chordText('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(chordText('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(keyNames('Alt+ArrowLeft', false)).toEqual(['Alt', '←']);
  });
  it('may have a plus in it', () => {
    expect(keyNames('+', false)).toEqual(['+']);
    expect(keyNames('Mod++', false)).toEqual(['Ctrl', '+']);
  });
  it('is refused where the browser or the page needs it', () => {
    expect(refusalOf('Mod+W')).toMatch(/browser/);
    expect(refusalOf('Tab')).toMatch(/everywhere/);
    expect(refusalOf('Mod+K')).toBeUndefined();
  });
});
