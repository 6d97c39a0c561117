// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { moduleMeta } from './modules.ts';
import { readReport } from './report.ts';

it('reads levels, readings and states by node', () => {
  const meta = moduleMeta('gate');
  if (!meta) throw new Error('the gate is in every build');
  const data = Float32Array.from([
    ...[0.1, 0.2, 0.05, 0.06, 0.5, 0.6, 0.3, 0.4, 0.9, 1000, 2.5, 1, 2],
    ...[7, 1, 0, 1, 0.25, 0, 0.125, 0, 1, -12],
    ...[8, 0, 1, 2, 0, 0, 0, 0, 0],
  ]);
  const report = readReport(data, (handle) =>
    handle === 7 ? { id: 'g', meta } : { id: 'other', meta: { ...meta, readings: [] } },
  );
  expect(report.levels.get('@out')?.peak[1]).toBeCloseTo(0.6);
  expect(report.levels.get('g')?.peak).toEqual([0.25]);
  expect(report.readings.get('g')).toEqual({ reduction: [-12] });
  expect(report.asleep).toEqual(new Set(['other']));
  expect(report.quarantines.get('g')).toBe(1);
  expect(report.playing).toBe(true);
  expect(report.beat).toBe(2.5);
});
