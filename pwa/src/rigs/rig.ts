// SPDX-License-Identifier: MIT
// A rig as a whole project.
import type { ProjectJson } from '../model/engine-port.ts';
import type { Preset } from '../presets/preset.ts';

export interface RigOptions {
  readonly name: string;
  /** The demo's riff plays into the rig beside the guitar. */
  readonly riffSha256?: string;
}
export const kRiffName = 'Demo riff';
export const kClipType = 'clip';

/** A whole project: guitar, and riff if there is one, into the rig, into the output. */
export function rigProject(rig: Preset, { name, riffSha256 }: RigOptions): ProjectJson {
  const project: ProjectJson = {
    format: 'sonic-core',
    version: 1,
    name,
    ...(rig.id ? { rig: rig.id } : {}),
    nodes: { in: { type: 'input' }, out: { type: 'output' } },
    wires: {},
    transport: { tempoBpm: 120, signature: [4, 4] },
  };
  const ids = rig.modules.map((_, i) => `m${i + 1}`);
  for (const [i, { type, params }] of rig.modules.entries()) {
    project.nodes[`m${i + 1}`] = { type, ...(params ? { params: { ...params } } : {}) };
  }
  const path = ['in', ...ids, 'out'];
  for (const [i, to] of path.slice(1).entries()) {
    project.wires[`w${i + 1}`] = { from: [path[i] ?? 'in', 'out'], to: [to, 'in'] };
  }
  if (riffSha256 !== undefined) {
    project.nodes['riff'] = {
      type: kClipType,
      label: kRiffName,
      params: { loop: 1, channel: 2 }, // both: one channel, so that the rig runs in mono
      assets: { audio: riffSha256 },
    };
    project.wires['w0'] = { from: ['riff', 'out'], to: [path[1] ?? 'out', 'in'] };
    project.assets = { [riffSha256]: { name: kRiffName, kind: 'audio/clip' } };
  }
  return project;
}
