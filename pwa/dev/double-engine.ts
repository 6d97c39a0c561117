// SPDX-License-Identifier: MIT
// Stands where the engine stands, makes levels that move, and no sound.
import { Emitter } from '../src/model/emitter.ts';
import type { TakeOptions } from 'sonic-core';
import type {
  Bytes,
  EngineEvents,
  EnginePort,
  MergePatch,
  PortLevel,
  ProjectJson,
  Take,
} from '../src/model/engine-port.ts';
import { writeWav } from './wav.ts';

const kRate = 48000;

function merge(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = { ...(target as Record<string, unknown>) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

const kSettings = { outputId: '', rateHz: 0, blockFrames: 0, latency: 'lowest' } as const;

export class DoubleEngine implements EnginePort {
  readonly audio: EnginePort['audio'] = {
    settings: kSettings,
    facts: {
      sampleRateHz: kRate,
      blockFrames: 128,
      state: 'running',
      canChooseOutput: false,
      canChooseBlock: true,
      seconds: 0,
    },
    moveTo: async () => {},
    restart: async () => {},
    resume: async () => {},
    playTone: async () => {},
    probe: async (_, frames) => new Float32Array(frames),
    onChange: () => () => {},
  };
  readonly latency = { baseMs: 2.9, outputMs: 5.8, ownMs: 0 };
  playing = false;
  private project: ProjectJson = { format: 'sonic-core', version: 1, nodes: {}, wires: {} };
  private readonly events = new Emitter<EngineEvents>();
  private readonly files = new Map<string, Bytes>();
  private hasInput = false;
  private take: { frames: number; timer: ReturnType<typeof setInterval> } | undefined;
  readonly sampleRateHz = kRate;

  constructor() {
    setInterval(() => this.report(), 33);
    setInterval(() => this.events.emit('load', { share: this.sounds ? 0.04 : 0.002 }), 1000);
  }

  private get sounds(): boolean {
    return this.playing || this.hasInput;
  }
  private report(): void {
    if (!this.sounds) return;
    const t = performance.now() / 1000;
    const since = t % 0.9;
    const stroke = 0.5 * Math.exp(-since * 3.2) + 0.004;
    const level = (gain: number): PortLevel => {
      const peak = stroke * gain * (0.9 + 0.2 * Math.random());
      return { peak: [peak, peak * 0.9], rms: [peak / 3, peak / 3.2] };
    };
    const levels = new Map<string, PortLevel>([
      ['@in', level(0.9)],
      ['@out', level(0.7)],
    ]);
    for (const id of Object.keys(this.project.nodes)) levels.set(id, level(0.8));
    this.events.emit('levels', levels);
    const hz = 110 * 2 ** (1.2 / 1200);
    const readings = { frequency: [hz], cents: [1.2], reduction: [-4 * stroke] };
    const ids = Object.keys(this.project.nodes);
    this.events.emit('readings', new Map(ids.map((id) => [id, readings])));
  }

  async load(project: ProjectJson): Promise<void> {
    this.project = structuredClone(project);
  }
  save(): ProjectJson {
    return this.project;
  }
  apply(patch: MergePatch): void {
    this.project = merge(this.project, patch) as ProjectJson;
  }
  set(): void {}
  async addAsset(bytes: Uint8Array): Promise<string> {
    const sha = `file${this.files.size}`;
    this.files.set(sha, new Uint8Array(bytes));
    return sha;
  }
  keepFile(sha256: string, bytes: Bytes): void {
    this.files.set(sha256, bytes);
  }
  asset(sha256: string): Bytes | undefined {
    return this.files.get(sha256);
  }
  async openFile(bytes: Uint8Array): Promise<string> {
    this.project = JSON.parse(new TextDecoder().decode(bytes)) as ProjectJson;
    return '';
  }
  saveFile(): Bytes {
    return new TextEncoder().encode(JSON.stringify(this.project));
  }
  encodeWav: EnginePort['encodeWav'] = async (channels, rate, format) =>
    writeWav(channels, rate, format);
  play(): void {
    this.playing = true;
  }
  stop(): void {
    this.playing = false;
  }
  setMonitor(): void {}
  setVolumeDb(): void {}
  setMuted(): void {}
  connectMicrophone(): void {
    this.hasInput = true;
  }
  disconnectMicrophone(): void {
    this.hasInput = false;
  }
  /** A tone that swells, in chunks. */
  startTake(options: TakeOptions = {}): void {
    const frames = kRate / 5;
    const give = (): void => {
      const { take } = this;
      if (!take) return;
      const from = take.frames;
      const tone = Float32Array.from({ length: frames }, (_, i) => {
        const at = from + i;
        return 0.4 * Math.exp(-((at / kRate) % 0.9) * 3.2) * Math.sin(at * 0.02);
      });
      take.frames += frames;
      options.onChunk?.({ frame: from, frames, dry: [tone, tone], wet: [tone, tone] });
    };
    this.take = { frames: 0, timer: setInterval(give, 200) };
  }
  async stopTake(): Promise<Take> {
    const frames = this.take?.frames ?? 0;
    clearInterval(this.take?.timer);
    this.take = undefined;
    return { sampleRateHz: kRate, frames, lostFrames: 0, dry: [], wet: [] };
  }
  hear(): () => void {
    return () => undefined;
  }
  async costs(): Promise<ReadonlyMap<string, number>> {
    return new Map();
  }
  async demoRiffWav(): Promise<Bytes> {
    return Uint8Array.from({ length: 64 }, (_, i) => i);
  }
  on<K extends keyof EngineEvents>(
    event: K,
    listener: (value: EngineEvents[K]) => void,
  ): () => void {
    return this.events.on(event, listener);
  }
}
