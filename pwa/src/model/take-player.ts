// SPDX-License-Identifier: MIT
// Plays a take through the master strip. The file is put together from the pieces on the device; the browser streams it.
import type { TakeRecord, TakeStore } from '../storage/take-store.ts';
import { Emitter } from './emitter.ts';
import type { EnginePort } from './engine-port.ts';

/** Closer to the end than this, playing begins at the front again. */
const kAtEndSeconds = 0.05;

export const secondsOf = ({ frames, sampleRateHz }: TakeRecord): number => frames / sampleRateHz;

export class TakePlayer extends Emitter<{ change: undefined }> {
  /** Where the playhead stands: in one take at a time. */
  takeId: string | undefined;
  isPlaying = false;
  private at = 0;
  /** What was asked for last, and how often something was. */
  private taken: TakeRecord | undefined;
  private turn = 0;
  private element: HTMLAudioElement | undefined;
  private unhear: (() => void) | undefined;
  private url: string | undefined;
  private file: { readonly id: string; readonly blob: Blob } | undefined;

  constructor(private readonly store: TakeStore) {
    super();
  }

  get seconds(): number {
    return this.element?.currentTime ?? this.at;
  }
  secondsIn(take: TakeRecord): number {
    return this.takeId === take.id ? this.seconds : 0;
  }

  /** While it plays it goes on from there. */
  seek(take: TakeRecord, seconds: number): void {
    if (this.takeId !== take.id) this.stop();
    this.takeId = take.id;
    this.at = Math.min(secondsOf(take), Math.max(0, seconds));
    if (this.element) this.element.currentTime = this.at;
    this.emit('change', undefined);
  }

  async play(engine: EnginePort, take: TakeRecord): Promise<void> {
    const begin = this.secondsIn(take);
    this.stop();
    this.takeId = take.id;
    this.at = begin < secondsOf(take) - kAtEndSeconds ? begin : 0;
    this.isPlaying = true;
    this.emit('change', undefined);
    await this.begin(engine, take);
  }

  /** The engine is in another context now. What plays there cannot go along: it goes on from where it was. */
  async followMove(engine: EnginePort): Promise<void> {
    const { taken } = this;
    if (!this.isPlaying || !taken) return;
    this.at = this.seconds;
    this.release();
    await this.begin(engine, taken);
  }

  private async begin(engine: EnginePort, take: TakeRecord): Promise<void> {
    this.taken = take;
    const turn = (this.turn += 1);
    const isOn = () => this.isPlaying && this.turn === turn;
    try {
      const blob = await this.fileOf(engine, take);
      if (!isOn()) return;
      const element = new Audio();
      this.element = element;
      this.unhear = engine.hear(element);
      this.url = URL.createObjectURL(blob);
      element.src = this.url;
      element.currentTime = this.at;
      element.addEventListener('ended', () => {
        this.pause();
        this.seek(take, 0);
      });
      await element.play();
    } catch (error) {
      // Stopped before it began is no failure.
      if (!isOn()) return;
      this.stop();
      throw error;
    }
  }

  /** The playhead stays where it is. */
  pause(): void {
    if (!this.isPlaying) return;
    this.at = this.seconds;
    this.isPlaying = false;
    this.release();
    this.emit('change', undefined);
  }
  private release(): void {
    this.element?.pause();
    this.element?.removeAttribute('src');
    this.element = undefined;
    this.unhear?.();
    this.unhear = undefined;
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = undefined;
  }

  stop(): void {
    this.pause();
    if (this.takeId === undefined) return;
    this.takeId = undefined;
    this.at = 0;
    this.emit('change', undefined);
  }

  /** A take whose sound is no longer what it was. */
  forget(id: string): void {
    if (this.takeId === id) this.stop();
    if (this.file?.id === id) this.file = undefined;
  }

  private async fileOf(engine: EnginePort, take: TakeRecord): Promise<Blob> {
    if (this.file?.id === take.id) return this.file.blob;
    const { wavOf } = await import('./take-wav.ts');
    const blob = await wavOf(engine, this.store, take, { part: 'wet', format: 'f32', gain: 1 });
    this.file = { id: take.id, blob };
    return blob;
  }
}
