// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';
import type { Command } from './command.ts';

const inRack = (app: App) => app.screen === 'rack';

export const kPlayCommands: readonly Command[] = [
  {
    id: 'play',
    label: 'Play or stop',
    group: 'Play',
    keys: ['Space'],
    isEnabled: inRack,
    run: (app) => app.togglePlay(),
  },
  {
    id: 'record',
    label: 'Record a take',
    group: 'Play',
    keys: ['R'],
    isEnabled: inRack,
    run: (app) => void app.toggleRecord(),
  },
];
