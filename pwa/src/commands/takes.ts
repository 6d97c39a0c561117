// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';
import { type Command, inRack } from './command.ts';

const newest = (app: App) => app.takes.list.at(-1);

export const kTakeCommands: readonly Command[] = [
  {
    id: 'play-take',
    label: 'Play or stop the newest take',
    group: 'Play',
    keys: ['Shift+Space'],
    isEnabled: (app) => inRack(app) && newest(app) !== undefined,
    run: (app) => {
      const take = newest(app);
      const { takes } = app;
      if (takes.playingId !== undefined) takes.stopPlaying();
      else if (take) void app.attempt(async () => takes.toggle(await app.ready(), take));
    },
  },
];
