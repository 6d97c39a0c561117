// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const deepWater: Preset = {
  kind: 'rig',
  id: 'deep-water',
  name: 'Deep water',
  tags: ['ambient', 'clean'],
  about: 'The stroke is gone before the room is full; echoes cross from side to side.',
  modules: [
    {
      type: 'compressor',
      params: { threshold: -40, ratio: 10, attack: 8, release: 400, makeup: 12 },
    },
    {
      type: 'amp-crunch',
      params: { gain: 2.2, bass: 5.5, middle: 4, treble: 5, presence: 3, level: 7 },
    },
    { type: 'cabinet', params: { speaker: 0, microphone: 2, distance: 35, axis: 30 } },
    {
      type: 'delay',
      params: { sync: 3, repeats: 62, pingPong: 1, highCut: 2800, lowCut: 180, wow: 30, mix: 50 },
    },
    {
      type: 'reverb',
      params: { decay: 11, predelay: 60, size: 150, damp: 4500, modulation: 60, mix: 68 },
    },
  ],
};
