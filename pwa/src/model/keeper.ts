// SPDX-License-Identifier: MIT
// Keeps the open project on this device: within five seconds of an edit, with its assets, and in one tab at a time.
import { ProjectDoc } from 'sonic-core/document';
import { isFull } from '../storage/file-store.ts';
import { askToPersist } from '../storage/persist.ts';
import { ProjectLock } from '../storage/project-lock.ts';
import { Autosave, type SaveState } from './autosave.ts';
import { Emitter } from './emitter.ts';
import type { EnginePort } from './engine-port.ts';
import type { Library, StoredProject } from './library.ts';
import { nameOf, type Session } from './session.ts';
import type { Shell } from './shell.ts';

export interface KeeperEvents {
  change: undefined;
  full: undefined;
  /** It cannot be kept at all, as in a private window. */
  blocked: undefined;
  /** Another project is open, or none. */
  opened: undefined;
  /** The open project went to another tab, or came back from one. */
  moved: 'away' | 'back';
}
type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
/** The project that was open last. */
const kLastKey = 'sonic-core.last-project';

export class Keeper extends Emitter<KeeperEvents> {
  state: SaveState = 'none';
  savedAtMs = 0;
  readonly lock: ProjectLock;
  /** Files that are known to be in the library. */
  private stored = new Set<string>();
  /** The last write of the open project that is in the document. */
  private revision = 0;
  private hasAskedToPersist = false;
  /** Something was done here since the last write. */
  private isEdited = false;
  private readonly autosave: Autosave;
  private unfollow: (() => void) | undefined;
  private leaving: Promise<void> = Promise.resolve();

