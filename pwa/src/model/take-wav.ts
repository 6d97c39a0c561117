// SPDX-License-Identifier: MIT
// A take as a WAV file, put together from pieces: nothing here holds the whole sound, and no step blocks the page.
import { partBlob, partChannels, type TakePart } from '../storage/take-segment.ts';
import type { TakeRecord, TakeStore } from '../storage/take-store.ts';
import type { EnginePort, WavFormat } from './engine-port.ts';

const kChannels = 2;
const kReadAtOnce = 8;
const kJoinedAtOnce = 32;
type Encoder = Pick<EnginePort, 'encodeWav'>;
const kSampleBytes: Readonly<Record<WavFormat, number>> = { '16': 2, '24': 3, f32: 4 };

/** The header that the engine gives a stereo file. */
export function wavHeader(
  frames: number,
  sampleRateHz: number,
  format: WavFormat,
): Uint8Array<ArrayBuffer> {
  const isFloat = format === 'f32';
  const sampleBytes = kSampleBytes[format];
  const frameBytes = kChannels * sampleBytes;
  const formatBytes = isFloat ? 18 : 16;
  const bytes = new Uint8Array(12 + 8 + formatBytes + (isFloat ? 12 : 0) + 8);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const tag = (text: string): void => {
    for (const letter of text) bytes[at++] = letter.charCodeAt(0);
  };
  const u16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const dataBytes = frames * frameBytes;
  tag('RIFF');
  u32(bytes.length - 8 + dataBytes);
  tag('WAVEfmt ');
  u32(formatBytes);
  u16(isFloat ? 3 : 1);
  u16(kChannels);
  u32(sampleRateHz);
  u32(sampleRateHz * frameBytes);
  u16(frameBytes);
  u16(8 * sampleBytes);
  if (isFloat) {
    u16(0);
    tag('fact');
    u32(4);
    u32(frames);
  }
  tag('data');
  u32(dataBytes);
  return bytes;
}

export interface WavJob {
  readonly part: TakePart;
  readonly format: WavFormat;
  readonly gain: number;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

const countOf = ({ frames, segmentFrames }: TakeRecord): number =>
  Math.ceil(frames / segmentFrames);

/** Some at once, given in order, with how far that is. */
async function* segmentsOf(store: TakeStore, take: TakeRecord) {
  const count = countOf(take);
  for (let at = 0; at < count; at += kReadAtOnce) {
    const indices = Array.from({ length: Math.min(kReadAtOnce, count - at) }, (_, i) => at + i);
    const segments = await Promise.all(indices.map((index) => store.segment(take.id, index)));
    yield { segments, share: (at + segments.length) / count };
  }
}

/** 32-bit floats lie on the device as they stand in the file. */
async function floatPieces(store: TakeStore, take: TakeRecord, part: TakePart): Promise<Blob[]> {
  const segments = await store.segmentBlobs(take.id, countOf(take));
  const pieces: Blob[] = [];
  for (let at = 0; at < segments.length; at += kJoinedAtOnce) {
    const some = segments.slice(at, at + kJoinedAtOnce);
    pieces.push(new Blob(some.map((segment) => partBlob(segment, part))));
    // A thousand at once would hold the page up.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return pieces;
}

async function encodedPieces(
  engine: Encoder,
  store: TakeStore,
  take: TakeRecord,
  { part, format, gain, onProgress, signal }: WavJob,
): Promise<Blob[]> {
  const pieces: Blob[] = [];
  for await (const { segments, share } of segmentsOf(store, take)) {
    signal?.throwIfAborted();
    for (const segment of segments) {
      const channels = partChannels(segment, part, gain);
      const file = await engine.encodeWav(channels, take.sampleRateHz, format);
      const bytes = channels[0].length * kChannels * kSampleBytes[format];
      pieces.push(new Blob([file.subarray(file.length - bytes)]));
    }
    onProgress?.(share);
  }
  return pieces;
}

export async function wavOf(
  engine: Encoder,
  store: TakeStore,
  take: TakeRecord,
  job: WavJob,
): Promise<Blob> {
  const header = wavHeader(take.frames, take.sampleRateHz, job.format);
  const pieces =
    job.format === 'f32' && job.gain === 1
      ? await floatPieces(store, take, job.part)
      : await encodedPieces(engine, store, take, job);
  return new Blob([header, ...pieces], { type: 'audio/wav' });
}
