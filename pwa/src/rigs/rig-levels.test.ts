// SPDX-License-Identifier: MIT
// What the rigs sound like as numbers: the demo's riff through each, by the engine itself.
import { readFileSync } from 'node:fs';
import { renderOffline } from 'sonic-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { kRigs } from './index.ts';
import { kClipType, rigProject } from './rig.ts';

const wasmModule = new WebAssembly.Module(
  readFileSync(new URL('../../../build/wasm/engine.wasm', import.meta.url)),
);
const kRateHz = 48_000;
const kSeconds = 16;
const kMarginDb = 2;
/** Where the first rig stood when it was alone: the demo is neither louder nor softer than it was. */
const kHouseDb = -19;

interface Level {
  readonly rmsDb: number;
  readonly peakDb: number;
}

/** Over both channels and the whole time. */
async function levelOf(rig: (typeof kRigs)[number]): Promise<Level> {
  const project = rigProject(rig, { name: rig.name });
  // A clip without a file plays the demo's riff.
  project.nodes['riff'] = { type: kClipType, params: { loop: 1, channel: 2 } };
  project.wires['w0'] = { from: ['riff', 'out'], to: ['m1', 'in'] };
  let [sum, count, peak] = [0, 0, 0];
  await renderOffline(project, {
    wasmModule,
    frames: kSeconds * kRateHz,
    sampleRateHz: kRateHz,
    onBlock: ({ channels, frames }) => {
      for (const channel of channels) {
        for (const x of channel.subarray(0, frames)) {
          sum += x * x;
          peak = Math.max(peak, Math.abs(x));
        }
      }
      count += 2 * frames;
    },
  });
  return { rmsDb: 10 * Math.log10(sum / count), peakDb: 20 * Math.log10(peak) };
}

describe('the rigs, one beside the other', () => {
  const levels = new Map<string, Level>();
  beforeAll(async () => {
    for (const rig of kRigs) levels.set(rig.id, await levelOf(rig));
    if (process.env['SONIC_LEVELS'])
      for (const [id, { rmsDb, peakDb }] of levels)
        console.log(id.padEnd(20), rmsDb.toFixed(2), peakDb.toFixed(2));
  }, 240_000);

  it.each(kRigs.map(({ id }) => id))('%s is as loud as the house is', (id) => {
    const { rmsDb, peakDb } = levels.get(id) ?? { rmsDb: Number.NaN, peakDb: Number.NaN };
    expect(Math.abs(rmsDb - kHouseDb), `${rmsDb.toFixed(1)} dB`).toBeLessThanOrEqual(kMarginDb);
    expect(peakDb, 'peak, dB').toBeLessThan(-1);
  });
});
