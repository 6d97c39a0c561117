// SPDX-License-Identifier: MIT
// A session with one overdrive between input and output, and an engine that notes what it is asked.
import { ProjectDoc } from 'sonic-core/document';
import { vi } from 'vitest';
import { Catalog } from '../src/model/catalog.ts';
import type { EnginePort, MergePatch, ModuleMeta, ParamMeta } from '../src/model/engine-port.ts';
import { Session } from '../src/model/session.ts';

export const row = (id: string, structural = false): ParamMeta => ({
  id,
  label: id,
  unit: '',
  min: 0,
  max: 10,
  default: 5,
  curve: 'linear',
  structural,
  audioRate: false,
});
const port = (id: string, direction: 'in' | 'out') =>
  ({ id, direction, signal: 'audio', role: 'main', width: 'follow' }) as const;
const module = (id: string, role: ModuleMeta['role'], ports: ModuleMeta['ports']): ModuleMeta => ({
  id,
  label: id,
  category: 'drive',
  summary: '',
  role,
  ports,
  params: [row('drive'), row('range', true)],
  assets: [],
  readings: [],
  latencyFrames: 0,
});
export const modules = [
  module('input', 'endpoint', [port('out', 'out')]),
  module('output', 'endpoint', [port('in', 'in')]),
  module('overdrive', 'effect', [port('in', 'in'), port('out', 'out')]),
];

export const oneOverdrive = (): ProjectDoc =>
  ProjectDoc.fromJson({
    format: 'sonic-core',
    version: 1,
    nodes: { in: { type: 'input' }, d: { type: 'overdrive' }, out: { type: 'output' } },
    wires: {
      a: { from: ['in', 'out'], to: ['d', 'in'] },
      b: { from: ['d', 'out'], to: ['out', 'in'] },
    },
  });

export async function openSession() {
  const patches: MergePatch[] = [];
  const set = vi.fn();
  const load = vi.fn(async () => {});
  let refuses = false;
  const engine = {
    load,
    set,
    apply: (patch: MergePatch) => {
      if (refuses) throw new Error('no');
      patches.push(patch);
    },
  } as unknown as EnginePort;
  const session = new Session(new Catalog(modules));
  await session.attach(engine);
  await session.open(oneOverdrive(), 'p');
  return { session, patches, set, load, refuse: (on: boolean) => (refuses = on) };
}
