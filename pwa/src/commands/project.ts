// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';
import { type Command, inRack } from './command.ts';

/**
 * What a person wants of "save" here is to know that nothing is lost: the project is kept on this device anyway, so it is
 * kept now, and a file is one press away.
 */
async function save(app: App): Promise<void> {
  await app.keeper.saveNow();
  if (app.keeper.state !== 'saved') return;
  app.shell.say('Saved on this device', {
    label: 'Download',
    run: () => app.files.saveProject(),
  });
}

export const kProjectCommands: readonly Command[] = [
  {
    id: 'projects',
    label: 'Projects',
    group: 'Project',
    keys: ['Mod+Shift+O'],
    run: (app) => app.dialogs.open('projects'),
  },
  {
    id: 'save',
    label: 'Save now',
    group: 'Project',
    keys: ['Mod+S'],
    isEnabled: inRack,
    run: (app) => void app.attempt(() => save(app)),
  },
  {
    id: 'download-project',
    label: 'Download the project',
    group: 'Project',
    keys: ['Mod+Shift+S'],
    isEnabled: inRack,
    run: (app) => app.files.saveProject(),
  },
  {
    id: 'open-project',
    label: 'Open a project file',
    group: 'Project',
    keys: ['Mod+O'],
    run: (app) => void app.files.pickProject(),
  },
  {
    id: 'start-screen',
    label: 'Start screen',
    group: 'Project',
    keys: [],
    isEnabled: inRack,
    run: (app) => app.leaveRack(),
  },
];
