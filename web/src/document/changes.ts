// SPDX-License-Identifier: MIT
// What a transaction touched, turned into one merge patch of the state that it left behind.
import * as Y from 'yjs';
import type { MergePatch } from '../types.ts';
import { splitPairKey } from './keys.ts';

/** 'whole': the entry came or was replaced. A set: only these of its keys. */
type Touched = Map<string, 'whole' | Set<string>>;

/** How the document's maps are read back into JSON. */
export interface Reader {
  node(id: string): Record<string, unknown> | undefined;
  nodeRow(id: string, group: 'params' | 'assets', row: string): unknown;
  wire(id: string): Record<string, unknown> | undefined;
  asset(id: string): unknown;
  transport(key: string): unknown;
  root(key: string): unknown;
}

const orNull = (value: unknown): unknown => (value === undefined ? null : value);

/** Gathers events of one transaction. */
export class Changes {
  private readonly nodes: Touched = new Map();
  private readonly wires: Touched = new Map();
  private readonly rows = { params: new Set<string>(), assets: new Set<string>() };
  private readonly assets = new Set<string>();
  private readonly transport = new Set<string>();
  private readonly root = new Set<string>();
  /** Entries that another took the place of: a merge patch has to delete them first. */
  private readonly replaced: { nodes: string[]; wires: string[] } = { nodes: [], wires: [] };

  noteEntries(group: 'nodes' | 'wires', events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) {
    const touched = this[group];
    for (const event of events) {
      const [entry] = event.path;
      if (typeof entry === 'string') {
        const known = touched.get(entry) ?? new Set<string>();
        if (known !== 'whole') for (const key of event.changes.keys.keys()) known.add(key);
        touched.set(entry, known);
        continue;
      }
      for (const [key, change] of event.changes.keys) {
        touched.set(key, 'whole');
        if (change.action === 'update') this.replaced[group].push(key);
      }
    }
  }

  noteKeys(group: 'params' | 'nodeAssets' | 'assets' | 'transport' | 'root', keys: Set<unknown>) {
    const target =
      group === 'params'
        ? this.rows.params
        : group === 'nodeAssets'
          ? this.rows.assets
          : this[group];
    for (const key of keys) if (typeof key === 'string') target.add(key);
  }

  /** One patch, or two where an entry was replaced by another of the same id; none when nothing is left of it. */
  toPatches(read: Reader): MergePatch[] {
    const patches: MergePatch[] = [];
    const gone: MergePatch = {};
    for (const group of ['nodes', 'wires'] as const) {
      const ids = this.replaced[group];
      if (ids.length) gone[group] = Object.fromEntries(ids.map((id) => [id, null]));
    }
    if (Object.keys(gone).length) patches.push(gone);
    const patch = this.toPatch(read);
    if (Object.keys(patch).length) patches.push(patch);
    return patches;
  }

  private toPatch(read: Reader): MergePatch {
    const patch: MergePatch = {};
    const nodes = this.nodesPatch(read);
    if (Object.keys(nodes).length) patch['nodes'] = nodes;
    const wires: Record<string, unknown> = {};
    for (const [id, keys] of this.wires) wires[id] = entryPatch(read.wire(id), keys);
    if (Object.keys(wires).length) patch['wires'] = wires;
    const groups = [
      ['assets', this.assets, read.asset],
      ['transport', this.transport, read.transport],
    ] as const;
    for (const [name, keys, readOne] of groups) {
      if (!keys.size) continue;
      patch[name] = Object.fromEntries([...keys].map((key) => [key, orNull(readOne(key))]));
    }
    for (const key of this.root) patch[key] = orNull(read.root(key));
    return patch;
  }

  private nodesPatch(read: Reader): Record<string, unknown> {
    const nodes: Record<string, unknown> = {};
    for (const [id, keys] of this.nodes) nodes[id] = entryPatch(read.node(id), keys);
    for (const group of ['params', 'assets'] as const) {
      for (const key of this.rows[group]) {
        const [id, row] = splitPairKey(key);
        // A new node carries its rows already; rows of a node that is gone say nothing.
        if (this.nodes.get(id) === 'whole' || !read.node(id)) continue;
        const node = (nodes[id] ??= {}) as Record<string, Record<string, unknown>>;
        (node[group] ??= {})[row] = orNull(read.nodeRow(id, group, row));
      }
    }
    return nodes;
  }
}

function entryPatch(entry: Record<string, unknown> | undefined, keys: 'whole' | Set<string>) {
  if (!entry) return null;
  if (keys === 'whole') return entry;
  return Object.fromEntries([...keys].map((key) => [key, orNull(entry[key])]));
}
