// SPDX-License-Identifier: MIT
// The shapes that cross the engine's border in TypeScript. Values are plain (dB, Hz, ms, %), never 0..1.

/** How a module's parameter row is described; generated from the C++ tables. */
export interface ParamMeta {
  readonly id: string;
  readonly label: string;
  readonly unit: string; // 'dB' | 'Hz' | 's' | 'ms' | '%' | ':1' | 'semitones' | 'cents' | 'beats' | '°' | 'cm' | ''
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly curve: 'linear' | 'logarithmic';
  readonly structural: boolean;
  readonly audioRate: boolean;
  readonly choices?: readonly string[];
}
export interface PortMeta {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly signal: 'audio' | 'event';
  readonly role: 'main' | 'sidechain' | 'device';
  readonly width: 'follow' | 'mono' | 'stereo';
}
export interface ModuleMeta {
  readonly id: string;
  readonly label: string;
  readonly category: string; // drive amp dynamics filter modulation space instrument utility
  readonly summary: string;
  readonly role: 'effect' | 'source' | 'endpoint';
  readonly ports: readonly PortMeta[];
  readonly params: readonly ParamMeta[];
  readonly assets: readonly { readonly id: string; readonly kind: string }[];
  readonly readings: readonly {
    readonly id: string;
    readonly unit: string;
    readonly count: number;
  }[];
  readonly latencyFrames: number; // at 48 kHz with default settings
}

/** The project file, format "sonic-core" version 1; unknown keys are kept. */
export interface ProjectJson {
  format: 'sonic-core';
  version: number;
  sampleRateHz?: number;
  nodes: Record<string, NodeJson>;
  wires: Record<string, WireJson>;
  transport?: { tempoBpm?: number; signature?: [number, number] };
  assets?: Record<string, { name: string; kind: string }>;
  [key: string]: unknown;
}
export interface NodeJson {
  type: string;
  params?: Record<string, number>;
  assets?: Record<string, string>;
  label?: string;
  position?: [number, number];
  bypass?: boolean;
  [key: string]: unknown;
}
export interface WireJson {
  from: [string, string];
  to: [string, string];
  gain?: number;
  depth?: number;
  delayFrames?: number;
  [key: string]: unknown;
}
/** RFC 7396: null deletes, arrays are atomic. */
export type MergePatch = { [key: string]: unknown };

/** An error as the C++ side words it. */
export interface EngineErrorInfo {
  readonly code: string;
  readonly place: string; // JSON pointer, node id, byte offset, or ''
  readonly sentence: string;
}

/** Peak and RMS per channel since the last report, linear. */
export interface PortLevel {
  readonly peak: readonly number[];
  readonly rms: readonly number[];
}
export interface EngineEvents {
  /** ~30 per second while running: node id -> level of its first audio output; '@in' and '@out': the device, '@out' after the volume and before the limiter, so that its lamp is on above 0.891. */
  levels: ReadonlyMap<string, PortLevel>;
  /** ~30 per second: node id -> reading id -> values. */
  readings: ReadonlyMap<string, Readonly<Record<string, readonly number[]>>>;
  /** Once per second: share of real time used by process(), 0..1 (NaN where not known yet). */
  load: { readonly share: number };
  /** Dropouts counted since start. */
  underruns: { readonly total: number };
  /** A module gave a non-finite sample and was reset. */
  quarantine: { readonly nodeId: string };
  error: EngineErrorInfo;
  /** The worker died: another one took its place and goes on, or (`isAlive: false`) none does. */
  worker: { readonly isAlive: boolean };
}

/** Dry input and output of the same frames, planar. */
export interface Take {
  readonly sampleRateHz: number;
  /** All from start to stop, those that were lost included. */
  readonly frames: number;
  /** Silent in `dry` and `wet`, because the page stalled for seconds; missing between chunks. */
  readonly lostFrames: number;
  /** Two channels; none when the chunks went to `onChunk`. */
  readonly dry: readonly Float32Array[];
  readonly wet: readonly Float32Array[];
}

/** A piece of a take while it is recorded. */
export interface TakeChunk {
  /** Where it begins, counted from the take's first frame. */
  readonly frame: number;
  readonly frames: number;
  /** Views of a buffer that is filled again after the call: copy what you keep. */
  readonly dry: readonly [left: Float32Array, right: Float32Array];
  readonly wet: readonly [left: Float32Array, right: Float32Array];
}
export interface TakeOptions {
  /** Gets the take piece by piece, in order, several times a second: then none of it is held in memory. */
  readonly onChunk?: (chunk: TakeChunk) => void;
}
