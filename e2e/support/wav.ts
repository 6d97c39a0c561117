// SPDX-License-Identifier: MIT
// WAV files for tests: written here, read back from downloads.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Wav {
  sampleRateHz: number;
  bitsPerSample: number;
  isFloat: boolean;
  /** [channel][frame], full scale = 1. */
  channels: Float32Array[];
}

/** A 16-bit PCM file; values are clipped to full scale. */
export function encodeWav16(channels: readonly Float32Array[], sampleRateHz: number): Buffer {
  const frames = channels[0]?.length ?? 0;
  const frameBytes = channels.length * 2;
  const file = Buffer.alloc(44 + frames * frameBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + frames * frameBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt32LE(sampleRateHz * frameBytes, 28);
  file.writeUInt16LE(frameBytes, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(frames * frameBytes, 40);
  channels.forEach((channel, c) => {
    channel.forEach((value, frame) => {
      const scaled = Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
      file.writeInt16LE(scaled, 44 + frame * frameBytes + c * 2);
    });
  });
  return file;
}

/** Writes a 16-bit file below test-results/, whose path holds nothing that a browser flag cannot take. */
export function writeWav16(file: string, samples: Float32Array, sampleRateHz = 44_100): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, encodeWav16([samples], sampleRateHz));
  return file;
}

function readSample(data: Buffer, at: number, bits: number, isFloat: boolean): number {
  if (isFloat) return data.readFloatLE(at);
  if (bits === 16) return data.readInt16LE(at) / 32_768;
  if (bits === 24) return data.readIntLE(at, 3) / 8_388_608;
  throw new Error(`no ${bits}-bit samples are expected here`);
}

export function decodeWav(file: Buffer): Wav {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('not a WAV file');
  }
  let format: { tag: number; channelCount: number; sampleRateHz: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') {
      const tag = body.readUInt16LE(0);
      format = {
        // An extensible header names the real format in the first bytes of its GUID.
        tag: tag === 0xfffe ? body.readUInt16LE(24) : tag,
        channelCount: body.readUInt16LE(2),
        sampleRateHz: body.readUInt32LE(4),
        bits: body.readUInt16LE(14),
      };
    } else if (id === 'data') {
      if (!format) throw new Error('data before fmt');
      const { channelCount, bits, sampleRateHz } = format;
      const isFloat = format.tag === 3;
      const frameBytes = (channelCount * bits) / 8;
      const frames = Math.floor(body.length / frameBytes);
      const channels = Array.from({ length: channelCount }, (_, c) =>
        Float32Array.from({ length: frames }, (__, frame) =>
          readSample(body, frame * frameBytes + (c * bits) / 8, bits, isFloat),
        ),
      );
      return { sampleRateHz, bitsPerSample: bits, isFloat, channels };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('no data in this WAV file');
}
