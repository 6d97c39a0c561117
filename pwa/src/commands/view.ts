// SPDX-License-Identifier: MIT
import type { Command } from './command.ts';

export const kViewCommands: readonly Command[] = [
  {
    id: 'settings',
    label: 'Settings',
    group: 'View',
    keys: ['Mod+,'],
    run: (app) => app.dialogs.open('settings'),
  },
];
