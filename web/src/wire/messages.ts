// SPDX-License-Identifier: MIT
// What crosses the ports between page, worker and worklet. Large buffers are transferred, never copied. While nothing is
// changed or recorded, nothing is sent to the worklet: each message to it can cost a dropout on a busy machine.
import type { EngineErrorInfo } from '../types.ts';
import type { CookResult, CookTask } from './glue.ts';

/** Frames in one chunk of a take. */
export const kTakeChunkFrames = 8192;
/** Channels in a chunk: dry left, right, wet left, right. */
export const kTakeChannels = 4;
/** Blobs travel in pieces, so that no quantum copies much. */
export const kBlobPieceBytes = 64 * 1024;

export interface WorkletOptions {
  abi: number;
  module?: WebAssembly.Module;
  /** Where a module cannot be cloned into the worklet, its bytes go instead. */
  bytes?: ArrayBuffer;
  volumeDb: number;
  muted: boolean;
  monitor: boolean;
}

export type ToWorklet =
  | { type: 'worker-port'; port: MessagePort }
  | { type: 'plan'; bytes: ArrayBuffer }
  /** [handle, row, value, frame] four by four. */
  | { type: 'params'; values: Float64Array }
  | {
      type: 'anchor';
      beat: number | undefined;
      tempoBpm: number;
      beatsPerBar: number;
      playing: boolean;
    }
  | { type: 'note'; handle: number; on: boolean; key: number; velocity: number }
  | { type: 'live'; volumeDb: number; muted: boolean; monitor: boolean }
  | { type: 'record'; buffers: ArrayBuffer[] }
  /** Read, to be filled again. */
  | { type: 'record-buffers'; buffers: ArrayBuffer[] }
  | { type: 'record-stop' }
  | { type: 'dispose' };

export type FromWorklet =
  | { type: 'ready' }
  | { type: 'failed'; sentence: string }
  | { type: 'error'; error: EngineErrorInfo }
  | { type: 'report'; data: Float32Array }
  | { type: 'load'; share: number }
  | { type: 'take-chunk'; buffer: ArrayBuffer; frame: number; frames: number }
  | { type: 'take-end'; frames: number; lostFrames: number };

/** Worker to worklet, straight. */
export type BlobPiece = {
  type: 'blob';
  key: string;
  totalBytes: number;
  at: number;
  bytes: ArrayBuffer;
};

export type ToWorker =
  | { type: 'start'; module: WebAssembly.Module; port: MessagePort | undefined }
  | { type: 'port'; port: MessagePort }
  | { type: 'file'; sha256: string; bytes: ArrayBuffer }
  | { type: 'cook'; id: number; task: CookTask }
  | { type: 'inspect'; id: number; bytes: ArrayBuffer }
  | { type: 'riff'; id: number; sampleRateHz: number }
  | { type: 'wav'; id: number; channels: Float32Array[]; sampleRateHz: number; format: string }
  | { type: 'weigh'; id: number; projects: string[]; sampleRateHz: number };

export type FromWorker =
  | { type: 'cooked'; id: number; task: CookTask; result: CookResult | { missingFile: string } }
  | { type: 'bytes'; id: number; bytes: ArrayBuffer; sha256: string }
  | { type: 'weights'; id: number; shares: number[] }
  | { type: 'error'; id: number; error: EngineErrorInfo };
