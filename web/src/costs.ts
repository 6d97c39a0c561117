// SPDX-License-Identifier: MIT
// What each node of a project costs, asked of the worker once per state of a node.
import { moduleMeta } from './modules.ts';
import type { ModuleMeta, ProjectJson } from './types.ts';
import { aloneProject } from './weigh.ts';
import type { WorkerClient } from './worker-client.ts';

export class Costs {
  private readonly known = new Map<string, number>();

  constructor(private readonly worker: WorkerClient) {}

  /** Node id -> estimated share of real time; nodes that cannot be told are left out. */
  async of(project: ProjectJson, sampleRateHz: number): Promise<ReadonlyMap<string, number>> {
    const alone = new Map<string, string>();
    for (const [id, node] of Object.entries(project.nodes)) {
      const meta = moduleMeta(node.type);
      if (!meta || meta.role === 'endpoint' || node.bypass) continue;
      const json = aloneProject(project, id, portsOf(meta));
      if (json !== undefined) alone.set(id, json);
    }
    const keyOf = (json: string): string => `${sampleRateHz} ${json}`;
    const asked = [...new Set([kEmpty, ...alone.values()])].filter(
      (json) => !this.known.has(keyOf(json)),
    );
    if (asked.length > 0) {
      const shares = await this.worker.weigh(asked, sampleRateHz);
      for (const [i, json] of asked.entries()) this.known.set(keyOf(json), shares[i] ?? Number.NaN);
    }
    const frame = this.known.get(keyOf(kEmpty)) ?? 0;
    const found = new Map<string, number>();
    for (const [id, json] of alone) {
      const share = (this.known.get(keyOf(json)) ?? Number.NaN) - frame;
      if (Number.isFinite(share)) found.set(id, Math.max(0, share));
    }
    return found;
  }
}

/** The frame around a node, which costs something by itself. */
const kEmpty = JSON.stringify({
  format: 'sonic-core',
  version: 1,
  nodes: { in: { type: 'input' }, out: { type: 'output' } },
  wires: { through: { from: ['in', 'out'], to: ['out', 'in'] } },
});

function portsOf(meta: ModuleMeta): { ins: string[]; out: string | undefined } {
  const audio = meta.ports.filter(({ signal, role }) => signal === 'audio' && role === 'main');
  return {
    ins: audio.filter(({ direction }) => direction === 'in').map(({ id }) => id),
    out: audio.find(({ direction }) => direction === 'out')?.id,
  };
}
