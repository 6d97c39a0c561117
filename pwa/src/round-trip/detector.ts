// SPDX-License-Identifier: MIT
// The way through the device in frames, from a signal that was played several times and what was heard of it. Noise of
// two values (a maximum-length sequence) is found below the noise of a room, turned over, clipped or with echoes; what is
// not found the same way each time is no measurement.
import { correlate } from './fft.ts';

export interface Marks {
  /** Played once, with silence after it. */
  readonly mark: Float32Array<ArrayBuffer>;
  readonly count: number;
  /** Frames from one to the next: the longest way that is measured. */
  readonly spacing: number;
}

/** A peak is this much over the rest, or it is chance: noise alone reaches 5. */
const kPeakOverRest = 9;
/** Of the highest peak: the first arrival may be a little lower than an echo. */
const kFirstArrival = 0.6;
const kEchoSeconds = 0.003;
const kMaxSpreadFrames = 1;
/** One may be lost to a dropout. */
const kMayMiss = 1;

/** The same at each rate: 2047 frames of +1 and -1 (x^11 + x^9 + 1). */
export function makeMarks(sampleRateHz: number, count = 6): Marks {
  const mark = new Float32Array(2047);
  let state = 1;
  for (let i = 0; i < mark.length; ++i) {
    mark[i] = state & 1 ? 1 : -1;
    const bit = ((state >> 0) ^ (state >> 2)) & 1;
    state = (state >> 1) | (bit << 10);
  }
  return { mark, count, spacing: Math.round(sampleRateHz / 2) };
}

/** What is played: the marks one after the other. */
export function playedFrom(
  { mark, count, spacing }: Marks,
  gain: number,
): Float32Array<ArrayBuffer> {
  const played = new Float32Array(count * spacing);
  for (let n = 0; n < count; ++n) {
    for (const [i, value] of mark.entries()) played[n * spacing + i] = gain * value;
  }
  return played;
}
/** Frames that are to be heard: the last mark may come late. */
export const framesToHear = ({ count, spacing, mark }: Marks): number =>
  count * spacing + mark.length;

/** Frames from the beginning of `heard` to the first arrival of the mark in it; undefined if it is not there. */
export function findMark(
  heard: Float32Array,
  { mark, spacing }: Marks,
  sampleRateHz: number,
): number | undefined {
  const fit = correlate(heard, mark, spacing).map(Math.abs);
  let best = 0;
  for (const [lag, value] of fit.entries()) if (value > (fit[best] ?? 0)) best = lag;
  const peak = fit[best] ?? 0;
  let rest = 0;
  let restCount = 0;
  for (const [lag, value] of fit.entries()) {
    // Echoes belong to the peak.
    if (lag > best - 64 && lag < best + mark.length) continue;
    rest += value * value;
    restCount += 1;
  }
  if (!(peak > 0) || peak < kPeakOverRest * Math.sqrt(rest / Math.max(1, restCount))) {
    return undefined;
  }
  const earliest = Math.max(0, best - Math.round(kEchoSeconds * sampleRateHz));
  for (let lag = earliest; lag < best; ++lag) {
    const here = fit[lag] ?? 0;
    const isTop = here >= (fit[lag - 1] ?? 0) && here >= (fit[lag + 1] ?? 0);
    if (isTop && here >= kFirstArrival * peak) return lag;
  }
  return best;
}

/** One number from all marks, or none: all but one lie within a frame. */
export function agree(found: readonly (number | undefined)[]): number | undefined {
  const lags = found.filter((lag) => lag !== undefined).sort((a, b) => a - b);
  const middle = lags[lags.length >> 1];
  if (middle === undefined) return undefined;
  for (const low of [middle - kMaxSpreadFrames, middle]) {
    const close = lags.filter((lag) => lag >= low && lag <= low + kMaxSpreadFrames);
    if (close.length >= Math.max(3, found.length - kMayMiss)) return close[close.length >> 1];
  }
  return undefined;
}
