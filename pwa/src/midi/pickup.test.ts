// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { Pickup } from './pickup.ts';

/** Moves the control through these places; gives the knob after each. */
function follow(pickup: Pickup, knob: number, controls: readonly number[]): number[] {
  return controls.map((control) => {
    if (pickup.takes('k', control, knob)) {
      knob = control;
      pickup.left('k', knob);
    }
    return knob;
  });
}

describe('soft takeover', () => {
  it('waits until the control comes past the knob, from either side', () => {
    expect(follow(new Pickup(), 0.5, [0.1, 0.3, 0.55, 0.6])).toEqual([0.5, 0.5, 0.55, 0.6]);
    expect(follow(new Pickup(), 0.5, [0.9, 0.6, 0.4, 0.2])).toEqual([0.5, 0.5, 0.4, 0.2]);
  });
  it('takes at once what stands where the knob is', () => {
    expect(follow(new Pickup(), 0.5, [0.505, 0.7])).toEqual([0.505, 0.7]);
  });
  it('jumps no more than the hand does, once it holds', () => {
    expect(follow(new Pickup(), 0.5, [0.5, 0.9, 0.1])).toEqual([0.5, 0.9, 0.1]);
  });
  it('lets go when the knob is turned by something else', () => {
    const pickup = new Pickup();
    follow(pickup, 0.5, [0.5, 0.6]);
    expect(follow(pickup, 0.1, [0.62, 0.7, 0.05])).toEqual([0.1, 0.1, 0.05]);
  });
});
