// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { pitchOf } from './pitch.ts';

it('names strings and says how far off they are', () => {
  expect(pitchOf(110)).toMatchObject({ name: 'A', octave: 2, key: 45 });
  expect(pitchOf(82.41)?.name).toBe('E');
  expect(pitchOf(110 * 2 ** (7 / 1200))?.cents).toBeCloseTo(7, 6);
  expect(pitchOf(440 * 2 ** (-49 / 1200))?.cents).toBeCloseTo(-49, 6);
  expect(pitchOf(261.6256)).toMatchObject({ name: 'C', octave: 4 });
});

it('hears nothing in silence', () => {
  for (const hz of [0, -1, Number.NaN, 9]) expect(pitchOf(hz)).toBeUndefined();
});
