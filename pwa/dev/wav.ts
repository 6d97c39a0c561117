// SPDX-License-Identifier: MIT
// WAV files, for the double and for tests.

import type { WavFormat } from '../src/model/engine-port.ts';

const kHeaderBytes = 44;
const kPcm = 1;
const kFloat = 3;

function writeHeader(view: DataView, channels: number, rateHz: number, bits: number): void {
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  const frameBytes = (channels * bits) / 8;
  text(0, 'RIFF');
  view.setUint32(4, view.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, bits === 32 ? kFloat : kPcm, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, rateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, view.byteLength - kHeaderBytes, true);
}

/** To the nearest step; what is over full scale stops there. 16 bit: -1 is -32768, so +1 is one step too many. */
const quantised = (value: number, steps: number) =>
  Math.min(steps - 1, Math.max(-steps, Math.round(value * steps)));

const kWriters: Readonly<
  Record<WavFormat, { bits: number; write(view: DataView, at: number, value: number): void }>
> = {
  '16': { bits: 16, write: (view, at, value) => view.setInt16(at, quantised(value, 32768), true) },
  '24': {
    bits: 24,
    write: (view, at, value) => {
      const step = quantised(value, 8388608);
      view.setUint16(at, step & 0xffff, true);
      view.setInt8(at + 2, step >> 16);
    },
  },
  f32: { bits: 32, write: (view, at, value) => view.setFloat32(at, value, true) },
};

/** `channels` is [channel][frame]. */
export function writeWav(
  channels: readonly Float32Array[],
  sampleRateHz: number,
  format: WavFormat,
): Uint8Array<ArrayBuffer> {
  const { bits, write } = kWriters[format];
  const frames = channels[0]?.length ?? 0;
  const step = bits / 8;
  const view = new DataView(new ArrayBuffer(kHeaderBytes + frames * channels.length * step));
  writeHeader(view, channels.length, Math.round(sampleRateHz), bits);
  let at = kHeaderBytes;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      write(view, at, channel[frame] ?? 0);
      at += step;
    }
  }
  return new Uint8Array(view.buffer);
}
