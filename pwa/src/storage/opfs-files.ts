// SPDX-License-Identifier: MIT
// The browser's own file system, which only this page sees. createWritable writes beside the file and puts it in its
// place at close(): a page that dies in between leaves the old one.
import type { Bytes } from '../model/engine-port.ts';
import { partsOf } from './file-path.ts';
import type { FileStore, StoredFile } from './file-store.ts';

/** What Chromium calls a file that is being written. */
const kUnfinished = /\.crswap$/;

const kAskedAtOnce = 32;

const isMissing = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NotFoundError';

async function unlessMissing<T>(use: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
}

/**
 * No room for a large write shows in Chromium as QuotaExceededError, or as an AbortError when the pipe to the disk broke
 * before it said why. Nothing here aborts a write that is going on.
 */
const toldApart = (error: unknown): unknown =>
  error instanceof DOMException && error.name === 'AbortError'
    ? new DOMException('There is no room left.', 'QuotaExceededError')
    : error;

export class OpfsFiles implements FileStore {
  constructor(private readonly top: FileSystemDirectoryHandle) {}

  /** Undefined where the browser has no such file system, cannot write to it from a page, or refuses it. */
  static async root(): Promise<FileSystemDirectoryHandle | undefined> {
    const { FileSystemFileHandle: Handle } = globalThis as Partial<typeof globalThis>;
    if (!Handle || !('createWritable' in Handle.prototype)) return undefined;
    const storage = (navigator as Partial<Navigator>).storage as
      Partial<StorageManager> | undefined;
    try {
      return await storage?.getDirectory?.();
    } catch {
      return undefined; // Private windows of some browsers.
    }
  }

  private async folder(parts: readonly string[], create = false) {
    let folder = this.top;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
    return folder;
  }
  private split(path: string): { parents: string[]; name: string } {
    const parents: string[] = [...partsOf(path)];
    return { name: parents.pop() ?? '', parents };
  }

  async read(path: string): Promise<Bytes | undefined> {
    const { parents, name } = this.split(path);
    return unlessMissing(async () => {
      const handle = await (await this.folder(parents)).getFileHandle(name);
      return new Uint8Array(await (await handle.getFile()).arrayBuffer());
    }, undefined);
  }

  async write(path: string, bytes: Bytes): Promise<void> {
    const { parents, name } = this.split(path);
    const folder = await this.folder(parents, true);
    const isNew = await unlessMissing(async () => {
      await folder.getFileHandle(name);
      return false;
    }, true);
    const handle = await folder.getFileHandle(name, { create: true });
    try {
      const writable = await handle.createWritable();
      try {
        await writable.write(bytes);
      } catch (error) {
        await writable.abort().catch(() => undefined);
        throw toldApart(error);
      }
      await writable.close();
    } catch (error) {
      // An empty file is not what was there before.
      if (isNew) await folder.removeEntry(name).catch(() => undefined);
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    const { parents, name } = this.split(path);
    await unlessMissing(async () => (await this.folder(parents)).removeEntry(name), undefined);
  }

  async list(folder: string): Promise<readonly StoredFile[]> {
    const files = [...(await this.blobs(folder))].map(([name, { size }]) => ({
      name,
      bytes: size,
    }));
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async blobs(folder: string): Promise<ReadonlyMap<string, Blob>> {
    const parts = partsOf(folder);
    return unlessMissing(async () => {
      const handles: FileSystemFileHandle[] = [];
      for await (const handle of (await this.folder(parts)).values()) {
        if (handle.kind === 'file' && !kUnfinished.test(handle.name)) {
          handles.push(handle as FileSystemFileHandle);
        }
      }
      // Some at once: one after the other takes seconds for a long take, all together holds the page up.
      const found = new Map<string, Blob>();
      for (let at = 0; at < handles.length; at += kAskedAtOnce) {
        const some = handles.slice(at, at + kAskedAtOnce).map((handle) => handle.getFile());
        for (const file of await Promise.all(some)) found.set(file.name, file);
      }
      return found;
    }, new Map<string, Blob>());
  }

  async folders(folder: string): Promise<readonly string[]> {
    const parts = partsOf(folder);
    return unlessMissing(async () => {
      const names: string[] = [];
      for await (const [name, handle] of (await this.folder(parts)).entries()) {
        if (handle.kind === 'directory') names.push(name);
      }
      return names.sort();
    }, []);
  }

  async removeFolder(folder: string): Promise<void> {
    const { parents, name } = this.split(folder);
    await unlessMissing(
      async () => (await this.folder(parents)).removeEntry(name, { recursive: true }),
      undefined,
    );
  }
}
