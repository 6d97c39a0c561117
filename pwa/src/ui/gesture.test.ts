// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { DoubleTap, KnobDrag, keyStep, kDragPixels, kFineFactor, wheelStep } from './gesture.ts';

describe('KnobDrag', () => {
  it('goes the whole travel in one length, and stops at the end', () => {
    const drag = new KnobDrag(0, 300);
    expect(drag.move(300 - kDragPixels / 2, false)).toBeCloseTo(0.5);
    expect(drag.move(-1000, false)).toBe(1);
  });
  it('answers at once when it turns back after the end', () => {
    const drag = new KnobDrag(0.9, 0);
    drag.move(-500, false);
    expect(drag.move(-500 + kDragPixels * 0.1, false)).toBeCloseTo(0.9);
  });
  it('is at least five times finer with shift, without a jump', () => {
    expect(kFineFactor).toBeGreaterThanOrEqual(5);
    const drag = new KnobDrag(0.5, 0);
    const before = drag.move(-20, false);
    expect(drag.move(-20, true)).toBe(before);
    expect(drag.move(-40, true) - before).toBeCloseTo(20 / kDragPixels / kFineFactor);
  });
});

describe('keyStep', () => {
  it('knows the keys of a slider', () => {
    expect(keyStep('ArrowUp', false)).toEqual({ by: 0.01 });
    expect(keyStep('ArrowLeft', true)).toEqual({ by: -0.01 / kFineFactor });
    expect(keyStep('PageDown', false)).toEqual({ by: -0.1 });
    expect(keyStep('End', false)).toEqual({ to: 1 });
    expect(keyStep('a', false)).toBeUndefined();
  });
  it('steps from choice to choice', () => {
    expect(keyStep('ArrowUp', true, 5)).toEqual({ by: 0.25 });
    expect(keyStep('PageUp', false, 5)).toEqual({ by: 0.25 });
  });
});

describe('wheelStep', () => {
  it('turns up when the wheel goes up, whatever it counts in', () => {
    expect(wheelStep(-100, 0, false)).toBeCloseTo(0.02);
    expect(wheelStep(-3, 1, false)).toBeCloseTo(0.02, 2);
    expect(wheelStep(100, 0, true)).toBeCloseTo(-0.02 / kFineFactor);
    expect(Math.abs(wheelStep(1e6, 0, false))).toBeLessThanOrEqual(0.06);
  });
});

describe('DoubleTap', () => {
  it('is two presses close in time and place, and three are not two doubles', () => {
    const tap = new DoubleTap();
    expect(tap.press(0, 10, 10)).toBe(false);
    expect(tap.press(200, 12, 9)).toBe(true);
    expect(tap.press(300, 12, 9)).toBe(false);
  });
  it('is not two slow or distant presses, nor one after a drag', () => {
    const tap = new DoubleTap();
    tap.press(0, 0, 0);
    expect(tap.press(500, 0, 0)).toBe(false);
    expect(tap.press(600, 60, 0)).toBe(false);
    tap.forget();
    expect(tap.press(700, 60, 0)).toBe(false);
  });
});
