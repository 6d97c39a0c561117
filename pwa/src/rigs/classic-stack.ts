// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const classicStack: Preset = {
  kind: 'rig',
  id: 'classic-stack',
  name: 'Classic stack',
  tags: ['crunch', 'rock'],
  about: 'A head and four twelves, no pedal, in front of an open microphone.',
  modules: [
    { type: 'gate', params: { threshold: -60, release: 200 } },
    {
      type: 'amp-crunch',
      params: {
        gain: 7,
        bass: 5,
        middle: 7,
        treble: 6,
        presence: 5.5,
        sag: 40,
        master: 5.5,
        level: -9,
      },
    },
    { type: 'cabinet', params: { speaker: 2, microphone: 0, distance: 5, axis: 25, lowCut: 75 } },
    { type: 'parametric-eq', params: { b4Freq: 500, b4Gain: -1.5, b7Gain: -2 } },
    { type: 'reverb', params: { decay: 1.1, size: 80, damp: 6000, mix: 11 } },
  ],
};
