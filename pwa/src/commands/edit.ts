// SPDX-License-Identifier: MIT
import type { Command } from './command.ts';

export const kEditCommands: readonly Command[] = [
  {
    id: 'undo',
    label: 'Undo',
    group: 'Edit',
    keys: ['Mod+Z'],
    repeats: true,
    isEnabled: (app) => app.session.canUndo,
    run: (app) => app.session.undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    isEnabled: (app) => app.session.doc?.redoLabel !== undefined,
    run: (app) => app.session.redo(),
  },
];
