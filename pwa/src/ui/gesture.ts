// SPDX-License-Identifier: MIT
// What a hand does to a knob, as numbers: no elements here.

/** Pixels of vertical movement for the whole travel. */
export const kDragPixels = 200;
const kLongPressMs = 500;
/** Shift moves a knob this many times slower. */
export const kFineFactor = 8;

/** Follows a vertical drag; switching to fine in the middle does not jump. */
export class KnobDrag {
  private travel: number;
  private lastY: number;

  constructor(
    readonly begin: number,
    y: number,
  ) {
    this.travel = begin;
    this.lastY = y;
  }

  /** It was set from elsewhere, and goes on from there. */
  goTo(travel: number): void {
    this.travel = travel;
  }

  move(y: number, fine: boolean): number {
    const step = (this.lastY - y) / kDragPixels / (fine ? kFineFactor : 1);
    this.lastY = y;
    this.travel = Math.min(1, Math.max(0, this.travel + step));
    return this.travel;
  }
}

export type KeyStep = { readonly to: number } | { readonly by: number } | undefined;

/** What a key does to the travel. `choices` > 0: one step is one choice. */
export function keyStep(key: string, shift: boolean, choices = 0): KeyStep {
  const one = choices > 1 ? 1 / (choices - 1) : 0.01;
  const small = choices > 1 ? one : one / (shift ? kFineFactor : 1);
  const large = choices > 1 ? one : 0.1;
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return { by: small };
    case 'ArrowDown':
    case 'ArrowLeft':
      return { by: -small };
    case 'PageUp':
      return { by: large };
    case 'PageDown':
      return { by: -large };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: 1 };
    default:
      return undefined;
  }
}

/** Wheels report pixels, lines or pages; a notch is about 100 px. */
export function wheelStep(deltaY: number, deltaMode: number, fine: boolean): number {
  const pixels = deltaY * (deltaMode === 1 ? 33 : deltaMode === 2 ? 100 : 1);
  const notches = Math.max(-3, Math.min(3, pixels / 100));
  return (-notches * 0.02) / (fine ? kFineFactor : 1);
}

/** Two presses close in time and place. */
export class DoubleTap {
  private last: { readonly at: number; readonly x: number; readonly y: number } | undefined;

  /** Whether this press is the second of two. */
  press(at: number, x: number, y: number): boolean {
    const { last } = this;
    const isSecond =
      last !== undefined && at - last.at <= 350 && Math.hypot(x - last.x, y - last.y) <= 24;
    this.last = isSecond ? undefined : { at, x, y };
    return isSecond;
  }

  /** The press became a drag. */
  forget(): void {
    this.last = undefined;
  }
}

/** A finger that rests where it went down. */
export class LongPress {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly run: () => void) {}

  begin(): void {
    this.end();
    this.timer = setTimeout(this.run, kLongPressMs);
  }
  end(): void {
    clearTimeout(this.timer);
  }
}
