// SPDX-License-Identifier: MIT
// Whether the device still runs at the rate that the context believes in. When a phone changes to another device, some
// browsers go on with the old rate: everything is then too low or too high, and slower or faster by as much.

export interface ClockReading {
  /** Of the context. */
  readonly seconds: number;
  readonly sampleRateHz: number;
  readonly atMs: number;
}
const kLeastMs = 4000;
const kMostMs = 15_000;
/** 44.1 against 48 kHz is 8 to 9 %; a busy machine's clock stays well within this. */
const kOff = 0.06;
/** A context that stood still for a moment is late, which looks the same for one reading. */
const kTimes = 2;

export class PitchWatch {
  private first: ClockReading | undefined;
  private times = 0;

  /** True when the rate is wrong. */
  note(reading: ClockReading): boolean {
    const { first } = this;
    if (!first || reading.seconds < first.seconds) {
      this.forget();
      this.first = reading;
      return false;
    }
    if (reading.sampleRateHz !== first.sampleRateHz) {
      this.forget();
      return true;
    }
    const ms = reading.atMs - first.atMs;
    if (ms < kLeastMs) return false;
    this.first = reading;
    // The page slept meanwhile.
    if (ms > kMostMs) return false;
    const ratio = (1000 * (reading.seconds - first.seconds)) / ms;
    this.times = isOff(ratio) ? this.times + 1 : 0;
    return this.times >= kTimes;
  }

  forget(): void {
    this.first = undefined;
    this.times = 0;
  }
}

/** Off by as much as rates differ; far more than that is a clock that stood still. */
const isOff = (ratio: number): boolean => Math.abs(ratio - 1) > kOff && ratio > 0.45 && ratio < 2.3;
