// SPDX-License-Identifier: MIT
// How often what moves with the sound is drawn. On a machine that is too busy for both, sound comes first: dropouts and
// late frames make it slower at once, and a quiet while makes it faster again, step by step.

const kIntervalsMs = [33, 100, 250] as const;
const kSlowest = kIntervalsMs.length - 1;
/** Dropouts within about a second that are more than an accident. */
const kManyDropouts = 1.5;
const kForgetMs = 2000;
/** A frame that comes this long after it was asked for, was kept waiting by something. */
const kLateMs = 60;
const kManyLate = 5;
const kRecoverMs = 20_000;
const kLongestRecoverMs = 320_000;

export class DrawPace {
  private step = 0;
  private late = 0;
  private dropouts = 0;
  private strain = 0;
  private countedAtMs = 0;
  private troubledAtMs = Number.NEGATIVE_INFINITY;
  private fasterAtMs = Number.NEGATIVE_INFINITY;
  private recoverMs = kRecoverMs;

  get intervalMs(): number {
    return kIntervalsMs[this.step] ?? kIntervalsMs[0];
  }

  /** `total` since the engine was started. */
  noteDropouts(total: number, atMs: number): void {
    const added = Math.max(0, total - this.dropouts);
    this.dropouts = total;
    this.strain = this.strain * Math.exp((this.countedAtMs - atMs) / kForgetMs) + added;
    this.countedAtMs = atMs;
    if (this.strain >= kManyDropouts) this.slower(atMs);
  }

  /** A frame was drawn `waitedMs` after it was asked for. */
  noteDrawn(waitedMs: number, atMs: number): void {
    this.late = waitedMs > kLateMs ? this.late + 1 : Math.max(0, this.late - 1);
    if (this.late >= kManyLate) {
      this.late = 0;
      this.slower(atMs);
      return;
    }
    if (this.step === 0 || atMs - this.troubledAtMs < this.recoverMs) return;
    this.step -= 1;
    this.fasterAtMs = atMs;
    this.troubledAtMs = atMs;
  }

  private slower(atMs: number): void {
    // What did not last is tried again later.
    const didLast = atMs - this.fasterAtMs > kRecoverMs;
    this.recoverMs = didLast ? kRecoverMs : Math.min(kLongestRecoverMs, this.recoverMs * 2);
    this.troubledAtMs = atMs;
    this.step = Math.min(kSlowest, this.step + 1);
    this.fasterAtMs = Number.NEGATIVE_INFINITY;
  }
}
