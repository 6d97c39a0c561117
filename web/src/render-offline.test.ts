// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SonicError } from './errors.ts';
import { renderOffline, type RenderOptions } from './render-offline.ts';
import type { ProjectJson } from './types.ts';

const wasmModule = new WebAssembly.Module(
  readFileSync(new URL('../../build/wasm/engine.wasm', import.meta.url)),
);

const kGate: ProjectJson = {
  format: 'sonic-core',
  version: 1,
  sampleRateHz: 44_100,
  nodes: {
    in: { type: 'input' },
    gate: { type: 'gate', params: { threshold: -50 } },
    gain: { type: 'gain', params: { gain: -6 } },
    out: { type: 'output' },
  },
  wires: {
    a: { from: ['in', 'out'], to: ['gate', 'in'] },
    b: { from: ['gate', 'out'], to: ['gain', 'in'] },
    c: { from: ['gain', 'out'], to: ['out', 'in'] },
  },
};

const tone = Float32Array.from({ length: 6000 }, (_, n) => 0.5 * Math.sin(0.06 * n));

async function render(
  project: ProjectJson | string,
  options: Partial<RenderOptions> = {},
): Promise<Float32Array> {
  const out: number[] = [];
  await renderOffline(project, {
    wasmModule,
    inputs: [tone],
    onBlock: ({ channels }) => out.push(...channels[0]),
    ...options,
  });
  return Float32Array.from(out);
}

describe('renderOffline', () => {
  it('gives the same frames for every block size', async () => {
    const whole = await render(kGate);
    expect(whole.length).toBe(tone.length);
    expect(Math.max(...whole)).toBeGreaterThan(0.2);
    for (const blockFrames of [1, 7, 32, 100, 128, 441]) {
      expect(await render(kGate, { blockFrames })).toEqual(whole);
    }
  });

  it('streams taps beside the mix', async () => {
    const tapped: number[] = [];
    const mix = await render(kGate, {
      taps: [['gate', 'out']],
      onBlock: ({ taps, channels }) => {
        const tap = taps[0]?.[0];
        for (let n = 0; tap && n < tap.length; ++n) {
          tapped.push((tap[n] ?? 0) * 0.5011872 - (channels[0][n] ?? 0));
        }
      },
    });
    expect(mix.length).toBe(0);
    expect(tapped.length).toBe(tone.length);
    expect(Math.max(...tapped.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('is silent without input and as long as asked', async () => {
    const out = await render(kGate, { inputs: [], frames: 1000 });
    expect(out).toEqual(new Float32Array(1000));
  });

  it('can be stopped', async () => {
    const signal = AbortSignal.abort();
    await expect(render(kGate, { signal })).rejects.toThrow();
  });

  it('names what is wrong and where', async () => {
    await expect(render('{')).rejects.toThrow(SonicError);
    const wrong = structuredClone(kGate);
    wrong.nodes['gain'] = { type: 'gain', params: { gain: 4000 } };
    await expect(render(wrong)).rejects.toThrow('/nodes/gain/params/gain');
    await expect(render('['.repeat(100_000))).rejects.toThrow(SonicError);
  });

  it('says which file is missing', async () => {
    const sha = '0'.repeat(64);
    const project: ProjectJson = {
      format: 'sonic-core',
      version: 1,
      nodes: { clip: { type: 'clip', assets: { audio: sha } }, out: { type: 'output' } },
      wires: { a: { from: ['clip', 'out'], to: ['out', 'in'] } },
    };
    await expect(render(project, { frames: 100 })).rejects.toThrow(sha);
  });

  it('refuses lengths that are none', async () => {
    await expect(render(kGate, { frames: -1 })).rejects.toThrow(RangeError);
    await expect(render(kGate, { blockFrames: 5000 })).rejects.toThrow(RangeError);
  });
});
