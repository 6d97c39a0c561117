// SPDX-License-Identifier: MIT
// What this device keeps: projects, their assets, takes. IndexedDB, nothing else; nothing leaves the device.
import type { Bytes } from './engine-port.ts';

export interface StoredProject {
  readonly id: string;
  readonly name: string;
  readonly savedAtMs: number;
  /** Yjs, V2. */
  readonly update: Uint8Array;
  readonly assets: readonly string[];
}
export interface StoredTake {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly madeAtMs: number;
  readonly sampleRateHz: number;
  readonly frames: number;
  readonly dry: readonly Float32Array[];
  readonly wet: readonly Float32Array[];
}
type Store = 'projects' | 'assets' | 'takes';

const kName = 'sonic-core';
const kSchema = 1;

/** Whether a write failed because the device is full. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

export class Library {
  private opened: Promise<IDBDatabase> | undefined;

  private open(): Promise<IDBDatabase> {
    this.opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(kName, kSchema);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('projects', { keyPath: 'id' });
        request.result.createObjectStore('assets');
        request.result.createObjectStore('takes', { keyPath: 'id' });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB does not open'));
    });
    return this.opened;
  }

  private async read<T>(store: Store, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const db = await this.open();
    return settled(use(db.transaction(store).objectStore(store)));
  }

  private async write(store: Store, use: (store: IDBObjectStore) => void): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction(store, 'readwrite');
    use(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      // A full disk shows here, not at the request.
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB did not write'));
    });
  }

  /** Newest first. */
  async projects(): Promise<StoredProject[]> {
    const all = await this.read(
      'projects',
      (store) => store.getAll() as IDBRequest<StoredProject[]>,
    );
    return all.sort((a, b) => b.savedAtMs - a.savedAtMs);
  }
  putProject(project: StoredProject): Promise<void> {
    return this.write('projects', (store) => store.put(project));
  }
  async deleteProject(id: string): Promise<void> {
    await this.write('projects', (store) => store.delete(id));
    const takes = await this.takes(id);
    await this.write('takes', (store) => {
      for (const take of takes) store.delete(take.id);
    });
  }

  asset(sha256: string): Promise<Bytes | undefined> {
    return this.read('assets', (store) => store.get(sha256) as IDBRequest<Bytes | undefined>);
  }
  putAsset(sha256: string, bytes: Bytes): Promise<void> {
    return this.write('assets', (store) => store.put(bytes, sha256));
  }

  async takes(projectId: string): Promise<StoredTake[]> {
    const all = await this.read('takes', (store) => store.getAll() as IDBRequest<StoredTake[]>);
    return all
      .filter((take) => take.projectId === projectId)
      .sort((a, b) => a.madeAtMs - b.madeAtMs);
  }
  putTake(take: StoredTake): Promise<void> {
    return this.write('takes', (store) => store.put(take));
  }
  deleteTake(id: string): Promise<void> {
    return this.write('takes', (store) => store.delete(id));
  }
}
