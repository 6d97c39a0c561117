// SPDX-License-Identifier: MIT
// Takes as a backup sees them: a record and some files, whatever they mean.
import type { App } from '../model/app.ts';
import type { Bytes } from '../model/engine-port.ts';
import { openFileStore } from '../storage/file-store.ts';
import type { TakeRecord } from '../storage/take-store.ts';

export interface StoredTakeRecord {
  readonly id: string;
  readonly projectId: string;
}
export interface TakeSource {
  records(projectId: string): Promise<readonly StoredTakeRecord[]>;
  /** By name, read only when they are used. */
  files(takeId: string): Promise<ReadonlyMap<string, Blob>>;
  write(takeId: string, file: string, bytes: Bytes): Promise<void>;
  put(record: StoredTakeRecord): Promise<void>;
  erase(takeId: string): Promise<void>;
}

const folderOf = (takeId: string) => `takes/${takeId}`;

/** What is on the device. A take that is being recorded, or was thrown away, is no part of a backup. */
export function takeSource({ takes: { store } }: App): TakeSource {
  const files = openFileStore();
  return {
    records: async (projectId) => {
      const records = await store.records(projectId);
      return records.filter(({ state }) => state === 'done');
    },
    files: async (takeId) => (await files).blobs(folderOf(takeId)),
    write: async (takeId, file, bytes) => (await files).write(`${folderOf(takeId)}/${file}`, bytes),
    // A backup holds what a store of takes gave it.
    put: (record) => store.put(record as TakeRecord),
    erase: (takeId) => store.erase(takeId),
  };
}
