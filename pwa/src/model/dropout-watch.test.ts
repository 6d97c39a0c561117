// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { DropoutWatch } from './dropout-watch.ts';

test('a dozen in a minute is said once, with the number', () => {
  const watch = new DropoutWatch();
  expect(watch.note(5, 1000)).toBeUndefined();
  expect(watch.note(11, 30_000)).toBeUndefined();
  expect(watch.note(13, 40_000)).toBe(13);
  expect(watch.note(60, 41_000)).toBeUndefined();
});

test('the same number over a long time is nothing', () => {
  const watch = new DropoutWatch();
  for (let n = 1; n <= 60; n += 1) expect(watch.note(n, n * 10_000)).toBeUndefined();
});

test('another setting starts anew', () => {
  const watch = new DropoutWatch();
  expect(watch.note(12, 0)).toBe(12);
  watch.forget();
  expect(watch.note(11, 1000)).toBeUndefined();
  expect(watch.note(12, 2000)).toBe(12);
});
