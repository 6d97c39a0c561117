// SPDX-License-Identifier: MIT
// Asks the browser to keep this page's data when it clears up, and tells how much room there is.

const storage = (): Partial<StorageManager> | undefined =>
  (globalThis.navigator as Partial<Navigator> | undefined)?.storage;

export interface StorageFacts {
  /** Undefined where the browser does not tell. */
  readonly usedBytes?: number | undefined;
  readonly quotaBytes?: number | undefined;
  readonly isPersisted?: boolean | undefined;
}

export async function storageFacts(): Promise<StorageFacts> {
  try {
    const { usage, quota } = (await storage()?.estimate?.()) ?? {};
    return { usedBytes: usage, quotaBytes: quota, isPersisted: await storage()?.persisted?.() };
  } catch {
    return {};
  }
}

/** Whether it is kept from now on. Some browsers ask the person, some decide by themselves. */
export async function askToPersist(): Promise<boolean> {
  try {
    if (await storage()?.persisted?.()) return true;
    return (await storage()?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
