// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { fromTravel, toTravel, type Travel } from './travel.ts';

const linear: Travel = { min: -24, max: 24, curve: 'linear' };
const log: Travel = { min: 20, max: 20000, curve: 'logarithmic' };
const choice: Travel = { min: 0, max: 3, curve: 'linear', choices: ['a', 'b', 'c', 'd'] };

it('reaches both ends exactly', () => {
  for (const travel of [linear, log, choice]) {
    expect(fromTravel(0, travel)).toBe(travel.min);
    expect(fromTravel(1, travel)).toBe(travel.max);
    expect(fromTravel(-3, travel)).toBe(travel.min);
    expect(toTravel(travel.max * 2, travel)).toBe(1);
  }
});

it('is its own inverse to a thousandth of the travel', () => {
  for (const travel of [linear, log]) {
    for (let i = 0; i <= 200; i++) {
      expect(toTravel(fromTravel(i / 200, travel), travel)).toBeCloseTo(i / 200, 3);
    }
  }
});

it('has the geometric mean in the middle of a logarithmic travel', () => {
  expect(fromTravel(0.5, log)).toBeCloseTo(632.5, 0);
});

it('stops only at choices', () => {
  expect([0, 0.2, 0.4, 0.6, 1].map((x) => fromTravel(x, choice))).toEqual([0, 1, 1, 2, 3]);
});

it('writes short numbers', () => {
  expect(String(fromTravel(0.337, linear)).length).toBeLessThanOrEqual(6);
});
