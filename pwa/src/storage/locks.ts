// SPDX-License-Identifier: MIT
// Turns between the tabs of this browser.

export const webLocks = (): LockManager | undefined =>
  (globalThis.navigator as Partial<Navigator> | undefined)?.locks;

/** Beside others that share it, after one that is alone. */
export async function whileShared<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = webLocks();
  return locks ? locks.request(name, { mode: 'shared' }, work) : work();
}

/** Undefined when somebody else has it, or when this browser cannot tell: then nothing is done. */
export async function whileAlone<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  return webLocks()?.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

/** Whether any tab, this one too, has it. */
export async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = (await webLocks()?.query()) ?? {};
  return held.some((lock) => lock.name === name);
}
