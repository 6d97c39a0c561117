// SPDX-License-Identifier: MIT
// What the app asks of the engine. SonicEngine is one; the app knows nothing else of it.
import type {
  EngineErrorInfo,
  EngineEvents,
  MergePatch,
  ProjectJson,
  Take,
  TakeOptions,
} from 'sonic-core';
import type { AudioPort } from '../audio/port.ts';
import type { AudioSettings } from '../audio/settings.ts';

export type {
  EngineErrorInfo,
  EngineEvents,
  MergePatch,
  ModuleMeta,
  NodeJson,
  ParamMeta,
  PortLevel,
  PortMeta,
  ProjectJson,
  Take,
  TakeChunk,
  WireJson,
} from 'sonic-core';

export type Bytes = Uint8Array<ArrayBuffer>;
export type WavFormat = '16' | '24' | 'f32';

export interface EnginePort {
  readonly audio: AudioPort;
  load(project: ProjectJson): Promise<void>;
  save(): ProjectJson;
  /** Throws an Error with `info: EngineErrorInfo` when the patch makes no valid project. */
  apply(patch: MergePatch): void;
  /** Goes to the engine at once, not into the document. */
  set(nodeId: string, paramId: string, value: number): void;
  /** Gives the bytes' SHA-256, which is the asset's name. Rejects with a sentence if they are no sound file. */
  addAsset(bytes: Uint8Array, about: { name: string; kind: string }): Promise<string>;
  /** Hands over a file whose hash is known, as from the library. */
  keepFile(sha256: string, bytes: Bytes): void;
  /** A file that was added, kept or opened. */
  asset(sha256: string): Bytes | undefined;
  /** Loads a `.sonic` file or a project's JSON. Gives a sentence for people, or ''. */
  openFile(bytes: Uint8Array): Promise<string>;
  /** The project with its files, as one `.sonic` file. */
  saveFile(): Bytes;
  encodeWav(
    channels: readonly Float32Array[],
    sampleRateHz: number,
    format: WavFormat,
  ): Promise<Bytes>;

  play(): void;
  stop(): void;
  readonly playing: boolean;

  /** Whether the device's input goes into the rig; its level is reported either way. */
  setMonitor(on: boolean): void;
  /** Volume and mute shape the live output only. */
  setVolumeDb(db: number): void;
  setMuted(muted: boolean): void;

  connectMicrophone(stream: MediaStream): void;
  disconnectMicrophone(): void;

  readonly sampleRateHz: number;
  startTake(options?: TakeOptions): void;
  stopTake(): Promise<Take>;
  /** Lets an element be heard through the master strip, in no take. Gives the way to end it. */
  hear(element: HTMLMediaElement): () => void;
  /** The demo's riff, synthesised when it is asked for. */
  demoRiffWav(): Promise<Bytes>;

  on<K extends keyof EngineEvents>(
    event: K,
    listener: (value: EngineEvents[K]) => void,
  ): () => void;
  /** Estimated share of real time that each node costs. */
  costs(): Promise<ReadonlyMap<string, number>>;
  readonly latency: { readonly baseMs: number; readonly outputMs: number; readonly ownMs: number };
}

/** Creates the AudioContext: called only inside a press. */
export type OpenEngine = (settings: AudioSettings) => Promise<EnginePort>;

/** The sentence of an error, as the engine words it where it can. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error) {
    const info = (error as Error & { info?: EngineErrorInfo }).info;
    return info?.sentence ?? error.message;
  }
  return String(error);
}
