// SPDX-License-Identifier: MIT
import { openFileStore } from './file-store.ts';
import { MemoryFiles } from './memory-files.ts';
import { TakeStore } from './take-store.ts';

/** The takes of a project that is gone for good. */
export async function eraseTakes(projectId: string): Promise<void> {
  await new TakeStore(new MemoryFiles(openFileStore)).eraseProject(projectId);
}
