// SPDX-License-Identifier: MIT
// What this device keeps: records of projects in IndexedDB, and files. Takes have a store of their own. Nothing leaves the device.
import { Assets } from '../storage/assets.ts';
import { Database, settled } from '../storage/idb.ts';

export interface StoredProject {
  readonly id: string;
  readonly name: string;
  readonly savedAtMs: number;
  /** Yjs, V2. */
  readonly update: Uint8Array;
  readonly assets: readonly string[];
  /** Counts the writes: who did not see the last one merges it before writing. */
  readonly revision?: number;
  /** Out of the list, and still to be had back. */
  readonly removedAtMs?: number;
}

const kName = 'sonic-core';
const kSchema = 1;

export class Library {
  private readonly db = new Database<'projects'>(kName, kSchema, (db) =>
    db.createObjectStore('projects', { keyPath: 'id' }),
  );
  readonly assets = new Assets();

  /** Removed ones too, in no order. */
  allProjects(): Promise<StoredProject[]> {
    return this.db.read('projects', (store) =>
      settled(store.getAll() as IDBRequest<StoredProject[]>),
    );
  }
  /** Newest first. */
  async projects(): Promise<StoredProject[]> {
    const all = await this.allProjects();
    return all
      .filter(({ removedAtMs }) => removedAtMs === undefined)
      .sort((a, b) => b.savedAtMs - a.savedAtMs);
  }
  project(id: string): Promise<StoredProject | undefined> {
    return this.db.read('projects', (store) =>
      settled(store.get(id) as IDBRequest<StoredProject | undefined>),
    );
  }

  /**
   * Writes what `edit` makes of what is stored, and nothing when it makes nothing of it. No other tab writes in between.
   */
  async changeProject(
    id: string,
    edit: (stored: StoredProject | undefined) => StoredProject | undefined,
  ): Promise<StoredProject | undefined> {
    let made: StoredProject | undefined;
    let failed: unknown;
    const written = this.db.write(['projects'], (of) => {
      const store = of('projects');
      const request = store.get(id) as IDBRequest<StoredProject | undefined>;
      request.onsuccess = () => {
        try {
          made = edit(request.result);
          if (made) store.put(made);
        } catch (error) {
          failed = error;
          store.transaction.abort();
        }
      };
    });
    await written.catch((error: unknown) => {
      throw failed ?? error;
    });
    return made;
  }
  /** For good. */
  async eraseProject(id: string): Promise<void> {
    await this.db.write(['projects'], (of) => of('projects').delete(id));
    const { eraseTakes } = await import('../storage/erase-takes.ts');
    await eraseTakes(id);
  }
}
