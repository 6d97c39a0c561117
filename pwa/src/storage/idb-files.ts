// SPDX-License-Identifier: MIT
// Files in IndexedDB. Sizes lie beside the bytes, so that a list reads no file.
import type { Bytes } from '../model/engine-port.ts';
import { partsOf } from './file-path.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { Database, settled } from './idb.ts';

type Store = 'bytes' | 'sizes';
const kStores: readonly Store[] = ['bytes', 'sizes'];

const keyOf = (path: string): string => partsOf(path).join('/');
/** Every key below a folder: nothing that a part may hold comes after U+FFFF. */
const below = (folder: string) => IDBKeyRange.bound(`${keyOf(folder)}/`, `${folder}/\uffff`);

export class IdbFiles implements FileStore {
  private readonly db = new Database<Store>('sonic-core-files', 1, (db) => {
    for (const store of kStores) db.createObjectStore(store);
  });

  async read(path: string): Promise<Bytes | undefined> {
    const key = keyOf(path);
    return this.db.read('bytes', (store) =>
      settled(store.get(key) as IDBRequest<Bytes | undefined>),
    );
  }

  async blobs(folder: string): Promise<ReadonlyMap<string, Blob>> {
    const found = new Map<string, Blob>();
    for (const { name } of await this.list(folder)) {
      const bytes = await this.read(`${folder}/${name}`);
      if (bytes) found.set(name, new Blob([bytes]));
    }
    return found;
  }

  async write(path: string, bytes: Bytes): Promise<void> {
    const key = keyOf(path);
    await this.db.write(kStores, (of) => {
      // A copy of its own: a view would take its whole buffer along.
      of('bytes').put(bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(), key);
      of('sizes').put(bytes.byteLength, key);
    });
  }

  async remove(path: string): Promise<void> {
    const key = keyOf(path);
    await this.db.write(kStores, (of) => kStores.forEach((name) => of(name).delete(key)));
  }

  async removeFolder(folder: string): Promise<void> {
    const range = below(folder);
    await this.db.write(kStores, (of) => kStores.forEach((name) => of(name).delete(range)));
  }

  async list(folder: string): Promise<readonly StoredFile[]> {
    const files = await this.filesBelow(folder);
    return files.filter(({ name }) => !name.includes('/'));
  }

  async folders(folder: string): Promise<readonly string[]> {
    const files = await this.filesBelow(folder);
    const names = files.flatMap(({ name }) => name.split('/').slice(0, -1).slice(0, 1));
    return [...new Set(names)];
  }

  private async filesBelow(folder: string): Promise<StoredFile[]> {
    const range = below(folder);
    const [keys, sizes] = await this.db.read('sizes', (store) =>
      Promise.all([
        settled(store.getAllKeys(range)),
        settled(store.getAll(range) as IDBRequest<number[]>),
      ]),
    );
    return keys.map((key, i) => ({
      name: String(key).slice(folder.length + 1),
      bytes: sizes[i] ?? 0,
    }));
  }
}
