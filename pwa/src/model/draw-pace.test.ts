// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { DrawPace } from './draw-pace.ts';

/** Draws without trouble; gives the time when it ends. */
function draw(pace: DrawPace, fromMs: number, toMs: number, waitedMs = 8): number {
  for (let ms = fromMs; ms < toMs; ms += 33) pace.noteDrawn(waitedMs, ms);
  return toMs;
}

test('thirty times a second while all is well, or nearly', () => {
  const pace = new DrawPace();
  draw(pace, 0, 60_000);
  for (let n = 1; n < 10; n += 1) pace.noteDropouts(n, 60_000 + n * 10_000);
  expect(pace.intervalMs).toBe(33);
});

test('slower at once when sound drops out, and no slower than can be read', () => {
  const pace = new DrawPace();
  pace.noteDropouts(4, 1000);
  expect(pace.intervalMs).toBe(100);
  pace.noteDropouts(6, 2000);
  expect(pace.intervalMs).toBe(250);
  pace.noteDropouts(60, 3000);
  expect(pace.intervalMs).toBe(250);
});

test('slower when single dropouts come close together', () => {
  const pace = new DrawPace();
  pace.noteDropouts(1, 1000);
  pace.noteDropouts(2, 2000);
  expect(pace.intervalMs).toBe(100);
});

test('slower when frames come late, and back after a quiet while', () => {
  const pace = new DrawPace();
  let ms = draw(pace, 0, 170, 90);
  expect(pace.intervalMs).toBe(100);
  ms = draw(pace, ms, 15_000);
  expect(pace.intervalMs).toBe(100);
  draw(pace, ms, 21_000);
  expect(pace.intervalMs).toBe(33);
});

test('waits longer after a recovery that did not last', () => {
  const pace = new DrawPace();
  pace.noteDropouts(4, 0);
  let ms = draw(pace, 0, 21_000);
  expect(pace.intervalMs).toBe(33);
  pace.noteDropouts(8, ms);
  ms = draw(pace, ms, ms + 30_000);
  expect(pace.intervalMs).toBe(100);
  draw(pace, ms, ms + 12_000);
  expect(pace.intervalMs).toBe(33);
});

test('an engine that was started again counts from nothing', () => {
  const pace = new DrawPace();
  pace.noteDropouts(1, 0);
  pace.noteDropouts(0, 10_000);
  pace.noteDropouts(1, 20_000);
  expect(pace.intervalMs).toBe(33);
});
