// SPDX-License-Identifier: MIT
// Files of this page on this device: assets, pieces of takes. The browser's own file system where it has one that
// writes, IndexedDB where not. A write is whole or did not happen.
import type { Bytes } from '../model/engine-port.ts';
import { IdbFiles } from './idb-files.ts';
import { LayeredFiles } from './layered-files.ts';
import { OpfsFiles } from './opfs-files.ts';

export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
}

/** Paths are like `takes/7f3a/0001`: parts of letters, digits, dots, dashes and underscores. */
export interface FileStore {
  read(path: string): Promise<Bytes | undefined>;
  /** All files directly in a folder, by name, read only when they are used; no longer good once one is written anew. */
  blobs(folder: string): Promise<ReadonlyMap<string, Blob>>;
  /** Replaces what is there. Rejects with what `isFull` knows when the device has no room. */
  write(path: string, bytes: Bytes): Promise<void>;
  /** Nothing happens when there is no such file. */
  remove(path: string): Promise<void>;
  /** The files directly in a folder, by name; none when there is no such folder. */
  list(folder: string): Promise<readonly StoredFile[]>;
  /** The names of the folders directly in a folder. */
  folders(folder: string): Promise<readonly string[]>;
  /** With all that is in it. */
  removeFolder(folder: string): Promise<void>;
}

/** Whether a write failed because the device is full. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

/** Never rejects: a store that is refused shows at its first read or write. */
export async function openFileStore(): Promise<FileStore> {
  const files = new IdbFiles();
  const root = await OpfsFiles.root();
  // What an older version of this browser put into IndexedDB is still found.
  return root ? new LayeredFiles(new OpfsFiles(root), files) : files;
}
