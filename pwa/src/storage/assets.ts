// SPDX-License-Identifier: MIT
// The files that projects name by their SHA-256: dropped WAVs, the demo's riff. One file, however many projects name it.
import type { Bytes } from '../model/engine-port.ts';
import { type FileStore, openFileStore } from './file-store.ts';
import { type Database, settled } from './idb.ts';
import { whileAlone, whileShared } from './locks.ts';

const kFolder = 'assets';
const kLock = 'sonic-core.assets';
const kSha256 = /^[0-9a-f]{64}$/;
const pathOf = (sha256: string) => `${kFolder}/${sha256}`;

export class Assets {
  private opened: Promise<FileStore> | undefined;

  /** `old`: where the first version kept them. */
  constructor(private readonly old: Database<'assets'>) {}

  private get files(): Promise<FileStore> {
    return (this.opened ??= openFileStore());
  }

  async get(sha256: string): Promise<Bytes | undefined> {
    // A file from elsewhere may name its assets as it likes.
    if (!kSha256.test(sha256)) return undefined;
    return (await (await this.files).read(pathOf(sha256))) ?? (await this.bringOver(sha256));
  }
  async put(sha256: string, bytes: Bytes): Promise<void> {
    if (kSha256.test(sha256)) await (await this.files).write(pathOf(sha256), bytes);
  }
  async list(): Promise<readonly string[]> {
    const files = await (await this.files).list(kFolder);
    return files.map(({ name }) => name);
  }

  private async bringOver(sha256: string): Promise<Bytes | undefined> {
    const bytes = await this.old.read('assets', (store) =>
      settled(store.get(sha256) as IDBRequest<Bytes | undefined>),
    );
    if (!bytes) return undefined;
    try {
      await this.put(sha256, bytes);
      await this.old.write(['assets'], (of) => of('assets').delete(sha256));
    } catch {
      // A full disk: it stays where it was.
    }
    return bytes;
  }

  /** Nothing is collected while a project is written: its assets are there before it names them. */
  whileWriting<T>(work: () => Promise<T>): Promise<T> {
    return whileShared(kLock, work);
  }

  /** Removes what `named` does not name. Does nothing when another tab is writing. Gives how many went. */
  async collect(named: () => Promise<ReadonlySet<string>>): Promise<number> {
    const collected = await whileAlone(kLock, async () => {
      const keep = await named();
      const isGone = (sha256: string) => !keep.has(sha256);
      const files = await this.files;
      const gone = (await this.list()).filter(isGone);
      for (const sha256 of gone) await files.remove(pathOf(sha256));
      const keys = await this.old.read('assets', (store) => settled(store.getAllKeys()));
      const goneKeys = keys.map(String).filter(isGone);
      if (goneKeys.length) {
        await this.old.write(['assets'], (of) =>
          goneKeys.forEach((key) => of('assets').delete(key)),
        );
      }
      return gone.length + goneKeys.length;
    });
    return collected ?? 0;
  }
}
