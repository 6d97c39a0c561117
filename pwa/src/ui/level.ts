// SPDX-License-Identifier: MIT
// Levels as a meter shows them.

export const kMeterFloorDb = -60;
export const kMeterTopDb = 6;
const kFallDbPerSecond = 26;
const kHoldSeconds = 1.5;
const kHoldFallDbPerSecond = 40;

export const toDb = (gain: number): number =>
  gain > 1e-6 ? 20 * Math.log10(gain) : Number.NEGATIVE_INFINITY;
export const fromDb = (db: number): number => 10 ** (db / 20);

/** Where a level stands on a meter or fader, 0 at the bottom to 1 at the top. */
export function meterPosition(db: number): number {
  if (!(db > kMeterFloorDb)) return 0;
  return Math.min(1, ((db - kMeterFloorDb) / (kMeterTopDb - kMeterFloorDb)) ** 1.7);
}

export function meterDb(position: number): number {
  const x = Math.min(1, Math.max(0, position));
  return kMeterFloorDb + (kMeterTopDb - kMeterFloorDb) * x ** (1 / 1.7);
}

/** Rises at once, falls steadily; the peak stays a while. One channel. */
export class Ballistics {
  levelDb = Number.NEGATIVE_INFINITY;
  peakDb = Number.NEGATIVE_INFINITY;
  private heldSeconds = 0;

  /** `peakDb` is the highest since the last call. */
  step(peakDb: number, seconds: number): void {
    this.levelDb = Math.max(peakDb, this.levelDb - kFallDbPerSecond * seconds);
    if (this.levelDb < kMeterFloorDb - 6) this.levelDb = Number.NEGATIVE_INFINITY;
    if (peakDb >= this.peakDb) {
      this.peakDb = peakDb;
      this.heldSeconds = 0;
      return;
    }
    this.heldSeconds += seconds;
    if (this.heldSeconds <= kHoldSeconds) return;
    this.peakDb = Math.max(this.levelDb, this.peakDb - kHoldFallDbPerSecond * seconds);
    if (this.peakDb < kMeterFloorDb) this.peakDb = Number.NEGATIVE_INFINITY;
  }

  get isAtRest(): boolean {
    return this.levelDb === Number.NEGATIVE_INFINITY && this.peakDb === Number.NEGATIVE_INFINITY;
  }
}
