// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { writeWav } from '../../dev/wav.ts';
import { fileResponse } from './file-response.ts';

/** A one-pole low pass at 1 kHz. */
const lowPass = () => {
  const a = 1 - Math.exp((-2 * Math.PI * 1000) / 48000);
  let y = 0;
  return Float32Array.from({ length: 4000 }, (_, i) => (y += a * ((i === 0 ? 1 : 0) - y)));
};

it('shows the response that is in the file, in every format', () => {
  for (const format of ['24', 'f32'] as const) {
    const db = fileResponse(writeWav([lowPass()], 48000, format));
    if (!db) throw new Error('no response');
    expect(db(100) - db(1000)).toBeCloseTo(3, 0);
    expect(db(2000) - db(8000)).toBeCloseTo(12, -0.5);
    expect(db(30)).toBeCloseTo(8, 0);
  }
});

it('says nothing about what is no WAV', () => {
  expect(fileResponse(new Uint8Array())).toBeUndefined();
  expect(fileResponse(Uint8Array.from({ length: 400 }, (_, i) => i))).toBeUndefined();
  const cut = writeWav([lowPass()], 48000, '16').slice(0, 30);
  expect(fileResponse(cut)).toBeUndefined();
});
