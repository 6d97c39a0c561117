// SPDX-License-Identifier: MIT
// The files of takes: on the device; in a browser that stores nothing (a private window, blocked storage) here, until the
// page is closed.
import type { Bytes } from '../model/engine-port.ts';
import { isFull, type FileStore, type StoredFile } from './file-store.ts';
import type { TakeFiles } from './take-store.ts';

export class MemoryFiles implements TakeFiles {
  /** The device took no file; from then on they are kept here. */
  isLoose = false;
  private readonly kept = new Map<string, Bytes>();
  private device: Promise<TakeFiles> | undefined;

  constructor(private readonly open: () => Promise<FileStore>) {}

  private opened(): Promise<TakeFiles> {
    this.device ??= this.open();
    return this.device;
  }

  async read(path: string): Promise<Bytes | undefined> {
    return this.kept.get(path) ?? (await this.opened()).read(path);
  }

  async blobs(folder: string): Promise<ReadonlyMap<string, Blob>> {
    const within = `${folder}/`;
    const here = [...this.kept]
      .filter(([path]) => path.startsWith(within))
      .map(([path, bytes]) => [path.slice(within.length), new Blob([bytes])] as const);
    return new Map([...(await (await this.opened()).blobs(folder)), ...here]);
  }

  async write(path: string, bytes: Bytes): Promise<void> {
    if (!this.isLoose) {
      try {
        await (await this.opened()).write(path, bytes);
        return;
      } catch (error) {
        if (isFull(error)) throw error;
        this.isLoose = true;
      }
    }
    this.kept.set(path, bytes);
  }

  async list(folder: string): Promise<readonly StoredFile[]> {
    const within = `${folder}/`;
    const here = [...this.kept]
      .filter(([path]) => path.startsWith(within))
      .map(([path, { byteLength }]) => ({ name: path.slice(within.length), bytes: byteLength }));
    if (here.length) return here;
    return (await this.opened()).list(folder);
  }

  async removeFolder(folder: string): Promise<void> {
    for (const path of this.kept.keys()) {
      if (path.startsWith(`${folder}/`)) this.kept.delete(path);
    }
    if (!this.isLoose) await (await this.opened()).removeFolder(folder);
  }
}
