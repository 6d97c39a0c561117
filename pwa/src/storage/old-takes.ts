// SPDX-License-Identifier: MIT
// Takes of the first versions lay whole in the library's database.
import { settled } from './idb.ts';

const kDatabase = 'sonic-core';
const kTakes = 'takes';

export interface OldTake {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly madeAtMs: number;
  readonly sampleRateHz: number;
  readonly frames: number;
  readonly dry: readonly Float32Array[];
  readonly wet: readonly Float32Array[];
}

/** As it is; where there is none, none is made. */
function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = indexedDB.open(kDatabase);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = (event) => {
      event.preventDefault();
      resolve(undefined);
    };
    request.onsuccess = () => {
      const { result } = request;
      result.onversionchange = () => result.close();
      resolve(result);
    };
  });
}

/** One after the other, each taken away when `use` is over. */
export async function eachOldTake(
  projectId: string,
  use: (take: OldTake) => Promise<void>,
): Promise<void> {
  const database = globalThis.indexedDB ? await open() : undefined;
  if (!database) return;
  try {
    if (!database.objectStoreNames.contains(kTakes)) return;
    const old = () => database.transaction(kTakes, 'readwrite').objectStore(kTakes);
    for (const key of await settled(old().getAllKeys())) {
      const take = await settled(old().get(key) as IDBRequest<OldTake | undefined>);
      if (take?.projectId !== projectId) continue;
      await use(take);
      await settled(old().delete(key));
    }
  } finally {
    database.close();
  }
}
