// SPDX-License-Identifier: MIT

const kLatestMs = 2000;
const kGuessMs = 300;

/** When the page has a moment, or soon in any case. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) {
      requestIdleCallback(() => resolve(), { timeout: kLatestMs });
    } else setTimeout(resolve, kGuessMs);
  });
