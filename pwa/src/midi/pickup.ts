// SPDX-License-Identifier: MIT
// Soft takeover: a control that stands elsewhere than its knob moves nothing until it comes past it.

interface Seen {
  readonly control: number;
  /** Where the knob was left; undefined while the control has not caught it. */
  readonly knob: number | undefined;
}
/** As near as the steps of a 7-bit control allow. */
const kNear = 1.5 / 127;
const kSame = 1e-3;

export class Pickup {
  private readonly seen = new Map<string, Seen>();

  /** Whether the control, now at `control`, may take the knob, which stands at `knob`. Both 0 to 1. */
  takes(key: string, control: number, knob: number): boolean {
    const before = this.seen.get(key);
    const isHeld = before?.knob !== undefined && Math.abs(before.knob - knob) < kSame;
    const isNear = Math.abs(control - knob) <= kNear;
    const isPast = before !== undefined && (before.control - knob) * (control - knob) <= 0;
    const takes = isHeld || isNear || isPast;
    this.seen.set(key, { control, knob: takes ? knob : undefined });
    return takes;
  }
  /** Where the control has put it. */
  left(key: string, knob: number): void {
    const before = this.seen.get(key);
    if (before) this.seen.set(key, { ...before, knob });
  }
}
