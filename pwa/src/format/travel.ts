// SPDX-License-Identifier: MIT
// How a knob's travel 0..1 maps to a parameter's plain value.

export interface Travel {
  readonly min: number;
  readonly max: number;
  readonly curve: 'linear' | 'logarithmic';
  readonly choices?: readonly string[];
}

const clamp01 = (x: number) => Math.min(1, Math.max(0, x));

export function toTravel(value: number, { min, max, curve }: Travel): number {
  if (max <= min) return 0;
  if (curve === 'logarithmic') return clamp01(Math.log(value / min) / Math.log(max / min));
  return clamp01((value - min) / (max - min));
}

/** Rounded to what can be told apart, so that files hold 62.4 and not 62.400000000000006. */
export function fromTravel(travel: number, { min, max, curve, choices }: Travel): number {
  const x = clamp01(travel);
  if (choices) return Math.round(min + x * (max - min));
  if (x === 0) return min;
  if (x === 1) return max;
  const value = curve === 'logarithmic' ? min * (max / min) ** x : min + x * (max - min);
  const step = 10 ** Math.floor(Math.log10((max - min) / 2000));
  return curve === 'logarithmic'
    ? Number(value.toPrecision(4))
    : Number((Math.round(value / step) * step).toPrecision(10));
}
