// SPDX-License-Identifier: MIT
// The open project: its document, the engine that plays it, and the knobs that are being turned right now.
import { newId, ProjectDoc } from 'sonic-core/document';
import { Catalog, mainIn, nodeValue, paramOf } from './catalog.ts';
import { type Chain, ChainEdit, chainOf, outputOf } from './chain.ts';
import { Emitter } from './emitter.ts';
import {
  type EnginePort,
  type MergePatch,
  type ModuleMeta,
  type NodeJson,
  type ParamMeta,
  type ProjectJson,
} from './engine-port.ts';
import type { PresetFiles, PresetModule } from '../presets/preset.ts';
import { type Turn, Turning } from './turning.ts';

export interface SessionEvents {
  /** The document changed: nodes, wires, names, meant values. */
  project: undefined;
  /** A knob stands elsewhere, meant or not. */
  value: { readonly nodeId: string; readonly paramId: string };
  /** The engine did not take an edit; it has been taken back. */
  refused: unknown;
  removed: { readonly label: string };
  moved: { readonly nodeId: string };
  /** One step back in history, or forth again. */
  stepped: { readonly isBack: boolean; readonly label: string };
  /** An edit was tried while another tab has the project. */
  locked: undefined;
}
export interface RigState {
  /** The preset it came from; '' for none. */
  readonly id: string;
  readonly modules: readonly PresetModule[];
  readonly files?: PresetFiles | undefined;
}
export function nameOf(json: ProjectJson | undefined): string {
  const name = json?.['name'];
  return typeof name === 'string' && name !== '' ? name : 'Untitled';
}
const kNoChain: Chain = { nodes: [], besideCount: 0 };

export class Session extends Emitter<SessionEvents> {
  engine: EnginePort | undefined;
  id = '';
  /** Another tab has the project: it is seen and heard here, and not changed. */
  isReadOnly = false;
  doc: ProjectDoc | undefined;
  json: ProjectJson | undefined;
  chain: Chain = kNoChain;
  /** Another project takes this one's place: what is done to this one now would be lost, so nothing is. */
  isLeaving = false;
  private readonly turning = new Turning();

  /** `catalog` is there before the engine is: a project is shown before anything sounds. */
  constructor(readonly catalog: Catalog) {
    super();
  }

  /** Resolves when the engine has the open document. */
  async attach(engine: EnginePort): Promise<void> {
    // What is edited from now on follows what is loaded here.
    const loading = this.doc && engine.load(this.doc.toJson());
    this.engine = engine;
    try {
      await loading;
    } catch (error) {
      this.engine = undefined;
      throw error;
    }
  }

  /** Loads into the engine first: a project that it refuses leaves the open one as it is. */
  async open(doc: ProjectDoc, id: string): Promise<void> {
    const json = doc.toJson();
    await this.engine?.load(json);
    this.doc?.destroy();
    this.turning.clear();
    this.doc = doc;
    this.id = id;
    doc.observe((patch, source) => this.follow(patch, source === 'edit'));
    this.refresh();
  }

  /** Nothing is open any more. */
  async close(): Promise<void> {
    await this.engine?.load({ format: 'sonic-core', version: 1, nodes: {}, wires: {} });
    this.doc?.destroy();
    this.turning.clear();
    this.doc = undefined;
    this.id = '';
    this.isReadOnly = false;
    this.refresh();
  }

  private refresh(): void {
    this.json = this.doc?.toJson();
    this.chain = this.json ? chainOf(this.json, this.catalog) : kNoChain;
    this.emit('project', undefined);
  }

  private follow(patch: MergePatch, isEdit: boolean): void {
    try {
      this.engine?.apply(patch);
    } catch (error) {
      // Not here: the document is still telling its observers of the change.
      queueMicrotask(() => (isEdit ? this.refuse(error) : void this.reload()));
    }
    this.refresh();
  }

  private refuse(error: unknown): void {
    this.doc?.undo.undo();
    this.emit('refused', error);
  }
  /** The engine did not follow step by step: it gets the whole document. */
  private async reload(): Promise<void> {
    if (!this.doc) return;
    try {
      await this.engine?.load(this.doc.toJson());
    } catch (error) {
      this.emit('refused', error);
    }
  }

