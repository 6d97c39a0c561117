// SPDX-License-Identifier: MIT
// Writes a take while it is recorded: every half second goes to the device, the outline stays here to be drawn.
import { isFull } from '../storage/file-store.ts';
import type { TakeChunk } from './engine-port.ts';
import { framesPerPeak, Peaks } from './peaks.ts';
import { Segment } from '../storage/take-segment.ts';
import type { TakeRecord, TakeStore } from '../storage/take-store.ts';

/** Why a recording cannot go on. */
export type StopReason = 'full' | 'slow' | 'failed' | 'longest';
const kSegmentsPerSecond = 2;
/** Writes at once: on a busy device each takes a while, and the newest must not wait for all before it. */
const kLanes = 4;
/** A device that is so far behind will not catch up; the memory is not for takes. */
const kMaxWaiting = 60;

export const segmentFramesOf = (sampleRateHz: number): number =>
  Math.round(sampleRateHz / framesPerPeak(sampleRateHz) / kSegmentsPerSecond) *
  framesPerPeak(sampleRateHz);

const highest = (channels: readonly Float32Array[], before: number): number => {
  let most = before;
  for (const channel of channels) {
    for (const value of channel) {
      const magnitude = value < 0 ? -value : value;
      if (magnitude > most) most = magnitude;
    }
  }
  return most;
};

export class TakeRecorder {
  readonly peaks: Peaks;
  wetPeak = 0;
  dryPeak = 0;
  /** Frames recorded, and frames that are safe. */
  frames = 0;
  safeFrames = 0;
  private segment: Segment;
  private index = 0;
  private waiting = 0;
  private stopped: StopReason | undefined;
  private readonly lanes: Promise<void>[];
  /** Frames of the segments that are on the device, which need not become so in order. */
  private readonly written: number[] = [];
  private safeSegments = 0;
  private readonly release: () => void;

  constructor(
    private readonly store: TakeStore,
    readonly record: TakeRecord,
    private readonly onStop: (reason: StopReason) => void,
  ) {
    this.peaks = new Peaks(framesPerPeak(record.sampleRateHz));
    this.segment = new Segment(record.segmentFrames);
    this.release = store.hold(record.id);
    const begun = store.put(record);
    this.lanes = Array.from({ length: kLanes }, () => begun);
  }

  add({ frame, dry, wet }: TakeChunk): void {
    if (this.stopped) return;
    while (this.frames < frame) this.advance(this.segment.addSilence(frame - this.frames));
    this.dryPeak = highest(dry, this.dryPeak);
    this.wetPeak = highest(wet, this.wetPeak);
    this.peaks.add(wet[0], wet[1]);
    const end = frame + wet[0].length;
    while (this.frames < end) this.advance(this.segment.add(dry, wet, this.frames - frame));
  }

  private advance(frames: number): void {
    this.frames += frames;
    if (!this.segment.isFull) return;
    this.write(this.segment);
    this.segment = new Segment(this.record.segmentFrames);
  }

  private write(segment: Segment): void {
    const index = this.index++;
    const lane = index % kLanes;
    if (++this.waiting > kMaxWaiting) this.stop('slow');
    this.lanes[lane] = (this.lanes[lane] ?? Promise.resolve()).then(async () => {
      try {
        await this.store.writeSegment(this.record.id, index, segment.bytes());
        this.written[index] = segment.frames;
        this.advanceSafe();
      } catch (error) {
        this.stop(isFull(error) ? 'full' : 'failed');
      } finally {
        this.waiting -= 1;
      }
    });
  }
  /** Behind one that is missing nothing can be played. */
  private advanceSafe(): void {
    for (
      let frames = this.written[this.safeSegments];
      frames !== undefined;
      frames = this.written[this.safeSegments]
    ) {
      this.safeFrames += frames;
      this.safeSegments += 1;
    }
    this.store.noteAlive(this.current('recording'));
  }

  get stopReason(): StopReason | undefined {
    return this.stopped;
  }
  private stop(reason: StopReason): void {
    if (this.stopped) return;
    this.stopped = reason;
    this.onStop(reason);
  }

  private current(state: TakeRecord['state']): TakeRecord {
    return {
      ...this.record,
      frames: this.safeFrames,
      wetPeak: this.wetPeak,
      dryPeak: this.dryPeak,
      state,
      aliveAtMs: Date.now(),
    };
  }

  /** What is kept of it; undefined when that is nothing. */
  async finish(): Promise<TakeRecord | undefined> {
    if (this.segment.frames > 0) this.write(this.segment);
    await Promise.all(this.lanes);
    const { id } = this.record;
    try {
      if (!this.safeFrames) {
        await this.store.erase(id);
        return undefined;
      }
      // Missing peaks are made anew from the sound: no reason to lose it.
      await this.store.writePeaks(id, this.peaks.packed()).catch(() => undefined);
      const done = this.current('done');
      await this.store.put(done);
      return done;
    } finally {
      this.release();
    }
  }
}
