// SPDX-License-Identifier: MIT
// What a module costs, by running it alone for a moment. A worklet has no clock that could tell, so a worker does it; the
// worklet's own thread may be faster or slower, which is why the shares are called estimated.
import { prepare } from './render-offline.ts';
import type { ProjectJson } from './types.ts';
import type { Glue } from './wire/glue.ts';

const kBlockFrames = 128;
const kWarmUpBlocks = 40;
const kTimedBlocks = 150;
/** The best of a few: whatever else the machine did is in the others. */
const kRuns = 3;

/** Seconds of work per second of sound; NaN for what cannot be run. */
export function weigh(
  glue: Glue,
  project: string,
  sampleRateHz: number,
  files: ReadonlyMap<string, Uint8Array>,
): number {
  const document = new glue.Project(sampleRateHz, false);
  if (document.load(project)) {
    document.delete();
    return Number.NaN;
  }
  try {
    const engine = prepare(glue, document, sampleRateHz, 0, files);
    const noise = Float32Array.from({ length: kBlockFrames }, () => Math.random() - 0.5);
    const play = (blocks: number): number => {
      const begin = performance.now();
      for (let n = 0; n < blocks; ++n) {
        for (let c = 0; c < 2; ++c) glue.HEAPF32.set(noise, engine.in(c) >> 2);
        engine.process(kBlockFrames, false);
      }
      return performance.now() - begin;
    };
    play(kWarmUpBlocks);
    const times = Array.from({ length: kRuns }, () => play(kTimedBlocks));
    engine.delete();
    document.delete();
    return (Math.min(...times) * sampleRateHz) / (1000 * kTimedBlocks * kBlockFrames);
  } catch {
    return Number.NaN;
  }
}

/** A project in which a node stands alone between input and output; undefined for what cannot stand there. */
export function aloneProject(
  project: ProjectJson,
  nodeId: string,
  ports: { readonly ins: readonly string[]; readonly out: string | undefined },
): string | undefined {
  const node = project.nodes[nodeId];
  if (!node || ports.out === undefined) return undefined;
  const wires = Object.fromEntries(
    ports.ins.map((port, i) => [`in-${i}`, { from: ['in', 'out'], to: ['alone', port] }]),
  );
  const { bypass: _, ...rest } = node;
  return JSON.stringify({
    format: 'sonic-core',
    version: project.version,
    transport: project.transport,
    assets: project.assets,
    nodes: { in: { type: 'input' }, out: { type: 'output' }, alone: rest },
    wires: { ...wires, out: { from: ['alone', ports.out], to: ['out', 'in'] } },
  });
}
