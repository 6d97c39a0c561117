// SPDX-License-Identifier: MIT
// The formulas behind the faces of circuits: what a still picture can show of them.

/** Components of a Fender/Marshall/Vox tone stack (Yeh & Smith, DAFx-06): ohms and farads. */
export interface ToneStack {
  readonly r1: number;
  readonly r2: number;
  readonly r3: number;
  readonly r4: number;
  readonly c1: number;
  readonly c2: number;
  readonly c3: number;
}
export const kMarshall: ToneStack = {
  r1: 250e3,
  r2: 1e6,
  r3: 25e3,
  r4: 33e3,
  c1: 470e-12,
  c2: 22e-9,
  c3: 22e-9,
};

/** |H| in dB with treble t, middle m, bass l as fractions of their pots. */
export function toneStackDb(stack: ToneStack, t: number, m: number, l: number, hz: number): number {
  const { r1, r2, r3, r4, c1, c2, c3 } = stack;
  const p = c1 * c2 * c3;
  const b1 = t * c1 * r1 + m * c3 * r3 + l * (c1 + c2) * r2 + (c1 + c2) * r3;
  const b2 =
    t * c1 * (c2 + c3) * r1 * r4 -
    m * m * (c1 + c2) * c3 * r3 * r3 +
    m * (c1 * c3 * r1 * r3 + (c1 + c2) * c3 * r3 * r3) +
    l * (c1 * c2 * r1 * r2 + c1 * (c2 + c3) * r2 * r4) +
    l * m * (c1 + c2) * c3 * r2 * r3 +
    (c1 * c2 * r1 * r3 + c1 * (c2 + c3) * r3 * r4);
  const b3 =
    l * m * p * (r1 + r4) * r2 * r3 -
    m * m * p * (r1 + r4) * r3 * r3 +
    m * p * (r1 + r4) * r3 * r3 +
    t * p * r1 * r3 * r4 -
    t * m * p * r1 * r3 * r4 +
    t * l * p * r1 * r2 * r4;
  const a1 = c1 * r1 + c1 * r3 + c2 * r3 + c2 * r4 + c3 * r4 + m * c3 * r3 + l * (c1 + c2) * r2;
  const a2 =
    m * (c1 * c3 * r1 * r3 - c2 * c3 * r3 * r4 + (c1 + c2) * c3 * r3 * r3) +
    l * m * (c1 + c2) * c3 * r2 * r3 -
    m * m * (c1 + c2) * c3 * r3 * r3 +
    l * (c1 * c2 * r2 * r4 + c1 * c2 * r1 * r2 + (c1 + c2) * c3 * r2 * r4) +
    (c1 * c2 * r1 * r4 +
      c1 * c3 * r1 * r4 +
      c1 * c2 * r3 * r4 +
      c1 * c2 * r1 * r3 +
      (c1 + c2) * c3 * r3 * r4);
  const a3 =
    l * m * p * (r1 + r4) * r2 * r3 -
    m * m * p * (r1 + r4) * r3 * r3 +
    m * p * (r3 * r3 * r4 + r1 * r3 * r3 - r1 * r3 * r4) +
    l * p * r1 * r2 * r4 +
    p * r1 * r3 * r4;
  const w = 2 * Math.PI * hz;
  const above = Math.hypot(-b2 * w * w, b1 * w - b3 * w ** 3);
  const below = Math.hypot(1 - a2 * w * w, a1 * w - a3 * w ** 3);
  return 20 * Math.log10(Math.max(1e-9, above / below));
}

const kSaturation = 2.52e-9; // 1N914, amperes
const kThermal = 1.752 * 25.85e-3;
const kInputOhms = 4.7e3;

/** A TS808's clipper where its capacitors do nothing: volts out for volts in, `drive` 0..1. Newton, from above. */
export function overdriveVolts(volts: number, drive: number): number {
  const feedback = 51e3 + drive * 500e3;
  const current = Math.abs(volts) / kInputOhms;
  let v = Math.min(current * feedback, kThermal * Math.asinh(current / (2 * kSaturation)));
  for (let i = 0; i < 12; i++) {
    const f = v / feedback + 2 * kSaturation * Math.sinh(v / kThermal) - current;
    const slope = 1 / feedback + (2 * kSaturation * Math.cosh(v / kThermal)) / kThermal;
    v -= f / slope;
  }
  return Math.sign(volts) * (Math.abs(volts) + v);
}

/** |H| in dB of the analogue prototypes that equalisers are made of. */
export type BandShape = 'bell' | 'low-shelf' | 'high-shelf' | 'low-cut' | 'high-cut' | 'notch';
export function bandDb(
  shape: BandShape,
  hz: number,
  freqHz: number,
  gainDb: number,
  q: number,
): number {
  const u = hz / freqHz;
  const a = 10 ** (gainDb / 40);
  const d = 1 - u * u;
  const ratio = (above: number, below: number) => 20 * Math.log10(Math.max(1e-6, above / below));
  switch (shape) {
    case 'bell':
      return ratio(Math.hypot(d, (u * a) / q), Math.hypot(d, u / (a * q)));
    case 'low-shelf':
      return ratio(
        a * Math.hypot(a - u * u, (Math.sqrt(a) * u) / q),
        Math.hypot(1 - a * u * u, (Math.sqrt(a) * u) / q),
      );
    case 'high-shelf':
      return ratio(
        a * Math.hypot(1 - a * u * u, (Math.sqrt(a) * u) / q),
        Math.hypot(a - u * u, (Math.sqrt(a) * u) / q),
      );
    case 'low-cut':
      return ratio(u * u, Math.hypot(d, u / q));
    case 'high-cut':
      return ratio(1, Math.hypot(d, u / q));
    case 'notch':
      return ratio(Math.abs(d), Math.hypot(d, u / q));
  }
}

export interface CompressorKnobs {
  readonly thresholdDb: number;
  readonly ratio: number;
  readonly kneeDb: number;
}
/** Static curve: dB out for dB in, without makeup. */
export function compressedDb(
  inDb: number,
  { thresholdDb, ratio, kneeDb }: CompressorKnobs,
): number {
  const over = inDb - thresholdDb;
  const slope = 1 / ratio - 1;
  if (kneeDb > 0 && Math.abs(over) < kneeDb / 2) {
    return inDb + (slope * (over + kneeDb / 2) ** 2) / (2 * kneeDb);
  }
  return over > 0 ? inDb + slope * over : inDb;
}
