// SPDX-License-Identifier: MIT
// The rack's view of a graph: the longest path of main audio ports from a source to the output, and edits that keep it
// one path. What lies beside the path stays as it is.
import type { ProjectDoc } from 'sonic-core/document';
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

  /** Takes all effects out, and puts these in their place. */
  replace(nodes: readonly { type: string; params?: Record<string, number> }[]): void {
    const before = this.read();
    for (const [id, node] of Object.entries(before.nodes)) {
      if (this.catalog.get(node.type).role !== 'effect') continue;
      this.remove(id);
    }
    for (const [index, node] of nodes.entries()) {
      const id = this.project.addNode(node);
      this.splice(id, index);
    }
  }
}
