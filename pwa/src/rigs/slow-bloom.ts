// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const slowBloom: Preset = {
  kind: 'rig',
  id: 'slow-bloom',
  name: 'Slow bloom',
  tags: ['ambient'],
  about: 'Long echoes into a longer room; play one note and wait.',
  modules: [
    {
      type: 'compressor',
      params: { threshold: -34, ratio: 4, attack: 40, release: 300, makeup: 8 },
    },
    { type: 'overdrive', params: { drive: 8, tone: 40, level: -6 } },
    {
      type: 'amp-crunch',
      params: { gain: 2.6, bass: 5, middle: 5, treble: 5, presence: 4, level: -1 },
    },
    { type: 'cabinet', params: { speaker: 1, microphone: 1, distance: 20, axis: 30 } },
    {
      type: 'delay',
      params: { sync: 5, repeats: 55, pingPong: 1, highCut: 4200, wow: 18, mix: 34 },
    },
    { type: 'reverb', params: { decay: 6, predelay: 30, modulation: 40, mix: 42 } },
  ],
};