  constructor(
    private readonly session: Session,
    private readonly library: Library,
    private readonly shell: Shell,
    private readonly memory: Memory | undefined,
  ) {
    super();
    this.autosave = new Autosave({
      save: () => this.save(),
      onState: (state, error) => this.note(state, error),
    });
    this.lock = new ProjectLock(() => this.handOver());
    this.lock.on('lost', () => {
      this.followLock();
      this.emit('moved', 'away');
    });
    this.lock.on('granted', () => void this.resume());
    // A page that is put away may not come back.
    globalThis.document?.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.flush();
    });
    globalThis.addEventListener?.('pagehide', () => void this.flush());
  }

  /** In the place of the open project, which is kept first. `from`: the record that it was read from. */
  open(doc: ProjectDoc, id: string, from?: StoredProject): Promise<void> {
    return this.leave(async () => {
      const before = this.session.id;
      await this.lock.hold(id);
      try {
        await this.session.open(doc, id);
      } catch (error) {
        if (this.session.doc) await this.lock.hold(before);
        this.followLock();
        throw error;
      }
      this.revision = from?.revision ?? 0;
      // What a record names need not be there.
      this.stored = new Set();
      this.state = 'none';
      this.unfollow?.();
      this.isEdited = false;
      this.unfollow = doc.observe((_, source) => {
        if (source !== 'remote') this.isEdited = true;
        this.autosave.touch();
      });
      this.followLock();
      this.emit('opened', undefined);
    });
  }
  close(): Promise<void> {
    return this.leave(async () => {
      this.unfollow?.();
      this.unfollow = undefined;
      this.lock.release();
      this.state = 'none';
      await this.session.close();
      this.emit('opened', undefined);
      this.emit('change', undefined);
    });
  }
  /** What is open is written first, and not changed any more; one after the other, however fast they are asked for. */
  private leave(go: () => Promise<void>): Promise<void> {
    const gone = this.leaving.then(async () => {
      const { session } = this;
      session.settle();
      session.isLeaving = true;
      try {
        await this.autosave.flush();
        await go();
      } finally {
        session.isLeaving = false;
      }
    });
    this.leaving = gone.catch(() => undefined);
    return gone;
  }

  keepNow(): void {
    this.autosave.touch();
  }
  /** Kept when this is over, if the device takes it. */
  async saveNow(): Promise<void> {
    this.autosave.touch();
    await this.flush();
  }

  /** What was changed is written when this is done. */
  flush(): Promise<void> {
    this.session.settle();
    return this.autosave.flush();
  }

  /** Whether there is a project to go straight into; known at once. */
  get hasLast(): boolean {
    return (this.memory?.getItem(kLastKey) ?? '') !== '';
  }
  /** The one that was open last, or else the newest. */
  async last(): Promise<StoredProject | undefined> {
    try {
      const all = await this.library.projects();
      const id = this.memory?.getItem(kLastKey);
      return all.find((project) => project.id === id) ?? all[0];
    } catch {
      // Private windows of some browsers have no store: nothing is kept, and nothing is missing.
      return undefined;
    }
  }
  forgetLast(): void {
    this.memory?.removeItem(kLastKey);
  }

  /** False when the project cannot be opened any more; it stays in the store. */
  async restore({ id, name }: StoredProject): Promise<boolean> {
    try {
      // It may be the open one: what is read is to have all that was done to it.
      await this.flush();
      const stored = await this.library.project(id);
      if (!stored) throw new Error('it is not on this device any more.');
      const doc = ProjectDoc.fromUpdate(stored.update);
      const { engine } = this.session;
      if (engine) await this.supply(engine, assetsOf(doc));
      await this.open(doc, id, stored);
      this.memory?.setItem(kLastKey, id);
      this.savedAtMs = stored.savedAtMs;
      this.note('saved');
      return true;
    } catch (error) {
      this.shell.say(`“${name}” does not open: ${String(error)}`);
      return false;
    }
  }

  /** Gives the engine the files of a project, by default of the open one. */
  async supply(engine: EnginePort, assets = this.assets): Promise<void> {
    for (const sha of assets) {
      const bytes = engine.asset(sha) ?? (await this.library.assets.get(sha));
      if (bytes) engine.keepFile(sha, bytes);
    }
  }
  private get assets(): readonly string[] {
    return Object.keys(this.session.json?.assets ?? {});
  }

  // One tab at a time

  private followLock(): void {
    this.session.isReadOnly = this.lock.state === 'elsewhere';
    this.emit('change', undefined);
  }
  /** Another tab asks: what is here is written before it reads. */
  private async handOver(): Promise<void> {
    this.session.settle();
    this.session.isReadOnly = true;
    await this.autosave.flush();
  }
  /** It is here again: what the other tab made of it comes first. */
  private async resume(): Promise<void> {
    const { doc, id, engine } = this.session;
    try {
      const stored = await this.library.project(id);
      if (this.session.doc !== doc) return;
      if (stored && doc) {
        if (engine) await this.supply(engine, stored.assets);
        doc.merge(stored.update);
        this.revision = stored.revision ?? 0;
      }
    } catch (error) {
      this.shell.say(`What the other tab did cannot be read: ${String(error)}`);
    }
    this.followLock();
    this.emit('moved', 'back');
  }

  private async save(): Promise<void> {
    const { session } = this;
    const { doc, id, engine } = session;
    // What was done before another tab took the project is written all the same: writes merge.
    if (!doc || (this.lock.state === 'elsewhere' && !this.isEdited)) return;
    this.isEdited = false;
    try {
      await this.write(doc, id, engine);
    } catch (error) {
      this.isEdited = true;
      throw error;
    }
    this.memory?.setItem(kLastKey, id);
    if (this.hasAskedToPersist) return;
    this.hasAskedToPersist = true;
    void askToPersist();
  }
  private async write(doc: ProjectDoc, id: string, engine: EnginePort | undefined): Promise<void> {
    const savedAtMs = Date.now();
    const written = await this.library.assets.whileWriting(async () => {
      await this.keepFiles(assetsOf(doc), engine);
      return this.library.changeProject(id, (there) => {
        const revision = there?.revision ?? 0;
        // Where the browser has no locks, another tab may have written: nothing of it is lost.
        if (there && revision !== this.revision) doc.merge(there.update);
        return {
          id,
          name: nameOf(doc.toJson()),
          savedAtMs,
          update: doc.toUpdate(),
          assets: assetsOf(doc),
          revision: revision + 1,
        };
      });
    });
    this.revision = written?.revision ?? 0;
    this.savedAtMs = savedAtMs;
  }
  /** Those that the device does not have, if they are at hand. */
  private async keepFiles(named: readonly string[], engine: EnginePort | undefined) {
    if (named.every((sha) => this.stored.has(sha))) return;
    const { assets } = this.library;
    for (const sha of await assets.list()) this.stored.add(sha);
    for (const sha of named) {
      const bytes = this.stored.has(sha) ? undefined : engine?.asset(sha);
      if (!bytes) continue;
      await assets.put(sha, bytes);
      this.stored.add(sha);
    }
  }
  private note(state: SaveState, error?: unknown): void {
    this.state = state;
    if (state === 'failed') this.emit(isFull(error) ? 'full' : 'blocked', undefined);
    this.emit('change', undefined);
  }
}

const assetsOf = (doc: ProjectDoc): readonly string[] => Object.keys(doc.toJson().assets ?? {});
