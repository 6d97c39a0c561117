// SPDX-License-Identifier: MIT
// A project keeps its times, its pitches and its own rate, whatever rate the context that plays it has.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderOffline, type RenderOptions } from './render-offline.ts';
import type { ProjectJson } from './types.ts';
import { instantiate } from './wire/glue.ts';

const wasmModule = new WebAssembly.Module(
  readFileSync(new URL('../../build/wasm/engine.wasm', import.meta.url)),
);
const kProjectRateHz = 48_000;
const kToneHz = 1000;

const echoes = (params: Record<string, number>): ProjectJson => ({
  format: 'sonic-core',
  version: 1,
  sampleRateHz: kProjectRateHz,
  transport: { tempoBpm: 150 },
  nodes: {
    in: { type: 'input' },
    delay: { type: 'delay', params: { wow: 0, mix: 50, highCut: 16_000, ...params } },
    out: { type: 'output' },
  },
  wires: {
    a: { from: ['in', 'out'], to: ['delay', 'in'] },
    b: { from: ['delay', 'out'], to: ['out', 'in'] },
  },
});

const player = (sha256: string): ProjectJson => ({
  format: 'sonic-core',
  version: 1,
  sampleRateHz: kProjectRateHz,
  assets: { [sha256]: { name: 'tone.wav', kind: 'audio/clip' } },
  nodes: {
    clip: { type: 'clip', params: { start: 2 }, assets: { audio: sha256 } },
    out: { type: 'output' },
  },
  wires: { a: { from: ['clip', 'out'], to: ['out', 'in'] } },
});

async function render(
  project: ProjectJson,
  options: Partial<RenderOptions>,
): Promise<Float32Array> {
  const out: number[] = [];
  await renderOffline(project, {
    wasmModule,
    onBlock: ({ channels }) => out.push(...channels[0]),
    ...options,
  });
  return Float32Array.from(out);
}

/** From the click to the strongest echo of it. */
async function echoSeconds(project: ProjectJson, sampleRateHz: number): Promise<number> {
  const click = new Float32Array(sampleRateHz);
  click[0] = 1;
  const out = await render(project, { inputs: [click], sampleRateHz });
  let at = 100; // behind the dry click
  for (let n = at; n < out.length; n += 1) {
    if (Math.abs(out[n] ?? 0) > Math.abs(out[at] ?? 0)) at = n;
  }
  return at / sampleRateHz;
}

/** By upward zero crossings, interpolated, in the middle of the tone. */
function frequencyHz(tone: Float32Array, sampleRateHz: number): number {
  const crossings: number[] = [];
  for (let n = Math.floor(tone.length / 4); n < (tone.length * 3) / 4; n += 1) {
    const [before = 0, after = 0] = [tone[n - 1], tone[n]];
    if (before < 0 && after >= 0) crossings.push(n - after / (after - before));
  }
  const [first = 0, last = 0] = [crossings[0], crossings.at(-1)];
  return ((crossings.length - 1) * sampleRateHz) / (last - first);
}

describe.each([44_100, 48_000, 96_000])('in a context of %i Hz', (rateHz) => {
  it('a delay of 100 ms is 100 ms', async () => {
    expect(await echoSeconds(echoes({ time: 100 }), rateHz)).toBeCloseTo(0.1, 4);
  });

  it('a quarter note at 150 bpm is 400 ms', async () => {
    expect(await echoSeconds(echoes({ sync: 6 }), rateHz)).toBeCloseTo(0.4, 4);
  });

  it.each([44_100, 48_000])(
    'a clip of %i Hz keeps its pitch and its length',
    async (fileRateHz) => {
      const glue = instantiate(wasmModule);
      const tone = Float32Array.from({ length: fileRateHz / 2 }, (_, n) =>
        Math.sin((2 * Math.PI * kToneHz * n) / fileRateHz),
      );
      const wav = glue.encodeWav([tone], fileRateHz, 'f32');
      const sha256 = glue.sha256(wav);
      const assets = new Map([[sha256, wav]]);
      const frames = rateHz;
      const out = await render(player(sha256), { assets, frames, sampleRateHz: rateHz });
      const end = out.findLastIndex((value) => Math.abs(value) > 0.01);
      expect(end / rateHz).toBeCloseTo(0.5, 2);
      expect(frequencyHz(out.subarray(0, end), rateHz)).toBeCloseTo(kToneHz, 1);
    },
  );

  it('saving keeps the rate of the project', () => {
    const glue = instantiate(wasmModule);
    const project = new glue.Project(rateHz, false);
    expect(project.load(JSON.stringify(echoes({ time: 100 })))).toBeUndefined();
    expect(project.apply('{"nodes":{"delay":{"params":{"time":250}}}}')).toBeUndefined();
    expect(project.sampleRateHz()).toBe(kProjectRateHz);
    const saved = JSON.parse(project.save()) as ProjectJson;
    expect(saved.sampleRateHz).toBe(kProjectRateHz);
    expect(saved.nodes['delay']?.params).toMatchObject({ time: 250 });
    project.delete();
  });
});
