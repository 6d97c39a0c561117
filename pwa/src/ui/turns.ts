// SPDX-License-Identifier: MIT
// Work that comes in many like pieces takes turns, a few milliseconds per frame, so that a large project is drawn without
// a long task.

const kSliceMs = 5;
/** On a machine that is busy with others the time is soon up, with little done. */
const kFewest = 4;
/** A page out of sight has no frames. */
const kLatestFrameMs = 100;

const waiting: (() => void)[] = [];
let isRunning = false;

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, kLatestFrameMs);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });

async function run(): Promise<void> {
  let begin = performance.now();
  let done = 0;
  while (waiting.length > 0) {
    waiting.shift()?.();
    // The piece is done in the microtask that it has just been given.
    await Promise.resolve();
    done += 1;
    if (done < kFewest || performance.now() - begin < kSliceMs) continue;
    await nextFrame();
    begin = performance.now();
    done = 0;
  }
  isRunning = false;
}

/** Resolves when it is this piece's turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (isRunning) return;
    isRunning = true;
    void run();
  });
}
