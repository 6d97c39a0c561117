// SPDX-License-Identifier: MIT
export { ProjectDoc, newId } from './document/yjs-project.ts';
export type { ChangeSource, PatchListener } from './document/yjs-project.ts';
