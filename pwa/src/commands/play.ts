// SPDX-License-Identifier: MIT
import { type Command, inRack } from './command.ts';

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
    id: 'stop',
    label: 'Stop',
    group: 'Play',
    keys: ['.', 'Enter'],
    isEnabled: (app) => inRack(app) && app.isPlaying,
    run: (app) => app.stop(),
  },
  {
    id: 'record',
    label: 'Record a take, or stop recording',
    group: 'Play',
    keys: ['R'],
    isEnabled: inRack,
    run: (app) => void app.toggleRecord(),
  },
  {
    id: 'mute',
    label: 'Mute the output, or unmute it',
    group: 'Play',
    keys: ['M'],
    isEnabled: inRack,
    run: (app) => {
      app.master.setMuted(!app.master.muted);
      app.announcer.say(app.master.muted ? 'Muted' : 'No longer muted');
    },
  },
  {
    id: 'demo',
    label: 'Play the demo',
    group: 'Play',
    keys: [],
    run: (app) => app.demo.send({ type: 'press' }),
  },
  {
    id: 'plug-in',
    label: 'Plug in a guitar',
    group: 'Play',
    keys: [],
    run: (app) => app.microphone.flow.send({ type: 'start' }),
  },
];
