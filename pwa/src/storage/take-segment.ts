// SPDX-License-Identifier: MIT
// A piece of a take on disk: dry left and right interleaved, then wet left and right interleaved, 32-bit floats. A part of
// it is a part of a WAV file as it lies there.
import type { Bytes } from '../model/engine-port.ts';

export type TakePart = 'wet' | 'dry';
const kBytesPerFrame = 16;
export const kPartBytesPerFrame = 8;

export const takeBytesPerSecond = (sampleRateHz: number): number => kBytesPerFrame * sampleRateHz;

export class Segment {
  private readonly floats: Float32Array<ArrayBuffer>;
  private filled = 0;

  constructor(readonly room: number) {
    this.floats = new Float32Array(4 * room);
  }

  get frames(): number {
    return this.filled;
  }
  get isFull(): boolean {
    return this.filled === this.room;
  }

  /** Takes what still has room; says how many frames that was. */
  add(dry: readonly Float32Array[], wet: readonly Float32Array[], from: number): number {
    const count = Math.min(this.room - this.filled, (wet[0]?.length ?? 0) - from);
    const { floats, filled, room } = this;
    for (let c = 0; c < 2; c += 1) {
      const d = dry[Math.min(c, dry.length - 1)];
      const w = wet[Math.min(c, wet.length - 1)];
      for (let i = 0; i < count; i += 1) {
        const at = 2 * (filled + i) + c;
        floats[at] = d?.[from + i] ?? 0;
        floats[2 * room + at] = w?.[from + i] ?? 0;
      }
    }
    this.filled += count;
    return count;
  }

  addSilence(frames: number): number {
    const count = Math.min(this.room - this.filled, frames);
    this.filled += count;
    return count;
  }

  bytes(): Bytes {
    const { floats, filled, room } = this;
    if (this.isFull) return new Uint8Array(floats.buffer);
    const packed = new Float32Array(4 * filled);
    packed.set(floats.subarray(0, 2 * filled));
    packed.set(floats.subarray(2 * room, 2 * (room + filled)), 2 * filled);
    return new Uint8Array(packed.buffer);
  }
}

export const framesOf = (bytes: Bytes): number => Math.floor(bytes.byteLength / kBytesPerFrame);

/** The part of a segment as it stands in a WAV file of floats. */
export function partBlob(segment: Blob, part: TakePart): Blob {
  const half = Math.floor(segment.size / kBytesPerFrame) * kPartBytesPerFrame;
  return part === 'dry' ? segment.slice(0, half) : segment.slice(half, 2 * half);
}

/** The bytes of one part, interleaved. */
function partBytes(segment: Bytes, part: TakePart): Bytes {
  const half = framesOf(segment) * kPartBytesPerFrame;
  return part === 'dry' ? segment.subarray(0, half) : segment.subarray(half, 2 * half);
}

/** Planar, multiplied by a gain. */
export function partChannels(
  segment: Bytes,
  part: TakePart,
  gain = 1,
): [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>] {
  const frames = framesOf(segment);
  const bytes = partBytes(segment, part);
  // A store may give bytes that begin anywhere.
  const at = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const mixed = new Float32Array(at.buffer, at.byteOffset, 2 * frames);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  for (let i = 0; i < frames; i += 1) {
    left[i] = gain * (mixed[2 * i] ?? 0);
    right[i] = gain * (mixed[2 * i + 1] ?? 0);
  }
  return [left, right];
}
