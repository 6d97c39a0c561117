// SPDX-License-Identifier: MIT
// The rack's view of a graph: the longest path of main audio ports from a source to the output, and edits that keep it
// one path. What lies beside the path stays as it is.
import type { ProjectDoc } from 'sonic-core/document';
import type { PresetModule } from '../presets/preset.ts';
import { type Catalog, mainIn, mainOut } from './catalog.ts';
import type { ProjectJson, WireJson } from './engine-port.ts';

interface MainWire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

function mainWires(project: ProjectJson, catalog: Catalog): MainWire[] {
  return Object.entries(project.wires).flatMap(([id, { from, to }]) => {
    const source = project.nodes[from[0]];
    const target = project.nodes[to[0]];
    if (!source || !target) return [];
    const isMain =
      mainOut(catalog.get(source.type)) === from[1] && mainIn(catalog.get(target.type)) === to[1];
    return isMain ? [{ id, from: from[0], to: to[0] }] : [];
  });
}

const nodeOf = (project: ProjectJson, type: string): string | undefined =>
  Object.keys(project.nodes).find((id) => project.nodes[id]?.type === type);

export const inputOf = (project: ProjectJson) => nodeOf(project, 'input');
export const outputOf = (project: ProjectJson) => nodeOf(project, 'output');

export interface Chain {
  /** Node ids in the order of the signal, without sources and output. */
  readonly nodes: readonly string[];
  /** Nodes of the project that the rack does not show: neither on the path nor a source or endpoint. */
  readonly besideCount: number;
}

/** Longest path that ends at the output, by depth-first search; a loop's second visit ends it. */
export function chainOf(project: ProjectJson, catalog: Catalog): Chain {
  const output = outputOf(project);
  const into = new Map<string, string[]>();
  for (const { from, to } of mainWires(project, catalog)) {
    into.set(to, [...(into.get(to) ?? []), from]);
  }
  const isEffect = (id: string) => {
    const node = project.nodes[id];
    return node !== undefined && catalog.get(node.type).role === 'effect';
  };
  const known = new Map<string, readonly string[]>();
  const pathTo = (id: string, visiting: ReadonlySet<string>): readonly string[] => {
    const done = known.get(id);
    if (done) return done;
    let best: readonly string[] = [];
    for (const before of into.get(id) ?? []) {
      if (!isEffect(before) || visiting.has(before)) continue;
      const path = [...pathTo(before, new Set([...visiting, before])), before];
      if (path.length > best.length) best = path;
    }
    known.set(id, best);
    return best;
  };
  const nodes = output === undefined ? [] : pathTo(output, new Set([output]));
  const besideCount = Object.keys(project.nodes).filter(
    (id) => isEffect(id) && !nodes.includes(id),
  ).length;
  return { nodes, besideCount };
}

/** Edits of one document, each to be called inside change(). */
export class ChainEdit {
  constructor(
    private readonly project: ProjectDoc,
    private readonly catalog: Catalog,
  ) {}

  private read(): ProjectJson {
    return this.project.toJson();
  }
  private inPort(project: ProjectJson, id: string): readonly [string, string] {
    const node = project.nodes[id];
    return [id, (node && mainIn(this.catalog.get(node.type))) ?? 'in'];
  }
  private outPort(project: ProjectJson, id: string): readonly [string, string] {
    const node = project.nodes[id];
    return [id, (node && mainOut(this.catalog.get(node.type))) ?? 'out'];
  }
  private wire(from: readonly [string, string], to: readonly [string, string], rest: object = {}) {
    const wire: WireJson = { ...rest, from: [from[0], from[1]], to: [to[0], to[1]] };
    this.project.addWire(wire);
  }

  /** New node before the chain's place `index`; at the end when that is the chain's length. */
  insert(type: string, index: number): string {
    const id = this.project.addNode({ type });
    this.splice(id, index);
    return id;
  }

