// SPDX-License-Identifier: MIT
// Takes: what went in and what came out, of the same frames. Recorded, listened to, downloaded.
import { download, fileName } from '../media/download.ts';
import { fromDb } from '../ui/level.ts';
import { Emitter } from './emitter.ts';
import type { Bytes, EnginePort, WavFormat } from './engine-port.ts';
import type { Library, StoredTake } from './library.ts';
import type { Master } from './master.ts';

export type TakePart = 'wet' | 'dry';
export const kWavFormats: readonly { readonly value: WavFormat; readonly label: string }[] = [
  { value: '16', label: '16 bit' },
  { value: '24', label: '24 bit' },
  { value: 'f32', label: '32 bit float' },
];

export class Takes extends Emitter<{ change: undefined; failed: unknown }> {
  list: StoredTake[] = [];
  recordingSince: number | undefined;
  playingId: string | undefined;
  private readonly player = new Audio();
  private url: string | undefined;

  constructor(
    private readonly library: Library,
    private readonly master: Master,
  ) {
    super();
    this.player.addEventListener('ended', () => this.stopPlaying());
    master.on('change', () => this.followMaster());
  }

  async show(projectId: string): Promise<void> {
    this.stopPlaying();
    this.list = [];
    this.emit('change', undefined);
    try {
      this.list = await this.library.takes(projectId);
    } catch (error) {
      this.emit('failed', error);
    }
    this.emit('change', undefined);
  }

  start(engine: EnginePort): void {
    this.stopPlaying();
    engine.startTake();
    this.recordingSince = performance.now();
    this.emit('change', undefined);
  }

  async finish(engine: EnginePort, projectId: string, id: string): Promise<void> {
    this.recordingSince = undefined;
    this.emit('change', undefined);
    const take = await engine.stopTake();
    if (!take.frames) return;
    const highest = Math.max(
      0,
      ...this.list.map(({ name }) => Number(/^Take (\d+)$/.exec(name)?.[1] ?? 0)),
    );
    const stored: StoredTake = {
      id,
      projectId,
      name: `Take ${highest + 1}`,
      madeAtMs: Date.now(),
      sampleRateHz: take.sampleRateHz,
      frames: take.frames,
      dry: take.dry,
      wet: take.wet,
    };
    this.list = [...this.list, stored];
    this.emit('change', undefined);
    // Kept in memory whatever happens to the disk.
    await this.library.putTake(stored);
  }

  async toggle(engine: EnginePort, take: StoredTake, part: TakePart = 'wet'): Promise<void> {
    const wasOn = this.playingId === take.id;
    this.stopPlaying();
    if (wasOn) return;
    this.playingId = take.id;
    this.emit('change', undefined);
    const wav = await wavOf(engine, take, part, '16');
    if (this.playingId !== take.id) return;
    this.url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
    this.player.src = this.url;
    this.followMaster();
    try {
      await this.player.play();
    } catch (error) {
      // Stopped before it began is no failure.
      if (this.playingId !== take.id) return;
      this.stopPlaying();
      throw error;
    }
  }

  stopPlaying(): void {
    if (this.playingId === undefined) return;
    this.player.pause();
    this.player.removeAttribute('src');
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = undefined;
    this.playingId = undefined;
    this.emit('change', undefined);
  }

  private followMaster(): void {
    this.player.volume = Math.min(1, fromDb(this.master.volumeDb));
    this.player.muted = this.master.isSilent;
  }

  async download(
    engine: EnginePort,
    take: StoredTake,
    part: TakePart,
    format: WavFormat,
    projectName: string,
  ): Promise<void> {
    const name = fileName(`${projectName} ${take.name}${part === 'dry' ? ' dry' : ''}`, 'wav');
    download(await wavOf(engine, take, part, format), name, 'audio/wav');
  }

  async remove(take: StoredTake): Promise<void> {
    if (this.playingId === take.id) this.stopPlaying();
    this.list = this.list.filter(({ id }) => id !== take.id);
    this.emit('change', undefined);
    await this.library.deleteTake(take.id);
  }

  /** Brings a removed take back. */
  async restore(take: StoredTake): Promise<void> {
    this.list = [...this.list, take].sort((a, b) => a.madeAtMs - b.madeAtMs);
    this.emit('change', undefined);
    await this.library.putTake(take);
  }
}

const wavOf = (
  engine: EnginePort,
  take: StoredTake,
  part: TakePart,
  format: WavFormat,
): Promise<Bytes> => engine.encodeWav(take[part], take.sampleRateHz, format);

export function takeLength({
  frames,
  sampleRateHz,
}: {
  frames: number;
  sampleRateHz: number;
}): string {
  return clock(frames / sampleRateHz);
}
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
