// SPDX-License-Identifier: MIT
// Reads the worklet's report; its layout stands in bindings/live-engine.h.
import type { ModuleMeta, PortLevel } from './types.ts';

export interface Report {
  readonly levels: Map<string, PortLevel>;
  readonly readings: Map<string, Record<string, readonly number[]>>;
  readonly limiterGain: number;
  readonly frame: number;
  readonly beat: number;
  readonly playing: boolean;
  readonly asleep: Set<string>;
  readonly quarantines: Map<string, number>;
}

export interface NamedNode {
  readonly id: string;
  readonly meta: ModuleMeta;
}

const kHeader = 13;
const kPerNode = 9;

export function readReport(
  data: Float32Array,
  nodeOf: (handle: number) => NamedNode | undefined,
): Report {
  const at = (index: number): number => data[index] ?? 0;
  const levels = new Map<string, PortLevel>([
    ['@in', { peak: [at(0), at(1)], rms: [at(2), at(3)] }],
    ['@out', { peak: [at(4), at(5)], rms: [at(6), at(7)] }],
  ]);
  const readings = new Map<string, Record<string, readonly number[]>>();
  const asleep = new Set<string>();
  const quarantines = new Map<string, number>();
  let next = kHeader;
  for (let i = 0; i < at(12) && next + kPerNode <= data.length; ++i) {
    const node = nodeOf(at(next));
    const channels = at(next + 3);
    const count = at(next + 8);
    if (node) {
      levels.set(node.id, {
        peak: [at(next + 4), at(next + 5)].slice(0, channels),
        rms: [at(next + 6), at(next + 7)].slice(0, channels),
      });
      if (at(next + 2) > 0) asleep.add(node.id);
      if (at(next + 1) > 0) quarantines.set(node.id, at(next + 1));
      if (count > 0) {
        const values: Record<string, readonly number[]> = {};
        let from = next + kPerNode;
        for (const reading of node.meta.readings) {
          values[reading.id] = Array.from(data.subarray(from, from + reading.count));
          from += reading.count;
        }
        readings.set(node.id, values);
      }
    }
    next += kPerNode + count;
  }
  return {
    levels,
    readings,
    limiterGain: at(8),
    frame: at(9),
    beat: at(10),
    playing: at(11) > 0,
    asleep,
    quarantines,
  };
}
