// SPDX-License-Identifier: MIT
// The audio device as the app knows it: what was chosen, what there is, and how long the way through it takes.
import type { AudioPort } from '../audio/port.ts';
import { type AudioSettings, keepAudio, storedAudio } from '../audio/settings.ts';
import { Emitter } from './emitter.ts';
import type { EnginePort } from './engine-port.ts';
import type { Master } from './master.ts';
import type { Microphone } from './microphone.ts';
import type { Takes } from './takes.ts';

export interface OutputDevice {
  readonly id: string;
  readonly label: string;
}
export type Measuring = 'no' | 'running' | 'failed';
export const kBluetoothMs = 100;
const kTripsKey = 'sonic-core.round-trips';

type Store = Pick<Storage, 'getItem' | 'setItem'>;
interface Around {
  readonly store: Store | undefined;
  readonly master: Master;
  readonly microphone: Microphone;
  readonly takes: Takes;
}

export class AudioModel extends Emitter<{ change: undefined; moved: undefined }> {
  settings: AudioSettings;
  outputs: readonly OutputDevice[] = [];
  measuring: Measuring = 'no';
  /** How far a measurement is, 0..1. */
  progress = 0;
  isTesting = false;
  isMoving = false;
  private engine: EnginePort | undefined;
  private lastMove: Promise<void> = Promise.resolve();

  constructor(private readonly around: Around) {
    super();
    this.settings = storedAudio(around.store);
  }

  get port(): AudioPort | undefined {
    return this.engine?.audio;
  }

  attach(engine: EnginePort): void {
    this.engine = engine;
    engine.audio.onChange(() => this.emit('change', undefined));
    void this.listOutputs();
  }

  /** Names are told only once the microphone was allowed. */
  async listOutputs(): Promise<void> {
    if (!this.port?.facts.canChooseOutput) return;
    try {
      const all = await navigator.mediaDevices.enumerateDevices();
      this.outputs = all
        .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '')
        .filter(({ deviceId }) => deviceId !== 'default' && deviceId !== 'communications')
        .map(({ deviceId, label }, i) => ({ id: deviceId, label: label || `Output ${i + 1}` }));
    } catch {
      this.outputs = [];
    }
    this.emit('change', undefined);
  }

  /** Takes effect at once and is remembered; rejects with a sentence, and then all is as it was. */
  choose(change: Partial<AudioSettings>): Promise<void> {
    return this.inTurn(() => this.take(change));
  }
  private async take(change: Partial<AudioSettings>): Promise<void> {
    const { store, takes } = this.around;
    const base =
      change.outputId === undefined ? this.settings : storedAudio(store, change.outputId);
    const wanted: AudioSettings = { ...base, ...change };
    if (takes.recordingSince !== undefined) {
      throw new Error('A take is being recorded. Stop it before the audio device is changed.');
    }
    await this.move(wanted);
    keepAudio(store, wanted);
  }
  /** The same once more, in a new context: for one that broke. */
  restart(change: Partial<AudioSettings> = {}): Promise<void> {
    return this.inTurn(() => this.move({ ...this.settings, ...change }, true));
  }

  /**
   * The chosen output is gone. It stays remembered, for when it comes back. The context stays, so that a recording goes
   * on.
   */
  moveToDefaultOutput(): Promise<void> {
    return this.inTurn(() => this.move({ ...this.settings, outputId: '' }));
  }

  /** Each begins with what the one before it chose. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.lastMove.then(work);
    this.lastMove = done.catch(() => undefined);
    return done;
  }

  private async move(wanted: AudioSettings, isForced = false): Promise<void> {
    const { port, engine } = this;
    this.isMoving = true;
    this.emit('change', undefined);
    try {
      if (isForced) await port?.restart(wanted);
      else await port?.moveTo(wanted);
      this.settings = wanted;
      this.measuring = 'no';
      if (engine) await this.around.takes.followMove(engine);
      this.emit('moved', undefined);
    } finally {
      this.isMoving = false;
      this.emit('change', undefined);
    }
  }

  async playTone(): Promise<void> {
    if (this.isTesting || !this.port) return;
    this.isTesting = true;
    this.emit('change', undefined);
    try {
      await this.port.resume();
      await this.port.playTone();
    } finally {
      this.isTesting = false;
      this.emit('change', undefined);
    }
  }

  // The round trip

  /** Which way was measured: another device, rate or block is another way. */
  private get way(): string {
    const { facts } = this.port ?? {};
    const input = this.around.microphone.flow.context.input?.device.id ?? '';
    const { outputId, latency } = this.settings;
    return JSON.stringify([input, outputId, facts?.sampleRateHz, facts?.blockFrames, latency]);
  }
  private get trips(): Record<string, number> {
    try {
      return JSON.parse(this.around.store?.getItem(kTripsKey) ?? '{}') as Record<string, number>;
    } catch {
      return {};
    }
  }
  /** Milliseconds, measured with what is chosen now. */
  get roundTripMs(): number | undefined {
    const frames = this.trips[this.way];
    const rate = this.port?.facts.sampleRateHz;
    return typeof frames === 'number' && rate ? (1000 * frames) / rate : undefined;
  }

  async measure(): Promise<void> {
    const { port } = this;
    const { master, microphone, store } = this.around;
    if (!port || this.measuring === 'running' || !microphone.isConnected) return;
    this.measuring = 'running';
    this.progress = 0;
    this.emit('change', undefined);
    // The rig would hear the marks, and be heard among them.
    master.holdMute('round-trip', true);
    try {
      const { measureRoundTrip } = await import('../round-trip/measure.ts');
      const { way } = this;
      const frames = await measureRoundTrip(port, (done) => {
        this.progress = done;
        this.emit('change', undefined);
      });
      this.measuring = frames === undefined ? 'failed' : 'no';
      if (frames !== undefined) {
        store?.setItem(kTripsKey, JSON.stringify({ ...this.trips, [way]: frames }));
      }
    } catch {
      this.measuring = 'failed';
    } finally {
      master.holdMute('round-trip', false);
      this.emit('change', undefined);
    }
  }
}
