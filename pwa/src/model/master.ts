// SPDX-License-Identifier: MIT
// The live output's volume, mute, clip light and limiter lamp: always in view, never in the project.
import { Emitter } from './emitter.ts';
import type { EnginePort } from './engine-port.ts';
import { type Levels, peakDb } from './levels.ts';

/** What it is the first time: nobody's ears are to pay for a wrong guess. */
export const kFirstVolumeDb = -12;
const kLimitDb = -1;
const kLampMs = 350;
const kKey = 'sonic-core.volume-db';

export class Master extends Emitter<{ change: undefined }> {
  volumeDb: number;
  muted = false;
  /** Latches until it is pressed. */
  clipped = false;
  limiting = false;
  /** Whoever else wants silence: the tuner, a device that is gone. */
  private readonly mutedBy = new Set<string>();
  private limitedAt = Number.NEGATIVE_INFINITY;
  private engine: EnginePort | undefined;

  constructor(private readonly store: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    super();
    const stored = Number.parseFloat(store?.getItem(kKey) ?? '');
    this.volumeDb = Number.isFinite(stored) ? Math.min(6, Math.max(-60, stored)) : kFirstVolumeDb;
  }

  attach(engine: EnginePort, levels: Levels): void {
    this.engine = engine;
    engine.setVolumeDb(this.volumeDb);
    this.applyMute();
    levels.onFrame((atMs) => this.watch(peakDb(levels.level('@out')), atMs));
  }

  setVolume(db: number): void {
    this.volumeDb = db;
    this.engine?.setVolumeDb(db);
    this.store?.setItem(kKey, String(db));
    this.emit('change', undefined);
  }
  setMuted(muted: boolean): void {
    this.muted = muted;
    this.applyMute();
  }
  holdMute(by: string, isHeld: boolean): void {
    if (isHeld) this.mutedBy.add(by);
    else this.mutedBy.delete(by);
    this.applyMute();
  }
  get isSilent(): boolean {
    return this.muted || this.mutedBy.size > 0;
  }
  private applyMute(): void {
    this.engine?.setMuted(this.isSilent);
    this.emit('change', undefined);
  }
  clearClip(): void {
    this.clipped = false;
    this.emit('change', undefined);
  }

  private watch(outDb: number, atMs: number): void {
    if (outDb > kLimitDb) this.limitedAt = atMs;
    const limiting = atMs - this.limitedAt < kLampMs;
    const clipped = this.clipped || outDb > 0;
    if (limiting === this.limiting && clipped === this.clipped) return;
    this.limiting = limiting;
    this.clipped = clipped;
    this.emit('change', undefined);
  }
}
