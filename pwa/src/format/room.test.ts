// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { bytesText, timeText } from './room.ts';

describe('room', () => {
  it.each([
    [7200, '2 h 0 min'],
    [4359, '1 h 12 min'],
    [3599, '59 min'],
    [120, '2 min'],
    [119.9, '119 s'],
    [0, '0 s'],
    [Number.NaN, '– –'],
  ])('%s s', (seconds, text) => expect(timeText(seconds)).toBe(text));

  it.each([
    [10.24e9, '10.2 GB'],
    [250e9, '250 GB'],
    [340.9e6, '340 MB'],
    [Number.NaN, '– –'],
  ])('%s bytes', (bytes, text) => expect(bytesText(bytes)).toBe(text));
});
