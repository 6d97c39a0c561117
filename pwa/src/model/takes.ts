// SPDX-License-Identifier: MIT
// The takes of the open project: what went in and what came out, of the same frames. Recorded, heard, named, thrown away.
import { MemoryFiles } from '../storage/memory-files.ts';
import { openFileStore } from '../storage/file-store.ts';
import { type TakeRecord, TakeStore } from '../storage/take-store.ts';
import { Emitter } from './emitter.ts';
import type { EnginePort } from './engine-port.ts';
import { Peaks } from './peaks.ts';
import { TakeDownloads } from './take-downloads.ts';
import { secondsOf, TakePlayer } from './take-player.ts';
import { segmentFramesOf, type StopReason, TakeRecorder } from './take-recorder.ts';
import { longestSeconds, TakeRoom } from './take-room.ts';

const kWatchMs = 1000;
/** Longer than the offer to take it back is in view. */
const kUndoMs = 8000;

export interface TakesEvents {
  change: undefined;
  failed: unknown;
  /** A recording ended by itself; `take` is what is kept of it. */
  stopped: { readonly reason: StopReason; readonly take: TakeRecord | undefined };
  /** Found unfinished, as after a crash. */
  recovered: TakeRecord;
}
interface Running {
  readonly engine: EnginePort;
  readonly recorder: TakeRecorder;
  readonly watch: ReturnType<typeof setInterval>;
}

export class Takes extends Emitter<TakesEvents> {
  list: readonly TakeRecord[] = [];
  recordingSince: number | undefined;
  readonly room = new TakeRoom();
  readonly player: TakePlayer;
  readonly store: TakeStore;
  readonly downloads: TakeDownloads;
  private readonly files = new MemoryFiles(openFileStore);
  private readonly outlines = new Map<string, Peaks | undefined>();
  private running: Running | undefined;
  private finishing: Promise<void> | undefined;
  private projectId = '';

  constructor() {
    super();
    this.store = new TakeStore(this.files);
    this.player = new TakePlayer(this.store);
    this.downloads = new TakeDownloads(this.store);
    this.player.on('change', () => this.emit('change', undefined));
    this.downloads.on('change', () => this.emit('change', undefined));
  }

  get recorder(): TakeRecorder | undefined {
    return this.running?.recorder;
  }
  get playingId(): string | undefined {
    return this.player.isPlaying ? this.player.takeId : undefined;
  }
  /** This browser keeps nothing: takes are gone with the page. */
  get isLoose(): boolean {
    return this.files.isLoose;
  }

  async show(projectId: string): Promise<void> {
    this.player.stop();
    this.outlines.clear();
    this.projectId = projectId;
    this.list = [];
    this.emit('change', undefined);
    try {
      void this.room.look().then(() => this.emit('change', undefined));
      const { tidy } = await import('./take-tidy.ts');
      const { kept, recovered } = await tidy(
        this.store,
        projectId,
        this.running?.recorder.record.id,
      );
      if (this.projectId !== projectId) return;
      this.list = kept;
      for (const take of recovered) this.emit('recovered', take);
    } catch (error) {
      this.emit('failed', error);
    }
    this.emit('change', undefined);
  }

  // Recording

  start(engine: EnginePort, id: string): void {
    if (this.running || this.finishing) return;
    this.player.stop();
    const { sampleRateHz } = engine;
    const record: TakeRecord = {
      id,
      projectId: this.projectId,
      name: this.freshName(),
      madeAtMs: Date.now(),
      sampleRateHz,
      segmentFrames: segmentFramesOf(sampleRateHz),
      frames: 0,
      wetPeak: 0,
      dryPeak: 0,
      state: 'recording',
      aliveAtMs: Date.now(),
    };
    const recorder = new TakeRecorder(this.store, record, (reason) => void this.finish(reason));
    engine.startTake({ onChunk: (chunk) => recorder.add(chunk) });
    this.recordingSince = performance.now();
    const watch = setInterval(() => void this.watch(), kWatchMs);
    this.running = { engine, recorder, watch };
    void this.watch();
    this.emit('change', undefined);
  }

  private freshName(): string {
    const numbers = this.list.map(({ name }) => Number(/^Take (\d+)\b/.exec(name)?.[1] ?? 0));
    return `Take ${Math.max(0, ...numbers) + 1}`;
  }

