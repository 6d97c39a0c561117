// SPDX-License-Identifier: MIT
// Keeps the open project on this device: within five seconds of an edit, with its assets.
import { ProjectDoc } from 'sonic-core/document';
import { Autosave, type SaveState } from './autosave.ts';
import { Emitter } from './emitter.ts';
import type { EnginePort } from './engine-port.ts';
import { isFull, type Library, type StoredProject } from './library.ts';
import type { Session } from './session.ts';
import type { Shell } from './shell.ts';

export class Keeper extends Emitter<{ change: undefined; full: undefined }> {
  state: SaveState = 'none';
  savedAtMs = 0;
  /** What is known to be in the library already. */
  private readonly stored = new Set<string>();
  private readonly autosave: Autosave;
  private unfollow: (() => void) | undefined;

  constructor(
    private readonly session: Session,
    private readonly library: Library,
    private readonly shell: Shell,
  ) {
    super();
    this.autosave = new Autosave({
      save: () => this.save(),
      onState: (state, error) => this.note(state, error),
    });
    // A page that is put away may not come back.
    globalThis.document?.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.autosave.flush();
    });
    globalThis.addEventListener?.('pagehide', () => void this.autosave.flush());
  }

  /** Follows the session's document from now on. `keepNow`: it is worth keeping before any edit. */
  follow(keepNow: boolean): void {
    this.unfollow?.();
    this.state = 'none';
    this.unfollow = this.session.doc?.observe(() => this.autosave.touch());
    if (keepNow) this.keepNow();
    this.emit('change', undefined);
  }
  keepNow(): void {
    this.autosave.touch();
  }
  /** Kept when this is over, if the device takes it. */
  async saveNow(): Promise<void> {
    this.autosave.touch();
    await this.autosave.flush();
  }

  /** What was changed is written when this is done. */
  flush(): Promise<void> {
    return this.autosave.flush();
  }

  /** Before another project takes this one's place. */
  async leave(): Promise<void> {
    await this.autosave.flush();
    this.unfollow?.();
    this.unfollow = undefined;
  }

  async last(): Promise<StoredProject | undefined> {
    try {
      const [newest] = await this.library.projects();
      return newest;
    } catch {
      // Private windows of some browsers have no store: nothing is kept, and nothing is missing.
      return undefined;
    }
  }

  /** The newest of those that are not open. */
  async others(count = 5): Promise<readonly StoredProject[]> {
    try {
      const all = await this.library.projects();
      return all.filter(({ id }) => id !== this.session.id).slice(0, count);
    } catch {
      return [];
    }
  }

  /** False when the project cannot be opened any more; it stays in the store. */
  async restore(stored: StoredProject, engine: EnginePort): Promise<boolean> {
    try {
      const doc = ProjectDoc.fromUpdate(stored.update);
      for (const sha of Object.keys(doc.toJson().assets ?? {})) {
        const bytes = await this.library.asset(sha);
        if (!bytes) continue;
        engine.keepFile(sha, bytes);
        this.stored.add(sha);
      }
      await this.leave();
      await this.session.open(doc, stored.id);
      this.follow(false);
      this.note('saved');
      this.savedAtMs = stored.savedAtMs;
      return true;
    } catch (error) {
      this.shell.say(`“${stored.name}” does not open: ${String(error)}`);
      return false;
    }
  }

  private async save(): Promise<void> {
    const { doc, id, name, json, engine } = this.session;
    if (!doc) return;
    const assets = Object.keys(json?.assets ?? {});
    for (const sha of assets) {
      const bytes = this.stored.has(sha) ? undefined : engine?.asset(sha);
      if (!bytes) continue;
      await this.library.putAsset(sha, bytes);
      this.stored.add(sha);
    }
    const savedAtMs = Date.now();
    await this.library.putProject({ id, name, savedAtMs, update: doc.toUpdate(), assets });
    this.savedAtMs = savedAtMs;
  }

  private note(state: SaveState, error?: unknown): void {
    this.state = state;
    if (state === 'failed' && isFull(error)) this.emit('full', undefined);
    this.emit('change', undefined);
  }
}
