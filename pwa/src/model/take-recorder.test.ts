// SPDX-License-Identifier: MIT
// A take from the worklet's chunks to files on the device and back into a WAV file.
import { beforeEach, describe, expect, it } from 'vitest';
import { writeWav } from '../../dev/wav.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import type { FileStore } from '../storage/file-store.ts';
import { type TakeRecord, TakeStore } from '../storage/take-store.ts';
import { fromDb } from '../ui/level.ts';
import type { Bytes, TakeChunk, WavFormat } from './engine-port.ts';
import { loweredDb } from './take-downloads.ts';
import { segmentFramesOf, type StopReason, TakeRecorder } from './take-recorder.ts';
import { tidy } from './take-tidy.ts';
import { wavHeader, wavOf } from './take-wav.ts';

const kRateHz = 48_000;
const kSegmentFrames = segmentFramesOf(kRateHz);
const kChunkFrames = 8192;

const engine = {
  encodeWav: async (channels: readonly Float32Array[], rateHz: number, format: WavFormat) =>
    writeWav(channels, rateHz, format),
};

class Device {
  readonly files = new Map<string, Bytes>();
  /** Writes that succeed before the device is full, or refuses. */
  room = Number.POSITIVE_INFINITY;
  error: Error = new DOMException('full', 'QuotaExceededError');

  read = async (path: string) => this.files.get(path);
  blobs = async (folder: string) =>
    new Map(
      [...this.files]
        .filter(([path]) => path.startsWith(`${folder}/`))
        .map(([path, bytes]) => [path.slice(folder.length + 1), new Blob([bytes])]),
    );
  write = async (path: string, bytes: Bytes) => {
    if (this.room-- <= 0) throw this.error;
    this.files.set(path, bytes.slice());
  };
  list = async (folder: string) =>
    [...this.files]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, bytes]) => ({ name: path.slice(folder.length + 1), bytes: bytes.length }));
  removeFolder = async (folder: string) => {
    for (const path of this.files.keys())
      if (path.startsWith(`${folder}/`)) this.files.delete(path);
  };
}

const record: TakeRecord = {
  id: 'one',
  projectId: 'project',
  name: 'Take 3',
  madeAtMs: 0,
  sampleRateHz: kRateHz,
  segmentFrames: kSegmentFrames,
  frames: 0,
  wetPeak: 0,
  dryPeak: 0,
  state: 'recording',
  aliveAtMs: 0,
};
const tone = (frames: number, hz: number, gain: number): Float32Array =>
  Float32Array.from(
    { length: frames },
    (_, i) => gain * Math.sin((2 * Math.PI * hz * i) / kRateHz),
  );

/** Two seconds and a bit; the wet part is over full scale. */
const kFrames = 2 * kRateHz + 1234;
const dry = [tone(kFrames, 330, 0.3), tone(kFrames, 331, 0.3)] as const;
const wet = [tone(kFrames, 110, 1.3), tone(kFrames, 111, 0.7)] as const;

let device: Device;
let store: TakeStore;
let reasons: StopReason[];

beforeEach(() => {
  device = new Device();
  store = new TakeStore(new MemoryFiles(async () => device as unknown as FileStore));
  reasons = [];
});

/** `skip`: a chunk that never came. */
function feed(skip?: number): TakeRecorder {
  const recorder = new TakeRecorder(store, record, (reason) => reasons.push(reason));
  for (let at = 0; at < kFrames; at += kChunkFrames) {
    if (at / kChunkFrames === skip) continue;
    const cut = (channel: Float32Array) => channel.slice(at, at + kChunkFrames);
    const chunk: TakeChunk = {
      frame: at,
      frames: Math.min(kChunkFrames, kFrames - at),
      dry: [cut(dry[0]), cut(dry[1])],
      wet: [cut(wet[0]), cut(wet[1])],
    };
    recorder.add(chunk);
  }
  return recorder;
}
async function bytesOf(
  take: TakeRecord,
  part: 'wet' | 'dry',
  format: WavFormat,
  gain = 1,
): Promise<Uint8Array> {
  const blob = await wavOf(engine, store, take, { part, format, gain });
  return new Uint8Array(await blob.arrayBuffer());
}

