// SPDX-License-Identifier: MIT
// The picture repeats the kernel's formulas, since it is drawn before there is an engine. Here it is held to what the
// kernel plays.
import { readFileSync } from 'node:fs';
import { renderOffline } from 'sonic-core';
import { expect, it } from 'vitest';
import { cabinetDb, type CabinetKnobs } from './cabinet-curve.ts';

const wasmModule = new WebAssembly.Module(
  readFileSync(new URL('../../../build/wasm/engine.wasm', import.meta.url)),
);
const kRateHz = 48_000;
const kFrames = 8192;

async function played({ speaker, microphone, distanceCm, axis }: CabinetKnobs) {
  const params = { speaker, microphone, distance: distanceCm, axis: 100 * axis };
  const response: number[] = [];
  await renderOffline(
    {
      format: 'sonic-core',
      version: 1,
      sampleRateHz: kRateHz,
      nodes: { in: { type: 'input' }, box: { type: 'cabinet', params }, out: { type: 'output' } },
      wires: {
        a: { from: ['in', 'out'], to: ['box', 'in'] },
        b: { from: ['box', 'out'], to: ['out', 'in'] },
      },
    },
    {
      wasmModule,
      inputs: [Float32Array.from({ length: kFrames }, (_, n) => (n === 0 ? 1 : 0))],
      onBlock: ({ channels }) => response.push(...channels[0]),
    },
  );
  return response;
}

/** Energy at a frequency, and at a few beside it: the floor's reflection, which the picture leaves out, evens out. */
function bandOf(energyAt: (hz: number) => number, centreHz: number): number {
  let sum = 0;
  for (let i = -10; i <= 10; ++i) sum += energyAt(centreHz * 2 ** (i / 30));
  return 10 * Math.log10(sum / 21);
}

const energy = (response: readonly number[], hz: number) => {
  let re = 0;
  let im = 0;
  response.forEach((x, n) => {
    const w = (2 * Math.PI * hz * n) / kRateHz;
    re += x * Math.cos(w);
    im += x * Math.sin(w);
  });
  return re * re + im * im;
};

it.each([
  { speaker: 0, microphone: 1, distanceCm: 10, axis: 0.5 },
  { speaker: 1, microphone: 2, distanceCm: 6, axis: 0 },
  { speaker: 2, microphone: 0, distanceCm: 3, axis: 0.2 },
  { speaker: 3, microphone: 0, distanceCm: 5, axis: 1 },
])('draws the cabinet that the kernel plays: %o', async (knobs) => {
  const response = (await played(knobs)).slice(0, 3072);
  const apart = [100, 200, 400, 800, 1250, 2000, 3150, 5000].map(
    (hz) =>
      bandOf((f) => energy(response, f), hz) - bandOf((f) => 10 ** (cabinetDb(knobs, f) / 10), hz),
  );
  const level = apart.reduce((sum, db) => sum + db, 0) / apart.length; // the kernel levels the loudness
  for (const db of apart) expect(Math.abs(db - level)).toBeLessThan(1.5);
});