  /** What sounds into the rig: the guitar's input and everything that plays by itself. */
  get sources(): string[] {
    return Object.entries(this.json?.nodes ?? {})
      .filter(([, { type }]) => type === 'input' || this.catalog.get(type).role === 'source')
      .map(([id]) => id);
  }
  node(nodeId: string): NodeJson | undefined {
    return this.json?.nodes[nodeId];
  }
  meta(nodeId: string): ModuleMeta {
    return this.catalog.get(this.node(nodeId)?.type ?? '');
  }
  labelOf(nodeId: string): string {
    const node = this.node(nodeId);
    return node?.label ?? this.catalog.get(node?.type ?? '').label;
  }
  value(nodeId: string, param: ParamMeta): number {
    return this.turning.get(nodeId, param.id) ?? nodeValue(this.node(nodeId), param);
  }

  // Knobs

  /** `settle`: has whoever turns it mean it at once, when something else is about to be done. */
  turn(nodeId: string, paramId: string, value: number, settle?: () => void): void {
    if (this.isReadOnly || this.isLeaving) return;
    const param = paramOf(this.meta(nodeId), paramId);
    // What is fixed when a module is prepared waits until it is meant.
    if (!param?.structural) this.engine?.set(nodeId, paramId, value);
    this.turning.set({ nodeId, paramId, value, settle });
    this.emit('value', { nodeId, paramId });
  }

  mean(nodeId: string, paramId: string, value: number): void {
    this.turning.delete(nodeId, paramId);
    const label = paramOf(this.meta(nodeId), paramId)?.label ?? paramId;
    this.commit(`${label} of ${this.labelOf(nodeId)}`, (doc) =>
      doc.setParam(nodeId, paramId, value),
    );
    this.emit('value', { nodeId, paramId });
  }

  takeBack(nodeId: string, paramId: string): void {
    this.turning.delete(nodeId, paramId);
    const param = paramOf(this.meta(nodeId), paramId);
    if (param && !param.structural) {
      this.engine?.set(nodeId, paramId, nodeValue(this.node(nodeId), param));
    }
    this.emit('value', { nodeId, paramId });
  }

  /**
   * What is being turned is meant now. Before everything that leans on the document: an edit, a step of undo, the other
   * side, another project, a file.
   */
  settle(): void {
    for (const turn of this.turning.all) {
      turn.settle?.();
      if (this.turning.has(turn)) this.settleTurn(turn);
    }
  }
  private settleTurn({ nodeId, paramId, value }: Turn): void {
    const param = paramOf(this.meta(nodeId), paramId);
    const isNews = param && this.node(nodeId) && value !== nodeValue(this.node(nodeId), param);
    if (isNews && !this.isReadOnly) this.mean(nodeId, paramId, value);
    else this.takeBack(nodeId, paramId);
  }

  // Edits: each is one step of undo.

  change(label: string, edit: (doc: ProjectDoc) => void): void {
    this.settle();
    this.commit(label, edit);
  }
  private commit(label: string, edit: (doc: ProjectDoc) => void): void {
    if (this.isReadOnly) this.emit('locked', undefined);
    else if (!this.isLeaving) this.doc?.change(edit, label);
  }
  private edit(label: string, edit: (chain: ChainEdit, doc: ProjectDoc) => void): void {
    this.change(label, (doc) => edit(new ChainEdit(doc, this.catalog), doc));
  }

