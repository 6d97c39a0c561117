// SPDX-License-Identifier: MIT
// What plays between input and output, as presets see it: load, take back, step through, compare two sides.
import type { ProjectDoc } from 'sonic-core/document';
import { sentenceOf } from '../model/engine-port.ts';
import type { Session } from '../model/session.ts';
import type { Shell } from '../model/shell.ts';
import type { Assets } from '../storage/assets.ts';
import { type Preset, type PresetFiles, type PresetModule, isSameSound, tidy } from './preset.ts';
import type { Presets } from './presets.ts';

export type Side = 'A' | 'B';
/** One side of A and B: where it came from, and what it is. */
interface RigSide {
  readonly rig: string;
  readonly modules: readonly PresetModule[];
}
/** The side that is on, and the other one, as keys of the project: they are kept and undone with it. */
const kSideKey = 'side';
/** In a list of one: a merge patch would mix two objects, and replaces a list. */
const kOtherKey = 'otherSide';

function isSide(value: unknown): value is RigSide {
  const { rig, modules } = (value ?? {}) as Partial<RigSide>;
  if (typeof rig !== 'string' || !Array.isArray(modules)) return false;
  return modules.every(({ type }: PresetModule) => typeof type === 'string');
}

export class RigChanger {
  constructor(
    private readonly session: Session,
    private readonly presets: Presets,
    private readonly shell: Shell,
    private readonly assets: Pick<Assets, 'put'>,
  ) {}

  /** What the rack holds now, without what is still being turned. */
  get modules(): PresetModule[] {
    const { session } = this;
    return session.chain.nodes.flatMap((id) => {
      const node = session.node(id);
      return node ? [tidy(node, session.catalog)] : [];
    });
  }
  get files(): PresetFiles {
    return this.session.json?.assets ?? {};
  }
  /** The preset that the rig came from, if it is still there. */
  get current(): Preset | undefined {
    return this.presets.rig(this.session.rigId);
  }
  get name(): string {
    return this.current?.name ?? this.session.name;
  }
  /** The rig is no longer what its preset is. */
  get isEdited(): boolean {
    const { current, session } = this;
    return current !== undefined && !isSameSound(this.modules, current.modules, session.catalog);
  }

  /** False when the rig is this already. */
  async load(preset: Preset): Promise<boolean> {
    this.session.settle();
    if (preset.id === this.session.rigId && !this.isEdited) return false;
    await this.apply(preset, preset.name);
    this.shell.say(`${preset.name} loaded`, {
      label: 'Undo',
      run: () => this.session.undo(),
    });
    return true;
  }
  async revert(): Promise<void> {
    const { current } = this;
    if (current) await this.apply(current, `Back to ${current.name}`);
  }
  private async apply({ id, modules, files }: Preset, label: string): Promise<void> {
    // Without a file of its own it is there at once, as a key that is held down wants it.
    if (files) await this.fetch(files);
    this.session.applyRig({ id, modules, files }, label);
  }
  private async fetch(files: PresetFiles): Promise<void> {
    const { engine } = this.session;
    for (const [sha, { name }] of Object.entries(files)) {
      if (engine?.asset(sha)) continue;
      const bytes = await this.presets.file(sha);
      // Before the first press there is no engine: it takes the project's files from there.
      if (bytes && engine) engine.keepFile(sha, bytes);
      else if (bytes) await this.assets.put(sha, bytes);
      else this.shell.say(`${name} is no longer on this device`);
    }
  }

  /** A module's preset, onto one module. */
  async loadModule(nodeId: string, { name, modules, files }: Preset): Promise<void> {
    const [module] = modules;
    if (!module) return;
    if (files) await this.fetch(files);
    const { session } = this;
    session.applyModule(nodeId, module, files, `${name} for ${session.labelOf(nodeId)}`);
    this.shell.say(`${name} loaded`, { label: 'Undo', run: () => session.undo() });
  }

  /** To the next or the previous one of those that are listed, around the end. */
  async step(direction: 1 | -1): Promise<void> {
    const { rigs, own } = this.presets.found;
    const list = [...rigs, ...own];
    if (!list.length) {
      this.shell.say('No preset fits what you look for');
      return;
    }
    const at = list.findIndex(({ id }) => id === this.session.rigId);
    const from = at < 0 && direction < 0 ? 0 : at;
    const next = list[(from + direction + list.length) % list.length];
    if (next) await this.load(next);
  }

  // A and B

  get side(): Side {
    return this.session.json?.[kSideKey] === 'B' ? 'B' : 'A';
  }
  private get here(): RigSide {
    return { rig: this.session.rigId, modules: this.modules };
  }
  /** Not touched yet, it is what this side is. */
  private get there(): RigSide {
    const kept = this.session.json?.[kOtherKey];
    const side: unknown = Array.isArray(kept) ? kept[0] : undefined;
    return isSide(side) ? side : this.here;
  }
  get sidesDiffer(): boolean {
    return !isSameSound(this.modules, this.there.modules, this.session.catalog);
  }

  setSide(side: Side): void {
    if (side === this.side) return;
    this.session.settle();
    const { here, there, session } = this;
    this.attempt(() =>
      session.applyRig(
        { id: there.rig, modules: there.modules, files: this.files },
        `Switch to ${side}`,
        (doc) => {
          doc.setRootKey(kSideKey, side);
          doc.setRootKey(kOtherKey, [here]);
        },
      ),
    );
  }
  /** The side that is on becomes what the other one is, too. */
  copySide(): void {
    const other = this.side === 'A' ? 'B' : 'A';
    // What this side is is read inside the edit: behind a turn that it settles.
    this.session.change(`Copy ${this.side} to ${other}`, (doc: ProjectDoc) =>
      doc.setRootKey(kOtherKey, [this.here]),
    );
    this.shell.say(`${this.side} copied to ${other}`, {
      label: 'Undo',
      run: () => this.session.undo(),
    });
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.shell.say(sentenceOf(error));
    }
  }
}
