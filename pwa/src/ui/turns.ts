// SPDX-License-Identifier: MIT
// Work that comes in many like pieces takes turns, a few milliseconds between two frames, so that a large project is drawn
// without a long task. Never inside a frame: what the browser then lays out and paints would be part of the same task.

const kSliceMs = 4;
/** On a machine that is busy with others the time is soon up, with little done. */
const kFewest = 2;
/** A page out of sight has no frames. */
const kLatestFrameMs = 100;

const waiting: (() => void)[] = [];
let isRunning = false;

const afterFrame = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, kLatestFrameMs);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve);
    });
  });

async function run(): Promise<void> {
  while (waiting.length > 0) {
    await afterFrame();
    const begin = performance.now();
    for (let done = 0; done < kFewest || performance.now() - begin < kSliceMs; done += 1) {
      const next = waiting.shift();
      if (!next) break;
      next();
      // The piece is done in the microtask that it has just been given.
      await Promise.resolve();
    }
  }
  isRunning = false;
}

/** Resolves when it is this piece's turn, after the next frame at the earliest. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (isRunning) return;
    isRunning = true;
    void run();
  });
}
