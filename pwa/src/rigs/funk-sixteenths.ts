// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const funkSixteenths: Preset = {
  kind: 'rig',
  id: 'funk-sixteenths',
  name: 'Funk sixteenths',
  tags: ['clean', 'funk'],
  about: 'Squashed and bright, with a short slap behind each stroke.',
  modules: [
    { type: 'gate', params: { threshold: -58, release: 90 } },
    {
      type: 'compressor',
      params: { threshold: -32, ratio: 6, attack: 2, release: 90, knee: 3, makeup: 6 },
    },
    {
      type: 'parametric-eq',
      params: { b2Gain: -4, b4Freq: 450, b4Gain: -2, b6Freq: 3000, b6Gain: 2.5 },
    },
    {
      type: 'amp-crunch',
      params: { gain: 2.2, bass: 3, middle: 5.5, treble: 6.5, presence: 5, level: -0.5 },
    },
    { type: 'cabinet', params: { speaker: 1, microphone: 0, distance: 6, axis: 15, lowCut: 110 } },
    { type: 'delay', params: { time: 92, repeats: 8, highCut: 4500, mix: 14 } },
    { type: 'reverb', params: { decay: 0.8, size: 60, mix: 10 } },
  ],
};
