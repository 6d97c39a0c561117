// SPDX-License-Identifier: MIT
// The outline of a recording: lowest and highest sample of every 10 ms, over both channels. Kept while it is recorded,
// so that a take is drawn without being read.

export const kPeaksPerSecond = 100;
/** Frames under one pair; the last may have fewer. */
export const framesPerPeak = (sampleRateHz: number): number =>
  Math.round(sampleRateHz / kPeaksPerSecond);

export interface Outline {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export class Peaks {
  /** Low and high in turn. */
  private pairs: Float32Array<ArrayBuffer>;
  private count = 0;
  private fill = 0;

  constructor(
    private readonly framesEach: number,
    stored: Float32Array<ArrayBuffer> = new Float32Array(2048),
    count = 0,
  ) {
    this.pairs = stored;
    this.count = count;
  }
  static from(sampleRateHz: number, stored: Float32Array<ArrayBuffer>): Peaks {
    return new Peaks(framesPerPeak(sampleRateHz), stored, stored.length >> 1);
  }

  get length(): number {
    return this.count;
  }

  add(left: Float32Array, right: Float32Array): void {
    for (let at = 0; at < left.length;) {
      if (this.fill === 0) this.open();
      const end = Math.min(left.length, at + this.framesEach - this.fill);
      this.widen(left, right, at, end);
      this.fill = (this.fill + end - at) % this.framesEach;
      at = end;
    }
  }

  private open(): void {
    if (2 * this.count === this.pairs.length) {
      const larger = new Float32Array(Math.max(2048, 2 * this.pairs.length));
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[2 * this.count] = Number.POSITIVE_INFINITY;
    this.pairs[2 * this.count + 1] = Number.NEGATIVE_INFINITY;
    this.count += 1;
  }

  private widen(left: Float32Array, right: Float32Array, from: number, end: number): void {
    const at = 2 * (this.count - 1);
    let low = this.pairs[at] ?? 0;
    let high = this.pairs[at + 1] ?? 0;
    for (let i = from; i < end; i += 1) {
      const a = left[i] ?? 0;
      const b = right[i] ?? 0;
      if (a < low) low = a;
      if (a > high) high = a;
      if (b < low) low = b;
      if (b > high) high = b;
    }
    this.pairs[at] = low;
    this.pairs[at + 1] = high;
  }

  /** As it is stored. */
  packed(): Float32Array<ArrayBuffer> {
    return this.pairs.slice(0, 2 * this.count);
  }

  /** Largest magnitude of all. */
  get highest(): number {
    let most = 0;
    for (let i = 0; i < 2 * this.count; i += 1) most = Math.max(most, Math.abs(this.pairs[i] ?? 0));
    return most;
  }

  /** The whole, as wide as so many columns. */
  outline(columns: number): Outline {
    const low = new Float32Array(columns);
    const high = new Float32Array(columns);
    for (let c = 0; c < columns && this.count > 0; c += 1) {
      const from = Math.min(this.count - 1, Math.floor((c * this.count) / columns));
      const end = Math.max(from + 1, Math.floor(((c + 1) * this.count) / columns));
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let i = from; i < end; i += 1) {
        least = Math.min(least, this.pairs[2 * i] ?? 0);
        most = Math.max(most, this.pairs[2 * i + 1] ?? 0);
      }
      low[c] = least;
      high[c] = most;
    }
    return { low, high };
  }
}
