// SPDX-License-Identifier: MIT
import { toDb } from '../ui/level.ts';
import { fixed } from './units.ts';

/** Full scale, as converters give it. */
const kFullScale = 0.9999;
export const isClipped = (peak: number): boolean => peak >= kFullScale;

/** "−6.2 dB"; a sign where it is over full scale. */
export function peakText(peak: number): string {
  if (!(peak > 1e-5)) return '– –';
  return `${peak > 1 ? '+' : ''}${fixed(toDb(peak), 1)} dB`;
}
