// SPDX-License-Identifier: MIT
// The page's engine against the command line's: the same project, the same guitar.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { moduleMeta } from './modules.ts';
import { renderOffline } from './render-offline.ts';
import type { ProjectJson } from './types.ts';
import { instantiate } from './wire/glue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const wasmModule = new WebAssembly.Module(readFileSync(path.join(root, 'build/wasm/engine.wasm')));
const kRateHz = 48_000;

/** Every effect that the demo's rigs use, knobs off their defaults where that makes it work harder. */
const kChain: readonly [string, Record<string, number>][] = [
  ['gate', { threshold: -60 }],
  ['compressor', { threshold: -30, ratio: 6 }],
  ['overdrive', { drive: 62 }],
  ['amp-crunch', {}],
  ['cabinet', {}],
  ['parametric-eq', { b3Type: 1, b3Gain: 6 }],
  ['delay', { mix: 30 }],
  ['reverb', { mix: 30 }],
];

function rig(): ProjectJson {
  const nodes: ProjectJson['nodes'] = { in: { type: 'input' } };
  const wires: ProjectJson['wires'] = {};
  let last = 'in';
  for (const [type, params] of kChain) {
    if (!moduleMeta(type)) throw new Error(`there is no module ${type}`);
    nodes[type] = { type, params };
    wires[`${last}-${type}`] = { from: [last, 'out'], to: [type, 'in'] };
    last = type;
  }
  nodes['out'] = { type: 'output' };
  wires['last'] = { from: [last, 'out'], to: ['out', 'in'] };
  return { format: 'sonic-core', version: 1, nodes, wires };
}

it('WASM and native agree to −110 dB', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sonic-parity-'));
  try {
    // Decaying bursts: attack, sustain, blocking and recovery of every stage.
    const guitar = Float32Array.from({ length: 2 * kRateHz }, (_, n) => {
      const t = (n % 24_000) / kRateHz;
      return 0.5 * Math.exp(-6 * t) * (Math.sin(691 * t) + 0.5 * Math.sin(1382.3 * t + 1));
    });
    const input = path.join(folder, 'in.wav');
    const output = path.join(folder, 'out.wav');
    const project = path.join(folder, 'rig.json');
    writeFileSync(input, instantiate(wasmModule).encodeWav([guitar], kRateHz, 'f32'));
    writeFileSync(project, JSON.stringify(rig()));
    const sonic = path.join(root, 'build/native/sonic');
    execFileSync(sonic, ['render', project, '--input', input, '-o', output, '--format', 'f32']);
    const wav = readFileSync(output);
    const data = wav.indexOf('data', 12, 'latin1') + 8;

    let error = 0;
    let signal = 0;
    await renderOffline(rig(), {
      wasmModule,
      inputs: [guitar],
      sampleRateHz: kRateHz,
      onBlock({ frame, channels: [left] }) {
        left.forEach((value, i) => {
          const native = wav.readFloatLE(data + (frame + i) * 8);
          error += (value - native) ** 2;
          signal += native ** 2;
        });
      },
    });
    expect(signal).toBeGreaterThan(1);
    expect(10 * Math.log10(error / signal + 1e-30)).toBeLessThanOrEqual(-110);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
