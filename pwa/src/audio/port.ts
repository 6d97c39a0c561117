// SPDX-License-Identifier: MIT
// What the app asks of the audio device and the browser's way to it.
import type { AudioSettings } from './settings.ts';

export interface AudioFacts {
  readonly sampleRateHz: number;
  /** Frames at once; undefined where the browser does not tell. */
  readonly blockFrames: number | undefined;
  readonly state: string;
  readonly canChooseOutput: boolean;
  readonly canChooseBlock: boolean;
  /** Of the context's own clock. */
  readonly seconds: number;
}

export interface AudioPort {
  readonly settings: AudioSettings;
  readonly facts: AudioFacts;
  /** Document, position, microphone and volume go along. Rejects with a sentence, and then nothing has changed. */
  moveTo(settings: AudioSettings): Promise<void>;
  /** The same in a new context, whatever became of the old one. */
  restart(settings: AudioSettings): Promise<void>;
  resume(): Promise<void>;
  /** A second of a quiet tone, through volume and limiter. */
  playTone(): Promise<void>;
  /** Plays it past everything, and gives what came in from the very frame on in which it went out. */
  probe(signal: Float32Array<ArrayBuffer>, frames: number): Promise<Float32Array>;
  /** The state changed, or another context took over. */
  onChange(listener: () => void): () => void;
}
