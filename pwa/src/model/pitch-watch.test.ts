// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { PitchWatch } from './pitch-watch.ts';

function run(
  ratioAt: (second: number) => number,
  rateAt: (second: number) => number = () => 48_000,
) {
  const watch = new PitchWatch();
  let seconds = 0;
  for (let s = 0; s < 60; s += 1) {
    if (watch.note({ seconds, sampleRateHz: rateAt(s), atMs: s * 1000 })) return s;
    seconds += ratioAt(s);
  }
  return undefined;
}

test('a device that runs at its rate is left alone', () => {
  expect(run((s) => 1 + 0.02 * Math.sin(s))).toBeUndefined();
});
test('one of 44.1 kHz that is taken for 48 kHz is found out, and the other way round', () => {
  expect(run((s) => (s < 20 ? 1 : 44.1 / 48))).toBeLessThanOrEqual(33);
  expect(run(() => 48 / 44.1)).toBeLessThanOrEqual(10);
});
test('a stall is no other rate', () => {
  expect(run((s) => (s === 10 ? 0.5 : 1))).toBeUndefined();
  expect(run((s) => (s > 10 && s < 20 ? 0 : 1))).toBeUndefined();
});
test('a context that says another rate itself', () => {
  expect(
    run(
      () => 1,
      (s) => (s < 5 ? 48_000 : 44_100),
    ),
  ).toBe(5);
});
