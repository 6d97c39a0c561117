// SPDX-License-Identifier: MIT
// Where presets are kept: a database of their own, so that what a project no longer needs is never taken from a preset.
import type { Bytes } from '../model/engine-port.ts';
import { Database, settled } from '../storage/idb.ts';
import type { Preset } from './preset.ts';

export interface KeptPresets {
  readonly presets: readonly Preset[];
  readonly favourites: readonly string[];
}
type Store = 'presets' | 'favourites' | 'files';
const kStores: readonly Store[] = ['presets', 'favourites', 'files'];

export class PresetStore {
  private readonly db = new Database<Store>('sonic-core-presets', 1, (db) => {
    db.createObjectStore('presets', { keyPath: 'id' });
    db.createObjectStore('favourites');
    db.createObjectStore('files');
  });

  /** In the order in which they were made. */
  async all(): Promise<KeptPresets> {
    const presets = await this.db.read('presets', (store) =>
      settled(store.getAll() as IDBRequest<Preset[]>),
    );
    const favourites = await this.db.read('favourites', (store) =>
      settled(store.getAllKeys() as IDBRequest<string[]>),
    );
    presets.sort((a, b) => (a.madeAtMs ?? 0) - (b.madeAtMs ?? 0));
    return { presets, favourites };
  }

  /** A preset and those of its files that are at hand, in one step. */
  put(preset: Preset, files: ReadonlyMap<string, Bytes>): Promise<void> {
    return this.db.write(kStores, (store) => {
      store('presets').put(preset);
      for (const [sha, bytes] of files) store('files').put(bytes, sha);
    });
  }
  delete(id: string): Promise<void> {
    return this.db.write(kStores, (store) => store('presets').delete(id));
  }
  mark(id: string, isFavourite: boolean): Promise<void> {
    return this.db.write(kStores, (store) => {
      if (isFavourite) store('favourites').put(1, id);
      else store('favourites').delete(id);
    });
  }

  file(sha256: string): Promise<Bytes | undefined> {
    return this.db.read('files', (store) =>
      settled(store.get(sha256) as IDBRequest<Bytes | undefined>),
    );
  }

  /** Takes away the files that no preset names: at a start, when no deletion can be undone any more. */
  sweep(): Promise<void> {
    // One step: another tab may be saving a preset right now.
    return this.db.write(['presets', 'files'], (of) => {
      const presets = of('presets').getAll() as IDBRequest<Preset[]>;
      const kept = of('files').getAllKeys() as IDBRequest<string[]>;
      // Answered behind the first one.
      kept.onsuccess = () => {
        const used = new Set(presets.result.flatMap(({ files }) => Object.keys(files ?? {})));
        for (const sha of kept.result) if (!used.has(sha)) of('files').delete(sha);
      };
    });
  }
}