  insert(type: string, index = this.chain.nodes.length): string {
    let id = '';
    this.edit(`Add ${this.catalog.get(type).label}`, (chain) => (id = chain.insert(type, index)));
    return id;
  }
  /** A copy right behind it, with the same settings and files. Gives the copy's id. */
  duplicate(nodeId: string): string {
    let id = '';
    this.edit(`Duplicate ${this.labelOf(nodeId)}`, (chain) => (id = chain.duplicate(nodeId)));
    return id;
  }
  remove(nodeId: string): void {
    const label = this.labelOf(nodeId);
    this.edit(`Remove ${label}`, (chain) => chain.remove(nodeId));
    this.emit('removed', { label });
  }
  move(nodeId: string, index: number): void {
    const at = this.chain.nodes.indexOf(nodeId);
    if (at === index || index < 0 || index >= this.chain.nodes.length) return;
    this.edit(`Move ${this.labelOf(nodeId)}`, (chain) => chain.move(nodeId, index));
    this.emit('moved', { nodeId });
  }
  setBypass(nodeId: string, isBypassed: boolean): void {
    const label = `${isBypassed ? 'Bypass' : 'Switch on'} ${this.labelOf(nodeId)}`;
    this.change(label, (doc) => doc.setNodeKey(nodeId, 'bypass', isBypassed || undefined));
  }
  resetNode(nodeId: string): void {
    this.change(`Reset ${this.labelOf(nodeId)}`, (doc) => {
      for (const paramId of Object.keys(this.node(nodeId)?.params ?? {})) {
        doc.clearParam(nodeId, paramId);
      }
    });
  }
  rename(name: string): void {
    this.change('Rename', (doc) => doc.setRootKey('name', name));
  }
  /** A rig in the place of what is there, and whatever else belongs to the same step. */
  applyRig(
    { id, modules, files = {} }: RigState,
    label: string,
    more: (doc: ProjectDoc) => void = () => {},
  ): void {
    this.edit(label, (chain, doc) => {
      this.describe(doc, files);
      chain.replace(modules);
      if (id !== this.rigId) doc.setRootKey('rig', id);
      more(doc);
    });
  }
  /** A module's knobs and files as a preset has them. */
  applyModule(
    nodeId: string,
    module: PresetModule,
    files: PresetFiles | undefined,
    label: string,
  ): void {
    const name = this.node(nodeId)?.label;
    const own = name === undefined ? {} : { label: name };
    this.edit(label, (chain, doc) => {
      this.describe(doc, files ?? {});
      chain.dress(nodeId, { ...module, ...own });
    });
  }
  private describe(doc: ProjectDoc, files: PresetFiles): void {
    for (const [sha, about] of Object.entries(files)) {
      if (!this.json?.assets?.[sha]) doc.describeAsset(sha, about);
    }
  }
  /** The demo's riff, beside the guitar, into the first module. */
  addRiff(sha256: string, name: string, type: string): void {
    this.change(`Add ${name}`, (doc) => {
      doc.describeAsset(sha256, { name, kind: 'audio/clip' });
      const id = doc.addNode({
        type,
        label: name,
        params: { loop: 1, channel: 2 }, // both: one channel, so that the rig runs in mono
        assets: { audio: sha256 },
      });
      const [first] = this.chain.nodes;
      const target = first ?? (this.json && outputOf(this.json));
      if (target === undefined) return;
      const port = mainIn(this.meta(target)) ?? 'in';
      doc.addWire({ from: [id, 'out'], to: [target, port] });
    });
  }
  setAsset(nodeId: string, slot: string, sha: string, about: { name: string; kind: string }): void {
    this.change(`Load ${about.name}`, (doc) => {
      doc.describeAsset(sha, about);
      doc.setAsset(nodeId, slot, sha);
    });
  }
  /** A module's own response instead of a file. */
  useOwnResponse(nodeId: string, slot: string, paramId: string | undefined, value: number): void {
    this.change(`Response of ${this.labelOf(nodeId)}`, (doc) => {
      if (this.node(nodeId)?.assets?.[slot] !== undefined) doc.setAsset(nodeId, slot, undefined);
      if (paramId !== undefined) doc.setParam(nodeId, paramId, value);
    });
  }

  get name(): string {
    return nameOf(this.json);
  }
  get rigId(): string {
    const rig = this.json?.['rig'];
    return typeof rig === 'string' ? rig : '';
  }

  get canUndo(): boolean {
    return this.turning.all.length > 0 || this.doc?.undoLabel !== undefined;
  }
  undo(): void {
    this.step(true);
  }
  redo(): void {
    this.step(false);
  }
  private step(isBack: boolean): void {
    this.settle();
    const { doc } = this;
    const label = isBack ? doc?.undoLabel : doc?.redoLabel;
    if (!doc || label === undefined || this.isLeaving) return;
    if (this.isReadOnly) {
      this.emit('locked', undefined);
      return;
    }
    if (isBack) doc.undo.undo();
    else doc.undo.redo();
    this.emit('stepped', { isBack, label });
  }

  static newId = newId;
}
