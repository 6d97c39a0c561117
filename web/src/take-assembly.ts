// SPDX-License-Identifier: MIT
// The page's side of a recording: passes chunks on, or keeps them and joins them at the end.
import type { Take, TakeChunk, TakeOptions } from './types.ts';
import { kTakeChannels, kTakeChunkFrames } from './wire/messages.ts';

interface KeptChunk {
  readonly frame: number;
  readonly channels: readonly Float32Array[];
}

export class TakeAssembly {
  /** Behind the last frame that came. */
  end = 0;
  private readonly kept: KeptChunk[] = [];

  constructor(
    private readonly sampleRateHz: number,
    private readonly onChunk: TakeOptions['onChunk'],
  ) {}

  /** `all` holds the channels one behind the other, with room for kTakeChunkFrames each. */
  add(all: Float32Array, frame: number, frames: number): void {
    this.end = frame + frames;
    const channel = (c: number): Float32Array =>
      all.subarray(c * kTakeChunkFrames, c * kTakeChunkFrames + frames);
    if (this.onChunk) {
      const chunk: TakeChunk = {
        frame,
        frames,
        dry: [channel(0), channel(1)],
        wet: [channel(2), channel(3)],
      };
      this.onChunk(chunk);
      return;
    }
    const channels = Array.from({ length: kTakeChannels }, (_, c) => channel(c).slice());
    this.kept.push({ frame, channels });
  }

  finish(frames: number, lostFrames: number): Take {
    const join = (c: number): Float32Array => {
      const whole = new Float32Array(frames);
      for (const { frame, channels } of this.kept) {
        const part = channels[c];
        if (part) whole.set(part.subarray(0, frames - frame), frame);
      }
      return whole;
    };
    const isKept = this.onChunk === undefined;
    return {
      sampleRateHz: this.sampleRateHz,
      frames,
      lostFrames,
      dry: isKept ? [join(0), join(1)] : [],
      wet: isKept ? [join(2), join(3)] : [],
    };
  }
}
