// SPDX-License-Identifier: MIT
// The projects of this device as a list: found, named, doubled, thrown away and had back.
import { newId, ProjectDoc } from 'sonic-core/document';
import type { Preset } from '../presets/preset.ts';
import { rigProject } from '../rigs/rig.ts';
import { isProjectOpen } from '../storage/project-lock.ts';
import type { App } from './app.ts';
import { Emitter } from './emitter.ts';
import type { ProjectJson } from './engine-port.ts';
import type { StoredProject } from './library.ts';

export interface ListedProject {
  readonly stored: StoredProject;
  readonly json: ProjectJson;
  /** Here, in another tab, or nowhere. */
  readonly open: 'here' | 'elsewhere' | undefined;
}
const kEmptyRig: Preset = { kind: 'rig', id: '', name: 'Untitled', tags: [], modules: [] };

export class ProjectList extends Emitter<{ change: undefined }> {
  /** Undefined while it is read. */
  all: readonly ListedProject[] | undefined;
  /** Nothing can be kept on this device. */
  isBlocked = false;
  search = '';
  /** Decoded once for a write. */
  private readonly decoded = new Map<string, { revision: number | undefined; json: ProjectJson }>();

  constructor(private readonly app: App) {
    super();
  }

  async read(): Promise<void> {
    try {
      const stored = await this.app.library.projects();
      const here = this.app.session.id;
      const listed: ListedProject[] = [];
      for (const project of stored) {
        const open =
          project.id === here
            ? 'here'
            : (await isProjectOpen(project.id))
              ? 'elsewhere'
              : undefined;
        listed.push({ stored: project, json: this.jsonOf(project), open });
      }
      this.all = listed;
      this.isBlocked = false;
    } catch {
      this.all = [];
      this.isBlocked = true;
    }
    this.emit('change', undefined);
  }

  private jsonOf({ id, revision, update }: StoredProject): ProjectJson {
    const known = this.decoded.get(id);
    if (known && known.revision === revision) return known.json;
    let json: ProjectJson = { format: 'sonic-core', version: 1, nodes: {}, wires: {} };
    try {
      const doc = ProjectDoc.fromUpdate(update);
      json = doc.toJson();
      doc.destroy();
    } catch {
      // Listed all the same: it says so when it is opened.
    }
    this.decoded.set(id, { revision, json });
    return json;
  }

  /** Every word is somewhere in the name or the modules. */
  get found(): readonly ListedProject[] {
    const words = this.search.toLowerCase().split(/\s+/);
    const { catalog } = this.app.session;
    return (this.all ?? []).filter(({ stored, json }) => {
      const modules = Object.values(json.nodes).map(({ type }) => catalog.get(type).label);
      const text = `${stored.name} ${modules.join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }
  searchFor(text: string): void {
    this.search = text;
    this.emit('change', undefined);
  }

  async open(project: StoredProject): Promise<void> {
    const { app } = this;
    if (project.id !== app.session.id && !(await app.openStored(project))) return;
    app.dialogs.close();
    app.enterRack();
  }

  /** A rig as a project of its own, or an empty one. Kept at once: it was asked for by name. */
  async create(rig: Preset = kEmptyRig): Promise<void> {
    const { app } = this;
    const project = rigProject(rig, { name: this.freshName(rig.name) });
    await app.openDoc(ProjectDoc.fromJson(project), true);
    app.dialogs.close();
    app.enterRack();
  }

  /** "Small combo", "Small combo 2", … */
  private freshName(name: string): string {
    const taken = new Set((this.all ?? []).map(({ stored }) => stored.name));
    let fresh = name;
    for (let n = 2; taken.has(fresh); n += 1) fresh = `${name} ${n}`;
    return fresh;
  }

  async rename({ id }: StoredProject, name: string): Promise<void> {
    const { app } = this;
    const trimmed = name.trim().slice(0, 80);
    if (!trimmed) return;
    if (id === app.session.id) {
      app.session.rename(trimmed);
      await app.keeper.saveNow();
    } else {
      await app.library.changeProject(id, (stored) => {
        if (!stored) return undefined;
        const doc = ProjectDoc.fromUpdate(stored.update);
        doc.change((project) => project.setRootKey('name', trimmed), 'Rename');
        const update = doc.toUpdate();
        doc.destroy();
        return { ...stored, name: trimmed, update, revision: (stored.revision ?? 0) + 1 };
      });
    }
    await this.read();
  }

  /** Its takes stay with the first one. */
  async duplicate(project: StoredProject): Promise<string> {
    const { app } = this;
    if (project.id === app.session.id) await app.keeper.flush();
    const { id } = project;
    const stored = (await app.library.project(id)) ?? project;
    const doc = ProjectDoc.fromUpdate(stored.update);
    const name = this.freshName(`${stored.name} copy`);
    doc.change((copy) => copy.setRootKey('name', name), 'Rename');
    const copy: StoredProject = {
      id: newId(),
      name,
      savedAtMs: Date.now(),
      update: doc.toUpdate(),
      assets: stored.assets,
      revision: 1,
    };
    doc.destroy();
    await app.library.changeProject(copy.id, () => copy);
    await this.read();
    return copy.id;
  }

  /** Out of the list; gone for good when another project is opened later. False: another tab has it open. */
  async remove({ id }: StoredProject): Promise<boolean> {
    const { app } = this;
    const isHere = id === app.session.id;
    if (!isHere && (await isProjectOpen(id))) return false;
    if (isHere) await app.closeProject();
    await app.library.changeProject(
      id,
      (stored) => stored && { ...stored, removedAtMs: Date.now() },
    );
    await this.read();
    return true;
  }
  async bringBack({ id }: StoredProject): Promise<void> {
    await this.app.library.changeProject(id, (stored) => {
      if (!stored) return undefined;
      const { removedAtMs: _, ...kept } = stored;
      return kept;
    });
    await this.read();
  }
}
