// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { agree, findMark, framesToHear, makeMarks, playedFrom } from './detector.ts';

const kRate = 44_100;
const kMarks = makeMarks(kRate);

/** The same noise each time. */
function noise(length: number, gain: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return gain * (state / 2 ** 31 - 1);
  });
}
const heardOf = (path: (played: Float32Array) => Float32Array): Float32Array => {
  const whole = new Float32Array(framesToHear(kMarks));
  whole.set(playedFrom(kMarks, 0.05));
  return path(whole);
};
const delayed =
  (frames: number) =>
  (played: Float32Array): Float32Array =>
    played.map((_, i) => played[i - frames] ?? 0);

function measure(heard: Float32Array): number | undefined {
  const found = Array.from({ length: kMarks.count }, (_, n) => {
    const from = n * kMarks.spacing;
    const window = heard.subarray(from, from + kMarks.spacing + kMarks.mark.length);
    return findMark(window, kMarks, kRate);
  });
  return agree(found);
}

describe('a known way is found to the frame', () => {
  test.each([0, 1, 383, 2000, 13_230, 22_000])('%i frames', (frames) => {
    expect(measure(heardOf(delayed(frames)))).toBe(frames);
  });
  test('turned over and much quieter', () => {
    const heard = heardOf(delayed(700)).map((value) => -0.01 * value);
    expect(measure(heard)).toBe(700);
  });
  test('clipped', () => {
    const heard = heardOf(delayed(700)).map((value) => Math.max(-0.2, Math.min(0.2, 40 * value)));
    expect(measure(heard)).toBe(700);
  });
  test('in noise five times as high', () => {
    const hiss = noise(framesToHear(kMarks), 0.25);
    const heard = heardOf(delayed(1234)).map((value, i) => value + (hiss[i] ?? 0));
    expect(measure(heard)).toBe(1234);
  });
  test('in a room: an echo of the same strength, and a tail', () => {
    const heard = heardOf((played) => {
      const tail = noise(4000, 1, 7).map((value, i) => 0.25 * value * Math.exp(-i / 800));
      return played.map((_, i) => {
        let sum = played[i - 900] ?? 0;
        sum += 0.95 * (played[i - 960] ?? 0);
        for (let k = 0; k < tail.length; k += 37) {
          sum += (tail[k] ?? 0) * (played[i - 980 - k] ?? 0);
        }
        return sum;
      });
    });
    expect(measure(heard)).toBe(900);
  });
  test('through a speaker that passes little above 5 kHz, within a frame', () => {
    const heard = heardOf((played) => {
      let low = 0;
      return delayed(500)(played).map((value) => (low += 0.5 * (value - low)));
    });
    expect(Math.abs((measure(heard) ?? -9) - 500)).toBeLessThanOrEqual(1);
  });
  test('with one mark lost to a dropout', () => {
    const heard = heardOf(delayed(640));
    heard.fill(0, 2 * kMarks.spacing, 3 * kMarks.spacing);
    expect(measure(heard)).toBe(640);
  });
});

describe('what is no measurement gives no number', () => {
  test.each([1, 2, 3, 4, 5])('noise alone, %i', (seed) => {
    expect(measure(noise(framesToHear(kMarks), 0.5, seed))).toBeUndefined();
  });
  test('silence', () => {
    expect(measure(new Float32Array(framesToHear(kMarks)))).toBeUndefined();
  });
  test('hum', () => {
    const hum = Float32Array.from({ length: framesToHear(kMarks) }, (_, i) =>
      Math.sin((2 * Math.PI * 50 * i) / kRate),
    );
    expect(measure(hum)).toBeUndefined();
  });
  test('a way that changes while it is measured', () => {
    const heard = heardOf((played) => {
      const early = delayed(600)(played);
      const late = delayed(728)(played);
      return played.map((_, i) => (i < 3 * kMarks.spacing ? early : late)[i] ?? 0);
    });
    expect(measure(heard)).toBeUndefined();
  });
  test('two marks of six', () => {
    const heard = heardOf(delayed(600));
    heard.fill(0, 2 * kMarks.spacing);
    expect(measure(heard)).toBeUndefined();
  });
});
