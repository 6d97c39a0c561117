// SPDX-License-Identifier: MIT
// How long a take can become: by the space on the device, and by what one file can hold.
import { kPartBytesPerFrame, takeBytesPerSecond } from '../storage/take-segment.ts';

/** Left to everything else: projects are saved while a take is recorded. */
export const kReserveBytes = 16 * 1024 * 1024;
const kLongestSeconds = 2 * 3600;

/** Two hours, or what a WAV file of 32-bit floats can hold. */
export const longestSeconds = (sampleRateHz: number): number =>
  Math.min(kLongestSeconds, Math.floor((2 ** 32 - 64) / (kPartBytesPerFrame * sampleRateHz)));

export class TakeRoom {
  /** NaN where the browser does not say. */
  freeBytes = Number.NaN;
  private looking: Promise<void> | undefined;

  /** A device that is slow to answer is asked once at a time. */
  look(): Promise<void> {
    this.looking ??= this.ask().finally(() => (this.looking = undefined));
    return this.looking;
  }
  private async ask(): Promise<void> {
    try {
      const { quota = Number.NaN, usage = Number.NaN } =
        (await navigator.storage?.estimate?.()) ?? {};
      this.freeBytes = Math.max(0, quota - usage);
    } catch {
      this.freeBytes = Number.NaN;
    }
  }

  /** From now on; NaN where it is not known. */
  secondsLeft(sampleRateHz: number, recordedSeconds = 0): number {
    const bySpace = (this.freeBytes - kReserveBytes) / takeBytesPerSecond(sampleRateHz);
    return Math.max(0, Math.min(bySpace, longestSeconds(sampleRateHz) - recordedSeconds));
  }
  get isUsedUp(): boolean {
    return this.freeBytes < kReserveBytes;
  }
}
