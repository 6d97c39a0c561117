// SPDX-License-Identifier: MIT
// Everything that a person made or set here, gone for good. The app itself stays.
import { webLocks } from './locks.ts';

const kPrefix = 'sonic-core';
/** For browsers that do not list their databases. */
const kDatabases = ['sonic-core', 'sonic-core-files', 'sonic-core-takes', 'sonic-core-presets'];

/** Whether another tab has a project open: it would write again what is deleted here. */
export async function isOpenElsewhere(): Promise<boolean> {
  const { held = [] } = (await webLocks()?.query()) ?? {};
  return held.some(({ name }) => name?.startsWith(`${kPrefix}.project.`));
}

const deleted = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    // It goes when the last page that has it open does: this one is about to.
    request.onblocked = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} was not deleted`));
  });

export async function wipe(): Promise<void> {
  const listed = (await indexedDB.databases?.()) ?? kDatabases.map((name) => ({ name }));
  for (const { name } of listed) if (name?.startsWith(kPrefix)) await deleted(name);

  const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined;
  const root = await storage?.getDirectory?.().catch(() => undefined);
  if (root) {
    const names: string[] = [];
    for await (const name of root.keys()) names.push(name);
    for (const name of names) await root.removeEntry(name, { recursive: true });
  }

  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(kPrefix)) localStorage.removeItem(key);
  }
}