  private async watch(): Promise<void> {
    await this.room.look();
    const { recorder } = this;
    if (!recorder || this.finishing) return;
    const { sampleRateHz } = recorder.record;
    if (recorder.frames >= longestSeconds(sampleRateHz) * sampleRateHz)
      await this.finish('longest');
    else if (this.room.isUsedUp && !this.isLoose) await this.finish('full');
    else this.emit('change', undefined);
  }

  /** `reason`: it ends by itself. */
  finish(reason?: StopReason): Promise<void> {
    this.finishing ??= this.end(reason).finally(() => {
      this.finishing = undefined;
      this.emit('change', undefined);
    });
    return this.finishing;
  }

  /** The one before may still be written when the next is begun. */
  async ended(): Promise<void> {
    await this.finishing;
  }

  private async end(reason: StopReason | undefined): Promise<void> {
    const { running } = this;
    if (!running) return;
    clearInterval(running.watch);
    this.recordingSince = undefined;
    this.emit('change', undefined);
    const { engine, recorder } = running;
    // An engine that died, or was put in another's place, has no end to tell: what came until then is the take.
    await engine.stopTake().catch(() => undefined);
    const take = await recorder.finish();
    this.running = undefined;
    if (take?.projectId === this.projectId) {
      this.outlines.set(take.id, recorder.peaks);
      this.list = [...this.list, take];
    }
    const why = reason ?? recorder.stopReason;
    if (why) this.emit('stopped', { reason: why, take });
    await this.room.look();
  }

  // Playing

  async toggle(engine: EnginePort, take: TakeRecord): Promise<void> {
    if (this.playingId === take.id) this.player.pause();
    else await this.player.play(engine, take);
  }
  /** The sound went to another context: a take that plays goes along. */
  async followMove(engine: EnginePort): Promise<void> {
    await this.player.followMove(engine).catch((error: unknown) => this.emit('failed', error));
  }
  stopPlaying(): void {
    this.player.stop();
  }

  // The list

  /** Undefined while it is read. */
  outline(take: TakeRecord): Peaks | undefined {
    const { outlines, store } = this;
    if (outlines.has(take.id)) return outlines.get(take.id);
    outlines.set(take.id, undefined);
    void import('./take-tidy.ts')
      .then(({ readPeaks }) => readPeaks(store, take))
      .then(
        (peaks) => {
          outlines.set(take.id, peaks);
          this.emit('change', undefined);
        },
        // Drawn as a line; that its sound is missing is said when it is played.
        () => undefined,
      );
    return undefined;
  }

  async rename(take: TakeRecord, name: string): Promise<void> {
    const trimmed = name.trim().slice(0, 80);
    if (trimmed && trimmed !== take.name) await this.change({ ...take, name: trimmed });
  }
  private async change(take: TakeRecord): Promise<void> {
    this.list = this.list.map((other) => (other.id === take.id ? take : other));
    this.emit('change', undefined);
    await this.store.put(take);
  }

  /** Out of the list at once, and from the device when nobody can want it back any more. */
  async remove(take: TakeRecord): Promise<void> {
    this.player.forget(take.id);
    this.list = this.list.filter(({ id }) => id !== take.id);
    this.emit('change', undefined);
    await this.store.put({ ...take, state: 'removed', removedAtMs: Date.now() });
    setTimeout(
      () =>
        void this.eraseRemoved(take).catch((error: unknown) => {
          this.emit('failed', error);
        }),
      kUndoMs,
    );
  }
  /** Only what is still removed: it may have been had back, and another project be shown since. */
  private async eraseRemoved({ id, projectId }: TakeRecord): Promise<void> {
    const records = await this.store.records(projectId);
    if (records.find((record) => record.id === id)?.state !== 'removed') return;
    await this.store.erase(id);
    await this.room.look();
  }
  /** Brings a removed take back. */
  async restore(take: TakeRecord): Promise<void> {
    if (take.projectId !== this.projectId) return;
    this.list = [...this.list, take].sort((a, b) => a.madeAtMs - b.madeAtMs);
    this.emit('change', undefined);
    await this.store.put(take);
  }
}

export const takeLength = (take: TakeRecord): string => clock(secondsOf(take));
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
