// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const surfLine: Preset = {
  kind: 'rig',
  id: 'surf-line',
  name: 'Surf line',
  tags: ['clean', 'retro'],
  about: 'A small bright combo with a tank of springs turned up.',
  modules: [
    {
      type: 'amp-crunch',
      params: { gain: 2.8, bass: 4, middle: 5, treble: 7.5, presence: 6.5, sag: 45, level: -4.9 },
    },
    { type: 'cabinet', params: { speaker: 0, microphone: 0, distance: 5, axis: 10, lowCut: 100 } },
    { type: 'delay', params: { time: 118, repeats: 22, highCut: 3500, wow: 22, mix: 16 } },
    {
      type: 'reverb',
      params: {
        decay: 2.2,
        predelay: 28,
        size: 35,
        damp: 4200,
        lowCut: 260,
        modulation: 60,
        mix: 38,
      },
    },
  ],
};