  /** Takes the node out of the path and joins what it was between. The node itself stays. */
  private unplug(id: string): void {
    const project = this.read();
    const wires = mainWires(project, this.catalog);
    const before = wires.filter((wire) => wire.to === id);
    const after = wires.filter((wire) => wire.from === id);
    for (const wire of [...before, ...after]) this.project.removeWire(wire.id);
    for (const { from, id: wireId } of before) {
      for (const { to } of after) {
        const { from: _, to: __, ...rest } = project.wires[wireId] ?? { from: 0, to: 0 };
        this.wire(this.outPort(project, from), this.inPort(project, to), rest);
      }
    }
  }

  /** Puts an unconnected node into the path. Whatever came in at that place comes in at the node. */
  private splice(id: string, index: number): void {
    const project = this.read();
    const { nodes } = chainOf(project, this.catalog);
    const next = nodes[index] ?? outputOf(project);
    if (next === undefined) return;
    for (const wire of mainWires(project, this.catalog).filter(({ to }) => to === next)) {
      const { from: _, to: __, ...rest } = project.wires[wire.id] ?? { from: 0, to: 0 };
      this.project.removeWire(wire.id);
      this.wire(this.outPort(project, wire.from), this.inPort(project, id), rest);
    }
    this.wire(this.outPort(project, id), this.inPort(project, next));
  }

  /** The same node once more, right behind it. Where it stands in a drawing is its own. */
  duplicate(id: string): string {
    const project = this.read();
    const { nodes } = chainOf(project, this.catalog);
    const { position: _, ...node } = project.nodes[id] ?? { type: '' };
    const copy = this.project.addNode(node);
    this.splice(copy, nodes.indexOf(id) + 1);
    return copy;
  }

  remove(id: string): void {
    this.unplug(id);
    this.project.removeNode(id);
  }

  /** To the place `index` in the chain without it. */
  move(id: string, index: number): void {
    this.unplug(id);
    this.splice(id, index);
  }

  /** Puts these in the place of all effects. Nodes that stay in the same order stay, and go on sounding. */
  replace(modules: readonly PresetModule[]): void {
    const before = this.read();
    const old = chainOf(before, this.catalog).nodes;
    const kept = commonOrder(
      old.map((id) => before.nodes[id]?.type ?? ''),
      modules.map(({ type }) => type),
    );
    const stays = new Set([...kept.values()].map((at) => old[at]));
    for (const [id, node] of Object.entries(before.nodes)) {
      if (this.catalog.get(node.type).role === 'effect' && !stays.has(id)) this.remove(id);
    }
    for (const [index, module] of modules.entries()) {
      const id = old[kept.get(index) ?? -1];
      if (id === undefined) this.splice(this.project.addNode({ ...module }), index);
      else this.dress(id, module);
    }
  }

  /** A node's knobs, files, name and bypass as a preset has them; what does not change is not touched. */
  dress(id: string, { params = {}, assets = {}, bypass, label }: Omit<PresetModule, 'type'>): void {
    const node = this.read().nodes[id];
    if (!node) return;
    for (const paramId of Object.keys(node.params ?? {})) {
      if (params[paramId] === undefined) this.project.clearParam(id, paramId);
    }
    for (const [paramId, value] of Object.entries(params)) {
      if (node.params?.[paramId] !== value) this.project.setParam(id, paramId, value);
    }
    for (const slot of Object.keys({ ...node.assets, ...assets })) {
      if (node.assets?.[slot] !== assets[slot]) this.project.setAsset(id, slot, assets[slot]);
    }
    if ((node.bypass ?? false) !== (bypass ?? false)) {
      this.project.setNodeKey(id, 'bypass', bypass || undefined);
    }
    if (node.label !== label) this.project.setNodeKey(id, 'label', label);
  }
}

/** The longest run of types that both have in the same order: place in `to` → place in `from`. */
function commonOrder(from: readonly string[], to: readonly string[]): Map<number, number> {
  // lengths[i][j]: the longest run of what follows place i of `from` and place j of `to`.
  const lengths = Array.from({ length: from.length + 1 }, () =>
    Array.from({ length: to.length + 1 }, () => 0),
  );
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? [];
    for (let j = to.length - 1; j >= 0; j--) {
      row[j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs = new Map<number, number>();
  for (let i = 0, j = 0; i < from.length && j < to.length;) {
    if (from[i] === to[j]) pairs.set(j++, i++);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
