// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { TakeAssembly } from './take-assembly.ts';
import type { TakeChunk } from './types.ts';
import { kTakeChannels, kTakeChunkFrames } from './wire/messages.ts';

/** A worklet's buffer whose samples tell channel and frame. */
const bufferOf = (frame: number, frames: number): Float32Array => {
  const all = new Float32Array(kTakeChannels * kTakeChunkFrames);
  for (let c = 0; c < kTakeChannels; ++c) {
    for (let i = 0; i < frames; ++i) all[c * kTakeChunkFrames + i] = 1000 * c + frame + i;
  }
  return all;
};

describe('a take', () => {
  it('that nobody listens to is whole at the end, silent where frames were lost', () => {
    const assembly = new TakeAssembly(48_000, undefined);
    const buffer = bufferOf(0, 3);
    assembly.add(buffer, 0, 3);
    buffer.fill(9); // the worklet fills it again
    assembly.add(bufferOf(5, 2), 5, 2);
    const take = assembly.finish(7, 2);
    expect(take).toMatchObject({ sampleRateHz: 48_000, frames: 7, lostFrames: 2 });
    expect(take.dry.map((channel) => [...channel])).toEqual([
      [0, 1, 2, 0, 0, 5, 6],
      [1000, 1001, 1002, 0, 0, 1005, 1006],
    ]);
    expect(take.wet.map((channel) => [...channel])).toEqual([
      [2000, 2001, 2002, 0, 0, 2005, 2006],
      [3000, 3001, 3002, 0, 0, 3005, 3006],
    ]);
  });

  it('whose chunks are taken is not kept a second time', () => {
    const chunks: TakeChunk[] = [];
    const assembly = new TakeAssembly(44_100, (chunk) =>
      chunks.push({ ...chunk, wet: [chunk.wet[0].slice(), chunk.wet[1].slice()] }),
    );
    assembly.add(bufferOf(0, kTakeChunkFrames), 0, kTakeChunkFrames);
    assembly.add(bufferOf(kTakeChunkFrames, 2), kTakeChunkFrames, 2);
    expect(chunks.map(({ frame, frames }) => [frame, frames])).toEqual([
      [0, kTakeChunkFrames],
      [kTakeChunkFrames, 2],
    ]);
    expect([...(chunks[1]?.wet[1] ?? [])]).toEqual([11_192, 11_193]);
    expect(assembly.finish(kTakeChunkFrames + 2, 0)).toMatchObject({ dry: [], wet: [] });
  });
});