describe('a recording', () => {
  it('writes half a second at a time, and is whole at the end', async () => {
    const take = await feed().finish();
    expect(take).toMatchObject({ frames: kFrames, state: 'done' });
    expect(take?.wetPeak).toBeCloseTo(1.3, 3);
    expect(take?.dryPeak).toBeCloseTo(0.3, 3);
    expect(kSegmentFrames / kRateHz).toBe(0.5);
    expect(device.files.size, 'segments and the outline').toBe(6);
    expect(reasons).toEqual([]);
  });

  it.each(['16', '24', 'f32'] as const)(
    'gives the samples of a file of %s bit that is written at once',
    async (format) => {
      const take = await feed().finish();
      if (!take) throw new Error('no take');
      const expected = writeWav(dry, kRateHz, format).slice(writeWav([], kRateHz, format).length);
      const bytes = await bytesOf(take, 'dry', format);
      expect(bytes.length).toBe(wavHeader(kFrames, kRateHz, format).length + expected.length);
      expect(Buffer.compare(bytes.slice(-expected.length), expected)).toBe(0);
    },
  );

  it('is lower in files of whole numbers when it is over full scale, so that nothing is cut off', async () => {
    const take = await feed().finish();
    if (!take) throw new Error('no take');
    const db = loweredDb(take.wetPeak, '16');
    expect(db).toBeCloseTo(2.3, 6);
    expect(loweredDb(take.wetPeak, 'f32')).toBe(0);
    expect(loweredDb(take.dryPeak, '16')).toBe(0);
    const bytes = await bytesOf(take, 'wet', '16', fromDb(-db));
    const at = wavHeader(kFrames, kRateHz, '16').length;
    const samples = new Int16Array(bytes.buffer, at);
    const left = samples.filter((_, i) => i % 2 === 0);
    const highest = left.reduce((most, value) => Math.max(most, value), 0);
    expect(highest).toBeLessThan(32_767);
    expect(highest).toBeGreaterThan(32_300);
  });

  it('is silent where frames were lost, and right behind them', async () => {
    const take = await feed(2).finish();
    if (!take) throw new Error('no take');
    expect(take.frames).toBe(kFrames);
    const bytes = await bytesOf(take, 'dry', 'f32');
    const samples = new Float32Array(bytes.slice(wavHeader(1, 1, 'f32').length).buffer);
    const leftAt = (frame: number) => samples[2 * frame];
    expect(leftAt(2 * kChunkFrames + 100)).toBe(0);
    expect(leftAt(3 * kChunkFrames + 100)).toBe(dry[0][3 * kChunkFrames + 100]);
  });

  it('stops when the device is full and keeps what was written', async () => {
    device.room = 2;
    const take = await feed().finish();
    expect(reasons).toEqual(['full']);
    expect(take).toMatchObject({ frames: 2 * kSegmentFrames, state: 'done' });
    if (take) expect((await bytesOf(take, 'wet', 'f32')).length).toBeGreaterThan(kSegmentFrames);
  });

  it('of which nothing could be written is none', async () => {
    device.room = 0;
    expect(await feed().finish()).toBeUndefined();
    expect(await store.records('project')).toEqual([]);
  });

  it('goes on in memory where the browser stores nothing', async () => {
    device.room = 1;
    device.error = new DOMException('blocked', 'SecurityError');
    const take = await feed().finish();
    expect(reasons).toEqual([]);
    expect(take?.frames).toBe(kFrames);
    if (take) expect((await bytesOf(take, 'dry', '16')).length).toBe(44 + 4 * kFrames);
  });
});

describe('a recording that broke off', () => {
  it('is found, finished and named, with all that was written', async () => {
    const recorder = feed();
    await expect.poll(() => recorder.safeFrames).toBe(4 * kSegmentFrames);
    // Another page: the lock is gone with the first one.
    store.isHeld = async () => false;
    const { kept, recovered } = await tidy(store, 'project', undefined);
    expect(recovered).toEqual(kept);
    expect(kept).toMatchObject([
      { name: 'Take 3, recovered', frames: 4 * kSegmentFrames, state: 'done' },
    ]);
    expect(kept[0]?.wetPeak).toBeCloseTo(1.3, 3);
    expect(await store.peaks('one')).toHaveLength(2 * 200);
  });

  it('is left alone while another tab records it', async () => {
    const recorder = feed();
    await expect.poll(() => recorder.safeFrames).toBeGreaterThan(0);
    store.isHeld = async () => true;
    expect(await tidy(store, 'project', undefined)).toEqual({ kept: [], recovered: [] });
    expect(await recorder.finish()).toMatchObject({ frames: kFrames });
  });
});
