// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { formatValue, inputModeOf, parseValue, type Quantity } from './units.ts';

const level: Quantity = { unit: 'dB', min: -24, max: 24 };
const threshold: Quantity = { unit: 'dB', min: -80, max: 0 };
const frequency: Quantity = { unit: 'Hz', min: 20, max: 20000 };
const time: Quantity = { unit: 'ms', min: 0.05, max: 4000 };
const seconds: Quantity = { unit: 's', min: 0.1, max: 20 };
const percent: Quantity = { unit: '%', min: 0, max: 100 };
const ratio: Quantity = { unit: ':1', min: 1, max: 20 };
const knob: Quantity = { unit: '', min: 0, max: 10 };
const length: Quantity = { unit: 'beats', min: 0.01, max: 16 };
const pan: Quantity = { unit: '%', min: -100, max: 100, id: 'pan' };
const mode: Quantity = { unit: '', min: 0, max: 1, choices: ['off', 'on'] };

describe('formatValue', () => {
  it.each<[number, Quantity, string]>([
    [3, level, '+3.0 dB'],
    [-6, level, '−6.0 dB'],
    [0, level, '0.0 dB'],
    [-0.04, level, '0.0 dB'],
    [-24, level, '−24 dB'],
    [-48, threshold, '−48 dB'],
    [80, frequency, '80 Hz'],
    [440, frequency, '440 Hz'],
    [999.6, frequency, '1.0 kHz'],
    [2400, frequency, '2.4 kHz'],
    [6840, frequency, '6.84 kHz'],
    [12500, frequency, '12.5 kHz'],
    [0.05, time, '0.05 ms'],
    [2.5, time, '2.5 ms'],
    [120, time, '120 ms'],
    [1200, time, '1.20 s'],
    [1.8, seconds, '1.8 s'],
    [0.35, seconds, '0.35 s'],
    [62.4, percent, '62 %'],
    [3, ratio, '3 : 1'],
    [2.5, ratio, '2.5 : 1'],
    [6.4, knob, '6.4'],
    [0.75, length, '1/8 dot'],
    [0.5, length, '1/8'],
    [1 / 3, length, '1/8 trip'],
    [0.61, length, '0.61 beats'],
    [-12, pan, '12 L'],
    [0.2, pan, 'centre'],
    [100, pan, '100 R'],
    [1, mode, 'on'],
    [Number.NaN, level, '– –'],
  ])('%d → %3$s', (value, quantity, text) => {
    expect(formatValue(value, quantity)).toBe(text);
  });
});

describe('parseValue', () => {
  it.each<[string, Quantity, number]>([
    ['2.4k', frequency, 2400],
    ['2,4 kHz', frequency, 2400],
    ['440', frequency, 440],
    ['90000', frequency, 20000],
    ['-6 dB', level, -6],
    ['−6.0 dB', level, -6],
    ['+3', level, 3],
    ['-inf', threshold, -80],
    ['1.2 s', time, 1200],
    ['350ms', seconds, 0.35],
    ['62 %', percent, 62],
    ['.5', percent, 0.5],
    ['3 : 1', ratio, 3],
    ['4:1', ratio, 4],
    ['6.4', knob, 6.4],
    ['1/8 dot', length, 0.75],
    ['1/8d', length, 0.75],
    ['1/4', length, 1],
    ['1/8t', length, 1 / 3],
    ['12 l', pan, -12],
    ['C', pan, 0],
    ['ON', mode, 1],
  ])('%s', (text, quantity, value) => {
    expect(parseValue(text, quantity)).toBeCloseTo(value, 9);
  });

  it.each<[string, Quantity]>([
    ['', level],
    ['loud', level],
    ['3 Hz', level],
    ['1/0', length],
    ['maybe', mode],
    ['1..2', knob],
  ])('refuses %o', (text, quantity) => {
    expect(parseValue(text, quantity)).toBeUndefined();
  });

  it('takes a bare number as negative where all values are', () => {
    expect(parseValue('41', threshold)).toBe(-41);
    expect(parseValue('0', threshold)).toBe(0);
    expect(parseValue('+3', threshold)).toBe(0);
    expect(parseValue('3', level)).toBe(3);
  });

  it('asks for digits where a value has no sign and no word', () => {
    expect([frequency, time, percent, threshold].map(inputModeOf)).toEqual(
      Array.from({ length: 4 }, () => 'decimal'),
    );
    expect([level, pan, mode, length].map(inputModeOf)).toEqual(
      Array.from({ length: 4 }, () => 'text'),
    );
  });

  it('reads back what it has written, to the last figure shown', () => {
    const rows = [level, threshold, frequency, time, seconds, percent, ratio, knob, length, pan];
    for (const quantity of rows) {
      for (let i = 0; i <= 50; i++) {
        const value = quantity.min + ((quantity.max - quantity.min) * i) / 50;
        const text = formatValue(value, quantity);
        const back = parseValue(text, quantity);
        expect(back, `${value} ${text}`).toBeDefined();
        expect(formatValue(back ?? Number.NaN, quantity)).toBe(text);
      }
    }
  });
});
