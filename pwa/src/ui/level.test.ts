// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { Ballistics, fromDb, kMeterTopDb, meterDb, meterPosition, toDb } from './level.ts';

it('places levels from bottom to top and back', () => {
  expect(meterPosition(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(meterPosition(Number.NaN)).toBe(0);
  expect(meterPosition(kMeterTopDb)).toBe(1);
  expect(meterPosition(40)).toBe(1);
  for (const db of [-59, -40, -12, 0, 5]) expect(meterDb(meterPosition(db))).toBeCloseTo(db, 6);
});

it('counts decibels', () => {
  expect(toDb(1)).toBe(0);
  expect(toDb(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(fromDb(toDb(0.3))).toBeCloseTo(0.3, 9);
});

describe('Ballistics', () => {
  it('rises at once, falls steadily, and comes to rest', () => {
    const meter = new Ballistics();
    meter.step(-3, 0.03);
    expect(meter.levelDb).toBe(-3);
    meter.step(Number.NEGATIVE_INFINITY, 0.5);
    expect(meter.levelDb).toBeCloseTo(-16);
    for (let i = 0; i < 200; i++) meter.step(Number.NEGATIVE_INFINITY, 0.05);
    expect(meter.isAtRest).toBe(true);
  });
  it('holds its peak for a second and a half', () => {
    const meter = new Ballistics();
    meter.step(-3, 0.03);
    meter.step(-40, 1.4);
    expect(meter.peakDb).toBe(-3);
    meter.step(-40, 0.2);
    expect(meter.peakDb).toBeLessThan(-3);
  });
});
