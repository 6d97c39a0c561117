// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';
import type { Command } from './command.ts';

const hasRig = (app: App) => app.screen === 'rack' && app.session.doc !== undefined;

export const kPresetCommands: readonly Command[] = [
  {
    id: 'next-preset',
    label: 'Next rig',
    group: 'Play',
    keys: [']'],
    isEnabled: hasRig,
    run: (app) => void app.attempt(() => app.rigs.step(1)),
  },
  {
    id: 'previous-preset',
    label: 'Previous rig',
    group: 'Play',
    keys: ['['],
    isEnabled: hasRig,
    run: (app) => void app.attempt(() => app.rigs.step(-1)),
  },
  {
    id: 'compare-sides',
    label: 'Switch between A and B',
    group: 'Play',
    keys: ['X'],
    isEnabled: hasRig,
    run: ({ rigs }) => rigs.setSide(rigs.side === 'A' ? 'B' : 'A'),
  },
  {
    id: 'copy-side',
    label: 'Copy this side to the other',
    group: 'Edit',
    keys: [],
    isEnabled: hasRig,
    run: ({ rigs }) => rigs.copySide(),
  },
  {
    id: 'save-preset',
    label: 'Save as a preset',
    group: 'Project',
    keys: [],
    isEnabled: hasRig,
    run: ({ dialogs }) => dialogs.open('preset', 'save'),
  },
  {
    id: 'revert-rig',
    label: 'Back to the preset',
    group: 'Edit',
    keys: [],
    isEnabled: (app) => hasRig(app) && app.rigs.isEdited,
    run: (app) => void app.attempt(() => app.rigs.revert()),
  },
];
