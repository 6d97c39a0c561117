// SPDX-License-Identifier: MIT
// When dropouts are no accident any more.

const kWindowMs = 60_000;
export const kManyDropouts = 12;
/** Said once, it is not said again for a while. */
const kQuietMs = 300_000;

export class DropoutWatch {
  private total = 0;
  private seen: { readonly atMs: number; readonly count: number }[] = [];
  private saidAtMs = Number.NEGATIVE_INFINITY;

  /** Takes the total since the engine started; gives the number in the last minute when it is time to say so. */
  note(total: number, atMs: number): number | undefined {
    const added = total - this.total;
    this.total = total;
    if (added > 0) this.seen.push({ atMs, count: added });
    this.seen = this.seen.filter((one) => atMs - one.atMs < kWindowMs);
    const count = this.seen.reduce((sum, one) => sum + one.count, 0);
    if (count < kManyDropouts || atMs - this.saidAtMs < kQuietMs) return undefined;
    this.saidAtMs = atMs;
    return count;
  }

  /** Another device or another setting: what was before says nothing about it. */
  forget(total = 0): void {
    this.total = total;
    this.seen = [];
    this.saidAtMs = Number.NEGATIVE_INFINITY;
  }
}
