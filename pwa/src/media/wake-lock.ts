// SPDX-License-Identifier: MIT
// The screen stays on while somebody plays: hands on a guitar do not touch it.
import type { App } from '../model/app.ts';
import { isInUse } from '../model/in-use.ts';

export function keepAwake(app: App): void {
  const wakeLock = navigator.wakeLock as WakeLock | undefined;
  if (!wakeLock) return;
  let lock: WakeLockSentinel | undefined;
  let isAsking = false;

  async function follow(): Promise<void> {
    const isWanted = isInUse(app) && document.visibilityState === 'visible';
    if (!isWanted) {
      await lock?.release();
      lock = undefined;
      return;
    }
    if (isAsking || lock?.released === false) return;
    isAsking = true;
    try {
      lock = await wakeLock?.request('screen');
    } catch {
      // Refused, for example with an empty battery: the screen goes off as ever.
    } finally {
      isAsking = false;
    }
    // It may have ended meanwhile.
    if (!isInUse(app)) void follow();
  }
  app.on('change', () => void follow());
  // The browser lets go of it with the page out of sight.
  document.addEventListener('visibilitychange', () => void follow());
  void follow();
}
