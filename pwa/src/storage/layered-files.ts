// SPDX-License-Identifier: MIT
// Two stores as one: written to the first, read from either. For a browser that learned to keep files after it kept
// some in IndexedDB.
import type { Bytes } from '../model/engine-port.ts';
import type { FileStore, StoredFile } from './file-store.ts';

export class LayeredFiles implements FileStore {
  constructor(
    private readonly first: FileStore,
    private readonly older: FileStore,
  ) {}

  async read(path: string): Promise<Bytes | undefined> {
    return (await this.first.read(path)) ?? (await this.older.read(path));
  }
  async blobs(folder: string): Promise<ReadonlyMap<string, Blob>> {
    const [older, first] = await Promise.all([this.older.blobs(folder), this.first.blobs(folder)]);
    return new Map([...older, ...first]);
  }
  write(path: string, bytes: Bytes): Promise<void> {
    return this.first.write(path, bytes);
  }
  async remove(path: string): Promise<void> {
    await Promise.all([this.first.remove(path), this.older.remove(path)]);
  }
  async list(folder: string): Promise<readonly StoredFile[]> {
    const lists = await Promise.all([this.older.list(folder), this.first.list(folder)]);
    const byName = new Map(lists.flat().map((file) => [file.name, file]));
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  async folders(folder: string): Promise<readonly string[]> {
    const lists = await Promise.all([this.older.folders(folder), this.first.folders(folder)]);
    return [...new Set(lists.flat())].sort();
  }
  async removeFolder(folder: string): Promise<void> {
    await Promise.all([this.first.removeFolder(folder), this.older.removeFolder(folder)]);
  }
}
