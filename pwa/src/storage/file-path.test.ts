// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { partsOf } from './file-path.ts';

it('splits a path', () => {
  expect(partsOf('takes/7f3a-00/wet.0001')).toEqual(['takes', '7f3a-00', 'wet.0001']);
  expect(partsOf('assets')).toEqual(['assets']);
});

it.each(['', '/', 'a/', '/a', 'a//b', '..', 'a/../b', '.hidden', 'a b', 'a\\b', 'ä'])(
  'refuses %j',
  (path) => expect(() => partsOf(path)).toThrow(TypeError),
);
