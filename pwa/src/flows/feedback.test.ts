// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { kQuiet, stepFeedback, type FeedbackReport } from './feedback.ts';

const kReportMs = 33;
/** When it howls, in ms; undefined if it never does. */
function howlAt(reports: readonly Omit<FeedbackReport, 'atMs'>[]): number | undefined {
  let state = kQuiet;
  for (const [i, report] of reports.entries()) {
    state = stepFeedback(state, { ...report, atMs: i * kReportMs });
    if (state.isHowling) return i * kReportMs;
  }
  return undefined;
}
const series = (ms: number, at: (seconds: number, i: number) => readonly [number, number]) =>
  Array.from({ length: Math.ceil(ms / kReportMs) }, (_, i) => {
    const [rmsDb, crestDb] = at((i * kReportMs) / 1000, i);
    return { rmsDb, peakDb: rmsDb + crestDb };
  });
const noise = (i: number) => Math.sin(i * 12.9898) * 1.5;

it('hears a howl that grows slowly', () => {
  const at = howlAt(series(3000, (t) => [Math.min(-3, -50 + 30 * t), 3]));
  expect(at).toBeLessThan(1200);
});

it('hears a howl that is at its full level at once', () => {
  const at = howlAt(series(3000, () => [-4, 1.5]));
  expect(at).toBeGreaterThan(800);
  expect(at).toBeLessThan(1500);
});

it('leaves a played guitar alone, for a minute', () => {
  const strokes = series(60_000, (t, i) => {
    const sinceStroke = t % 0.7;
    return [-14 - 22 * sinceStroke + noise(i), 9 + noise(i + 5)];
  });
  expect(howlAt(strokes)).toBeUndefined();
});

it('leaves a held, nearly pure note alone: it fades', () => {
  expect(howlAt(series(6000, (t) => [-10 - 6 * t, 3.6]))).toBeUndefined();
});

it('leaves a swell with the volume knob alone: it is no single tone', () => {
  expect(howlAt(series(2000, (t, i) => [-50 + 22 * t, 9 + noise(i)]))).toBeUndefined();
});

it('leaves speech and silence alone', () => {
  const speech = series(10_000, (_, i) => [-30 + 10 * noise(i), 12 + noise(i)]);
  expect(howlAt(speech)).toBeUndefined();
  const nothing = Number.NEGATIVE_INFINITY;
  const silence = Array.from({ length: 300 }, () => ({ rmsDb: nothing, peakDb: nothing }));
  expect(howlAt(silence)).toBeUndefined();
});

it('leaves a quiet hum alone', () => {
  expect(howlAt(series(10_000, () => [-45, 3.2]))).toBeUndefined();
});
