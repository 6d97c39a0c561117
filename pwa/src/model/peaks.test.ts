// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { framesPerPeak, Peaks } from './peaks.ts';

const kRateHz = 44_100;
const left = Float32Array.from({ length: 10_000 }, (_, i) => Math.sin(i * 0.01) * 0.5);
const right = Float32Array.from({ length: 10_000 }, (_, i) => Math.cos(i * 0.003) * 0.25);

function addIn(pieceFrames: number): Peaks {
  const peaks = new Peaks(framesPerPeak(kRateHz));
  for (let at = 0; at < left.length; at += pieceFrames) {
    peaks.add(left.subarray(at, at + pieceFrames), right.subarray(at, at + pieceFrames));
  }
  return peaks;
}

describe('the outline of a recording', () => {
  it('is the same for every size of the pieces', () => {
    const whole = addIn(left.length).packed();
    expect(whole.length).toBe(2 * Math.ceil(10_000 / 441));
    expect(addIn(8192).packed()).toEqual(whole);
    expect(addIn(100).packed()).toEqual(whole);
  });

  it('holds lowest and highest of both channels', () => {
    const pairs = addIn(441).packed();
    const both = [...left.subarray(441, 882), ...right.subarray(441, 882)];
    expect(pairs[2]).toBe(Math.min(...both));
    expect(pairs[3]).toBe(Math.max(...both));
    expect(addIn(441).highest).toBeCloseTo(0.5, 3);
  });

  it('is as wide as the picture, whether it has more or fewer pairs', () => {
    const peaks = addIn(1000);
    const narrow = peaks.outline(3);
    expect(Math.max(...narrow.high)).toBeCloseTo(0.5, 3);
    const wide = peaks.outline(500);
    expect(wide.low.length).toBe(500);
    expect(wide.high[0]).toBe(peaks.packed()[1]);
    expect(wide.high[499]).toBe(peaks.packed().at(-1));
  });

  it('comes back from the device as it was, and grows over its first room', () => {
    const peaks = new Peaks(1);
    peaks.add(left, left);
    expect(peaks.length).toBe(10_000);
    const again = Peaks.from(kRateHz, peaks.packed());
    expect(again.outline(10_000).low).toEqual(left);
  });
});
