// SPDX-License-Identifier: MIT
// The files that projects name by their SHA-256: dropped WAVs, the demo's riff. One file, however many projects name it.
import type { Bytes } from '../model/engine-port.ts';
import { type FileStore, openFileStore } from './file-store.ts';
import { whileAlone, whileShared } from './locks.ts';

const kFolder = 'assets';
const kLock = 'sonic-core.assets';
const kSha256 = /^[0-9a-f]{64}$/;
const pathOf = (sha256: string) => `${kFolder}/${sha256}`;

export class Assets {
  private opened: Promise<FileStore> | undefined;

  private get files(): Promise<FileStore> {
    return (this.opened ??= openFileStore());
  }

  async get(sha256: string): Promise<Bytes | undefined> {
    // A file from elsewhere may name its assets as it likes.
    if (!kSha256.test(sha256)) return undefined;
    return (await this.files).read(pathOf(sha256));
  }
  async put(sha256: string, bytes: Bytes): Promise<void> {
    if (kSha256.test(sha256)) await (await this.files).write(pathOf(sha256), bytes);
  }
  async list(): Promise<readonly string[]> {
    const files = await (await this.files).list(kFolder);
    return files.map(({ name }) => name);
  }

  /** Nothing is collected while a project is written: its assets are there before it names them. */
  whileWriting<T>(work: () => Promise<T>): Promise<T> {
    return whileShared(kLock, work);
  }

  /** Removes what `named` does not name. Does nothing when another tab is writing. Gives how many went. */
  async collect(named: () => Promise<ReadonlySet<string>>): Promise<number> {
    const collected = await whileAlone(kLock, async () => {
      const keep = await named();
      const files = await this.files;
      const gone = (await this.list()).filter((sha256) => !keep.has(sha256));
      for (const sha256 of gone) await files.remove(pathOf(sha256));
      return gone.length;
    });
    return collected ?? 0;
  }
}
