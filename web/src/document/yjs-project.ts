// SPDX-License-Identifier: MIT
// A project as a Yjs document, so that edits undo, and two people's edits merge.
//
// Collections are maps by id. An entry is a map of single keys, made once together with its random id; `position`,
// `from`, `to` are atomic. Parameters and asset slots live in flat top-level maps keyed `node/param`: inside the node's
// own map, undoing my removal of a node would lose what another has turned on it meanwhile.
import * as Y from 'yjs';
import type { MergePatch, NodeJson, ProjectJson, WireJson } from '../types.ts';
import { Changes } from './changes.ts';
import { pairKey, splitPairKey } from './keys.ts';

export type ChangeSource = 'edit' | 'undo' | 'remote';
export type PatchListener = (patch: MergePatch, source: ChangeSource) => void;
type Entry = Y.Map<unknown>;

/** A random 64-bit id. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const kLabel = Symbol('label');

export class ProjectDoc {
  readonly doc: Y.Doc;
  readonly undo: Y.UndoManager;
  private readonly nodes: Y.Map<Entry>;
  private readonly wires: Y.Map<Entry>;
  private readonly params: Y.Map<number>;
  private readonly nodeAssets: Y.Map<string>;
  private readonly assets: Y.Map<unknown>;
  private readonly transport: Y.Map<unknown>;
  private readonly root: Y.Map<unknown>;
  private readonly listeners = new Set<PatchListener>();
  private readonly editOrigin = { by: 'edit' };
  private changes: Changes | undefined;
  private label = '';

  /** Binds a document that has been filled already, or is empty. Migrations run before. */
  constructor(doc: Y.Doc = new Y.Doc()) {
    this.doc = doc;
    this.nodes = doc.getMap('nodes');
    this.wires = doc.getMap('wires');
    this.params = doc.getMap('params');
    this.nodeAssets = doc.getMap('nodeAssets');
    this.assets = doc.getMap('assets');
    this.transport = doc.getMap('transport');
    this.root = doc.getMap('project');
    this.undo = new Y.UndoManager(this.collections(), {
      trackedOrigins: new Set([this.editOrigin]),
      // One transaction is one step: gestures are never glued together by time.
      captureTimeout: 0,
    });
    this.undo.on('stack-item-added', (event: { stackItem: { meta: Map<unknown, unknown> } }) => {
      if (!event.stackItem.meta.has(kLabel)) event.stackItem.meta.set(kLabel, this.label);
    });
    this.watch();
  }

  static fromJson(json: ProjectJson): ProjectDoc {
    const project = new ProjectDoc();
    project.doc.transact(() => project.fill(json));
    project.undo.clear();
    return project;
  }

  static fromUpdate(update: Uint8Array): ProjectDoc {
    const doc = new Y.Doc();
    Y.applyUpdateV2(doc, update);
    return new ProjectDoc(doc);
  }

  toUpdate(): Uint8Array {
    return Y.encodeStateAsUpdateV2(this.doc);
  }
  /** Takes in what was done to the same project elsewhere. */
  merge(update: Uint8Array): void {
    Y.applyUpdateV2(this.doc, update, 'elsewhere');
  }

  toJson(): ProjectJson {
    const json: ProjectJson = {
      format: 'sonic-core',
      version: 1,
      ...Object.fromEntries(this.root.entries()),
      nodes: {},
      wires: {},
    };
    for (const [id, entry] of this.nodes) json.nodes[id] = entry.toJSON() as NodeJson;
    for (const [id, entry] of this.wires) json.wires[id] = entry.toJSON() as WireJson;
    for (const [key, value] of this.params) {
      const [id, row] = splitPairKey(key);
      const node = json.nodes[id];
      if (node) (node.params ??= {})[row] = value;
    }
    for (const [key, value] of this.nodeAssets) {
      const [id, slot] = splitPairKey(key);
      const node = json.nodes[id];
      if (node) (node.assets ??= {})[slot] = value;
    }
    if (this.transport.size) json.transport = this.transport.toJSON();
    if (this.assets.size) json.assets = this.assets.toJSON() as NonNullable<ProjectJson['assets']>;
    return json;
  }

  /** One gesture: everything inside is one transaction and one step of undo. */
  change(edit: (project: this) => void, label: string): void {
    this.label = label;
    this.doc.transact(() => edit(this), this.editOrigin);
  }

  /** What undo() would take back; undefined when there is nothing. */
  get undoLabel(): string | undefined {
    return labelOf(this.undo.undoStack);
  }
  get redoLabel(): string | undefined {
    return labelOf(this.undo.redoStack);
  }

  /** Each change as a merge patch, after it has happened, whoever made it. Gives back the way to stop. */
  observe(listener: PatchListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  destroy(): void {
    this.listeners.clear();
    this.undo.destroy();
    this.doc.destroy();
  }

  // Edits, to be called inside change().

  addNode(node: NodeJson, id: string = newId()): string {
    const { params, assets, ...own } = node;
    this.nodes.set(id, new Y.Map(Object.entries(own)));
    for (const [row, value] of Object.entries(params ?? {})) this.setParam(id, row, value);
    for (const [slot, sha] of Object.entries(assets ?? {})) this.setAsset(id, slot, sha);
    return id;
  }

  /** With its parameters, its assets' names and the wires at it. */
  removeNode(id: string): void {
    for (const [wireId, entry] of this.wires) {
      const wire = entry.toJSON() as WireJson;
      if (wire.from[0] === id || wire.to[0] === id) this.wires.delete(wireId);
    }
    for (const map of [this.params, this.nodeAssets]) {
      for (const key of map.keys()) if (splitPairKey(key)[0] === id) map.delete(key);
    }
    this.nodes.delete(id);
  }

  /** undefined takes the key away. */
  setNodeKey(id: string, key: Exclude<keyof NodeJson, 'params' | 'assets'>, value: unknown): void {
    const entry = this.nodes.get(id);
    if (!entry) return;
    if (value === undefined) entry.delete(String(key));
    else entry.set(String(key), value);
  }

  setParam(nodeId: string, paramId: string, value: number): void {
    this.params.set(pairKey(nodeId, paramId), value);
  }

  /** Back to the module's default. */
  clearParam(nodeId: string, paramId: string): void {
    this.params.delete(pairKey(nodeId, paramId));
  }

  setAsset(nodeId: string, slot: string, sha256: string | undefined): void {
    const key = pairKey(nodeId, slot);
    if (sha256 === undefined) this.nodeAssets.delete(key);
    else this.nodeAssets.set(key, sha256);
  }

  describeAsset(sha256: string, about: { name: string; kind: string }): void {
    this.assets.set(sha256, about);
  }

  addWire(wire: WireJson, id: string = newId()): string {
    this.wires.set(id, new Y.Map(Object.entries(wire)));
    return id;
  }

  removeWire(id: string): void {
    this.wires.delete(id);
  }

  setTransport(key: 'tempoBpm' | 'signature', value: unknown): void {
    this.transport.set(key, value);
  }

  /** A key of the project itself: its name, its render rate, what a later version put there. */
  setRootKey(key: string, value: unknown): void {
    if (value === undefined) this.root.delete(key);
    else this.root.set(key, value);
  }

  private collections(): Y.Map<unknown>[] {
    return [
      this.nodes,
      this.wires,
      this.params,
      this.nodeAssets,
      this.assets,
      this.transport,
      this.root,
    ] as Y.Map<unknown>[];
  }

  private fill(json: ProjectJson): void {
    const { nodes, wires, transport, assets, ...rest } = json;
    for (const [key, value] of Object.entries(rest)) this.root.set(key, value);
    for (const [id, node] of Object.entries(nodes)) this.addNode(node, id);
    for (const [id, wire] of Object.entries(wires)) this.addWire(wire, id);
    for (const [key, value] of Object.entries(transport ?? {})) this.transport.set(key, value);
    for (const [sha, about] of Object.entries(assets ?? {})) this.assets.set(sha, about);
  }

  private watch(): void {
    const gather = () => (this.changes ??= new Changes());
    this.nodes.observeDeep((events) => gather().noteEntries('nodes', events));
    this.wires.observeDeep((events) => gather().noteEntries('wires', events));
    this.params.observe((event) => gather().noteKeys('params', event.keysChanged));
    this.nodeAssets.observe((event) => gather().noteKeys('nodeAssets', event.keysChanged));
    this.assets.observe((event) => gather().noteKeys('assets', event.keysChanged));
    this.transport.observe((event) => gather().noteKeys('transport', event.keysChanged));
    this.root.observe((event) => gather().noteKeys('root', event.keysChanged));
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => this.tell(transaction.origin));
  }

  private tell(origin: unknown): void {
    const changes = this.changes;
    if (!changes) return;
    this.changes = undefined;
    const source: ChangeSource =
      origin === this.editOrigin ? 'edit' : origin === this.undo ? 'undo' : 'remote';
    const patches = changes.toPatches({
      node: (id) => this.nodeJson(id),
      nodeRow: (id, group, row) =>
        (group === 'params' ? this.params : this.nodeAssets).get(pairKey(id, row)),
      wire: (id) => this.wires.get(id)?.toJSON(),
      asset: (id) => this.assets.get(id),
      transport: (key) => this.transport.get(key),
      root: (key) => this.root.get(key),
    });
    for (const patch of patches) for (const listener of this.listeners) listener(patch, source);
  }

  private nodeJson(id: string): Record<string, unknown> | undefined {
    const entry = this.nodes.get(id);
    if (!entry) return undefined;
    const node = entry.toJSON() as NodeJson;
    for (const [group, map] of [
      ['params', this.params],
      ['assets', this.nodeAssets],
    ] as const) {
      for (const [key, value] of map) {
        const [owner, row] = splitPairKey(key);
        if (owner === id) Object.assign((node[group] ??= {}), { [row]: value });
      }
    }
    return node;
  }
}

function labelOf(stack: readonly { meta: Map<unknown, unknown> }[]): string | undefined {
  const item = stack.at(-1);
  if (!item) return undefined;
  const label = item.meta.get(kLabel);
  return typeof label === 'string' ? label : '';
}
