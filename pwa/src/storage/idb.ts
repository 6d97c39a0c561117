// SPDX-License-Identifier: MIT
// IndexedDB with promises.

export const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

/** Resolves when all of it is on the disk. A full disk shows here, not at the request. */
const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB did not write'));
  });

/** Opened when it is first used, and again after it was closed or refused. */
export class Database<Store extends string> {
  private opened: Promise<IDBDatabase> | undefined;

  /** `upgrade` makes the stores that are missing, whatever was there before. */
  constructor(
    private readonly name: string,
    private readonly version: number,
    private readonly upgrade: (db: IDBDatabase) => void,
  ) {}

  private open(): Promise<IDBDatabase> {
    const forget = () => (this.opened = undefined);
    this.opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(this.name, this.version);
      request.onupgradeneeded = () => this.upgrade(request.result);
      request.onsuccess = () => {
        const db = request.result;
        db.onclose = forget;
        // A newer version of the app in another tab goes first.
        db.onversionchange = () => {
          forget();
          db.close();
        };
        resolve(db);
      };
      request.onerror = () => {
        forget();
        reject(request.error ?? new Error('IndexedDB does not open'));
      };
    });
    return this.opened;
  }

  /** Nothing may be awaited in `use` but what was asked of the store: the transaction would end. */
  async read<T>(store: Store, use: (store: IDBObjectStore) => T | Promise<T>): Promise<T> {
    return use((await this.open()).transaction(store).objectStore(store));
  }

  /** All of it or nothing. */
  async write(
    stores: readonly Store[],
    use: (of: (name: Store) => IDBObjectStore) => void,
  ): Promise<void> {
    const transaction = (await this.open()).transaction(stores, 'readwrite');
    const done = finished(transaction);
    use((name) => transaction.objectStore(name));
    await done;
  }
}
