// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { bandDb, compressedDb, kMarshall, overdriveVolts, toneStackDb } from './circuits.ts';

it('has the dips of a JCM800 tone stack: -3.2, -7.9 at 667 Hz, -4.0 dB', () => {
  const at = (hz: number) => toneStackDb(kMarshall, 0.5, 0.5, 0.1, hz);
  expect(at(100)).toBeCloseTo(-3.2, 1);
  expect(at(667)).toBeCloseTo(-7.9, 1);
  expect(at(5000)).toBeCloseTo(-4.0, 1);
});

it('solves the diode clipper: currents sum to zero, odd, softer above', () => {
  for (const drive of [0, 0.5, 1]) {
    for (const volts of [0.001, 0.02, 0.3, 2]) {
      const v = overdriveVolts(volts, drive) - volts;
      const diodes = 2 * 2.52e-9 * Math.sinh(v / (1.752 * 25.85e-3));
      expect(v / (51e3 + drive * 500e3) + diodes).toBeCloseTo(volts / 4700, 9);
      expect(overdriveVolts(-volts, drive)).toBeCloseTo(-overdriveVolts(volts, drive), 12);
    }
  }
  const gain = (volts: number) => overdriveVolts(volts, 1) / volts;
  // 551 k beside the two diodes' 9 M: a little less than the ideal 41.5 dB.
  expect(20 * Math.log10(gain(1e-6))).toBeCloseTo(40.94, 1);
  expect(gain(1)).toBeLessThan(2);
});

it('has bands with the gain that they say, where they say it', () => {
  expect(bandDb('bell', 1000, 1000, 6, 2)).toBeCloseTo(6);
  expect(bandDb('bell', 10, 1000, 6, 2)).toBeCloseTo(0, 2);
  expect(bandDb('low-shelf', 1, 200, -9, 0.71)).toBeCloseTo(-9, 2);
  expect(bandDb('low-shelf', 20000, 200, -9, 0.71)).toBeCloseTo(0, 2);
  expect(bandDb('high-shelf', 1e6, 3000, 5, 0.71)).toBeCloseTo(5, 2);
  expect(bandDb('low-cut', 100, 100, 0, Math.SQRT1_2)).toBeCloseTo(-3.01, 2);
  expect(bandDb('high-cut', 1000, 100, 0, 0.71)).toBeCloseTo(-40, 1);
  expect(bandDb('notch', 500, 500, 0, 1)).toBeLessThan(-100);
});

it('compresses above the threshold, and bends in the knee', () => {
  const knobs = { thresholdDb: -24, ratio: 4, kneeDb: 6 };
  expect(compressedDb(-40, knobs)).toBe(-40);
  expect(compressedDb(-4, knobs)).toBeCloseTo(-19);
  expect(compressedDb(-24, knobs)).toBeCloseTo(-24.5625);
  expect(compressedDb(-27, knobs)).toBeCloseTo(-27);
  expect(compressedDb(-21, knobs)).toBeCloseTo(-24 + 3 / 4);
});
