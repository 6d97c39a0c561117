// SPDX-License-Identifier: MIT
// Where presets are kept: a database of their own, so that what a project no longer needs is never taken from a preset.
import type { Bytes } from '../model/engine-port.ts';
import type { Preset } from './preset.ts';

export interface KeptPresets {
  readonly presets: readonly Preset[];
  readonly favourites: readonly string[];
}
type Store = 'presets' | 'favourites' | 'files';
const kStores: readonly Store[] = ['presets', 'favourites', 'files'];
const kName = 'sonic-core-presets';
const kSchema = 1;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

export class PresetStore {
  private opened: Promise<IDBDatabase> | undefined;

  private open(): Promise<IDBDatabase> {
    this.opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(kName, kSchema);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('presets', { keyPath: 'id' });
        request.result.createObjectStore('favourites');
        request.result.createObjectStore('files');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB does not open'));
    });
    return this.opened;
  }

  private async write(use: (store: (name: Store) => IDBObjectStore) => void): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction(kStores, 'readwrite');
    use((name) => transaction.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      // A full disk shows here, not at the request.
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB did not write'));
    });
  }

  /** In the order in which they were made. */
  async all(): Promise<KeptPresets> {
    const transaction = (await this.open()).transaction(kStores);
    const [presets, favourites] = await Promise.all([
      settled(transaction.objectStore('presets').getAll() as IDBRequest<Preset[]>),
      settled(transaction.objectStore('favourites').getAllKeys() as IDBRequest<string[]>),
    ]);
    presets.sort((a, b) => (a.madeAtMs ?? 0) - (b.madeAtMs ?? 0));
    return { presets, favourites };
  }

  /** A preset and those of its files that are at hand, in one step. */
  put(preset: Preset, files: ReadonlyMap<string, Bytes>): Promise<void> {
    return this.write((store) => {
      store('presets').put(preset);
      for (const [sha, bytes] of files) store('files').put(bytes, sha);
    });
  }
  delete(id: string): Promise<void> {
    return this.write((store) => store('presets').delete(id));
  }
  mark(id: string, isFavourite: boolean): Promise<void> {
    return this.write((store) => {
      if (isFavourite) store('favourites').put(1, id);
      else store('favourites').delete(id);
    });
  }

  async file(sha256: string): Promise<Bytes | undefined> {
    const store = (await this.open()).transaction('files').objectStore('files');
    return settled(store.get(sha256) as IDBRequest<Bytes | undefined>);
  }

  /** Takes away the files that no preset names: at a start, when no deletion can be undone any more. */
  async sweep(used: ReadonlySet<string>): Promise<void> {
    const store = (await this.open()).transaction('files').objectStore('files');
    const unused = (await settled(store.getAllKeys() as IDBRequest<string[]>)).filter(
      (sha) => !used.has(sha),
    );
    if (!unused.length) return;
    await this.write((stores) => {
      for (const sha of unused) stores('files').delete(sha);
    });
  }
}
