// SPDX-License-Identifier: MIT
// The engine's WebAssembly as TypeScript sees it. One glue serves page, worker, worklet and Node; whoever starts it
// hands in the compiled module, so nothing here fetches.
// @ts-expect-error made by the build, without types
import createEngine from '../../../build/wasm/engine.mjs';
import type { EngineErrorInfo } from '../types.ts';

/** Raised whenever something in this interface changes. */
export const kAbi = 2;

/** What fixes an instance; see engine/graph/blueprint.h. */
export interface Blueprint {
  type: number;
  sampleRateHz: number;
  width: number;
  quality: number;
  structural: number[];
  files: string[];
}
export interface Measure {
  memoryBytes: number;
  latencyFrames: number;
  quietFrames: number;
}
export interface CookTask {
  module: string;
  place: string;
  files: string[];
  key: string;
  blueprint: Blueprint;
}
export interface CookedBlob {
  key: string;
  bytes: Uint8Array<ArrayBuffer>;
}
export type CookResult =
  { error: EngineErrorInfo } | { error?: undefined; blobs: CookedBlob[]; measure: Measure };

/** The control side: document and planner. */
export interface ProjectBinding {
  load(json: string): EngineErrorInfo | undefined;
  apply(patch: string): EngineErrorInfo | undefined;
  setParam(node: string, param: string, value: number): EngineErrorInfo | undefined;
  param(node: string, param: string): number;
  save(): string;
  isReadOnly(): boolean;
  notice(): string;
  warnings(): EngineErrorInfo[];
  sampleRateHz(): number;
  transport(): { tempoBpm: number; beatsPerBar: number };
  missing(): { error?: EngineErrorInfo; tasks?: CookTask[] };
  accept(blueprint: Blueprint, measure: Measure): void;
  update(): { error?: EngineErrorInfo; plan?: Uint8Array<ArrayBuffer>; changes?: number[] };
  setAbsent(sha256: string, isAbsent: boolean): void;
  forgetEngine(): void;
  handleOf(node: string): number;
  latencyFrames(): number;
  setTaps(taps: [string, string][]): void;
  delete(): void;
}

/** The audio side. Pointers are byte addresses in the heap. */
export interface EngineBinding {
  in(channel: number): number;
  wet(channel: number): number;
  out(channel: number): number;
  playback(channel: number): number;
  tap(tap: number, channel: number): number;
  message(bytes: number): number;
  install(bytes: number): EngineErrorInfo | undefined;
  installNow(): void;
  addBlob(key: string, totalBytes: number, at: number, bytes: number): void;
  setParam(handle: number, row: number, value: number, frame: number): void;
  setAnchor(frame: number, beat: number, tempoBpm: number, playing: boolean): void;
  setBeatsPerBar(beats: number): void;
  beat(): number;
  sendNote(handle: number, on: boolean, key: number, velocity: number, frame: number): void;
  reset(): void;
  process(frames: number, hasPlayback: boolean): void;
  setVolumeDb(db: number): void;
  setMuted(muted: boolean): void;
  setMonitor(on: boolean): void;
  frame(): number;
  report(): number;
  reportData(): number;
  delete(): void;
}

export interface Glue {
  readonly HEAPF32: Float32Array<ArrayBuffer>;
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly Engine: new (
    sampleRateHz: number,
    maxFrames: number,
    taps: number,
    isLive: boolean,
  ) => EngineBinding;
  readonly Project: new (sampleRateHz: number, isHighQuality: boolean) => ProjectBinding;
  abi(): number;
  moduleTable(): string;
  documentSchema(): string;
  cook(blueprint: Blueprint, files: Uint8Array[]): CookResult;
  sha256(bytes: Uint8Array): string;
  unpackSonic(file: Uint8Array): {
    error?: EngineErrorInfo;
    project?: string;
    assets?: { sha256: string; bytes: Uint8Array<ArrayBuffer> }[];
  };
  packSonic(
    project: string,
    assets: { sha256: string; bytes: Uint8Array }[],
  ): { error?: EngineErrorInfo; file?: Uint8Array<ArrayBuffer> };
  inspectWav(file: Uint8Array): {
    error?: EngineErrorInfo;
    sampleRateHz?: number;
    channels?: number;
    frames?: number;
  };
  encodeWav(
    channels: readonly Float32Array[],
    sampleRateHz: number,
    format: string,
  ): Uint8Array<ArrayBuffer>;
  demoRiffWav(sampleRateHz: number): Uint8Array<ArrayBuffer>;
}

/** Makes an instance, synchronously. Throws one sentence if module and glue are of different builds. */
export function instantiate(module: WebAssembly.Module): Glue {
  // The glue fills the very object that it is given, before createEngine() returns.
  const glue = {
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ): WebAssembly.Exports {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  } as unknown as Glue;
  createEngine(glue);
  if (typeof glue.abi !== 'function' || glue.abi() !== kAbi) throw new Error(kOtherBuild);
  return glue;
}

export const kOtherBuild =
  'The files of Sonic-Core are of different builds. Deploy index.js, sonic-worklet.js, sonic-worker.js and engine.wasm together.';
