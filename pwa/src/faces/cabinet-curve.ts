// SPDX-License-Identifier: MIT
// The cabinet's direct sound over frequency, by the formulas of engine/modules/cabinet/cabinet-response.cpp: a picture of
// them, without the floor's reflection.
import { bandDb } from './circuits.ts';

interface Corner {
  readonly hz: number;
  readonly q: number;
}
interface Speaker {
  readonly box: Corner;
  readonly dipoleHz: number;
  readonly coneRadius: number;
  /** [Hz, dB, Q] */
  readonly bells: readonly (readonly [number, number, number])[];
  readonly rollOff: readonly Corner[];
}
// prettier-ignore
const kSpeakers: readonly Speaker[] = [
  { box: { hz: 95, q: 1 }, dipoleHz: 150, coneRadius: 0.13,
    bells: [[130, 1.5, 1.5], [420, -2.5, 1.2], [1100, -2, 1.5], [1700, 2, 2], [2500, 5, 2], [3400, 5, 3], [4600, 3, 4], [6000, -5, 3]],
    rollOff: [{ hz: 5200, q: 0.9 }, { hz: 6500, q: 0.7 }] },
  { box: { hz: 82, q: 1 }, dipoleHz: 110, coneRadius: 0.13,
    bells: [[120, 2, 1.5], [400, -2, 1], [900, -2.5, 1.5], [2200, 5, 1.8], [3400, 6, 3], [4700, 4, 4], [6300, -4, 3]],
    rollOff: [{ hz: 5600, q: 0.9 }, { hz: 7000, q: 0.7 }] },
  { box: { hz: 88, q: 1.1 }, dipoleHz: 0, coneRadius: 0.13,
    bells: [[125, 4, 1.6], [420, -4, 1], [800, -1.5, 2], [1500, 1.5, 2], [2300, 5, 2], [3100, 3, 3], [4000, 4, 3], [5600, -6, 3]],
    rollOff: [{ hz: 4800, q: 1 }, { hz: 5500, q: 0.7 }] },
  { box: { hz: 58, q: 0.75 }, dipoleHz: 0, coneRadius: 0.105,
    bells: [[110, 2, 1], [350, -2, 1], [700, -1.5, 1.5], [1800, 3, 2], [2600, 4, 2.5], [3500, 2.5, 3], [4800, -4, 3]],
    rollOff: [{ hz: 4500, q: 0.8 }, { hz: 6000, q: 0.7 }] },
];
/** How much of a microphone's sound is pressure gradient. */
const kGradients = [0.5, 1, 0.35] as const;
const kSpeedOfSound = 343; // m/s

export interface CabinetKnobs {
  readonly speaker: number;
  readonly microphone: number;
  readonly distanceCm: number;
  /** 0 before the middle of the cone, 1 before its edge. */
  readonly axis: number;
}

/** First order: the corner is where half of the shelf's power is reached from above. */
const highShelfDb = (hz: number, cornerHz: number, gainDb: number) => {
  const u = hz / cornerHz;
  const a = u * 10 ** (gainDb / 20);
  return 10 * Math.log10((1 + a * a) / (1 + u * u));
};

function microphoneDb(microphone: number, hz: number): number {
  if (microphone === 0) {
    return (
      bandDb('low-cut', hz, 160, 0, 0.6) +
      bandDb('bell', hz, 5500, 5, 1.2) +
      bandDb('high-cut', hz, 13000, 0, Math.SQRT1_2)
    );
  }
  if (microphone === 1) {
    return (
      bandDb('low-cut', hz, 35, 0, Math.SQRT1_2) +
      bandDb('high-cut', hz, 11000, 0, 0.6) +
      highShelfDb(150, hz, -6)
    );
  }
  return bandDb('bell', hz, 9000, 2, 1);
}

export function cabinetDb(knobs: CabinetKnobs, hz: number): number {
  const speaker = kSpeakers[knobs.speaker] ?? kSpeakers[2];
  if (!speaker) return 0;
  const { box, dipoleHz, bells, rollOff, coneRadius } = speaker;
  let db = bandDb('low-cut', hz, box.hz, 0, box.q);
  if (dipoleHz > 0) db += 20 * Math.log10(hz / Math.hypot(hz, dipoleHz));
  for (const [freqHz, gainDb, q] of bells) db += bandDb('bell', hz, freqHz, gainDb, q);
  for (const { hz: freqHz, q } of rollOff) db += bandDb('high-cut', hz, freqHz, 0, q);
  db += highShelfDb(hz, 2500, -10 * knobs.axis);
  const effective = Math.hypot(knobs.distanceCm * 0.01, 0.6 * coneRadius);
  const gradient = kGradients[knobs.microphone] ?? 0;
  db += 20 * Math.log10(Math.hypot(1, (gradient * kSpeedOfSound) / (2 * Math.PI * hz * effective)));
  return db + microphoneDb(knobs.microphone, hz);
}
