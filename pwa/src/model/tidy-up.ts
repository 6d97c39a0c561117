// SPDX-License-Identifier: MIT
// What nobody can want back goes from the device: when a project is opened, and at no other time.
import type { App } from './app.ts';

/** Longer than "Undo" is in view, in whatever tab. */
const kUndoMs = 60_000;

export async function tidyUp({ library }: App, nowMs = Date.now()): Promise<void> {
  for (const { id, removedAtMs } of await library.allProjects()) {
    if (removedAtMs === undefined || nowMs - removedAtMs < kUndoMs) continue;
    await library.eraseProject(id);
  }
  await library.assets.collect(async () => {
    const projects = await library.allProjects();
    return new Set(projects.flatMap(({ assets }) => assets));
  });
}
