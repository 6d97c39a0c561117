// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const growlingBass: Preset = {
  kind: 'rig',
  id: 'growling-bass',
  name: 'Growling bass',
  tags: ['bass', 'drive'],
  about: 'Eight tens pushed until they bark; the low end stays where it was.',
  modules: [
    { type: 'gate', params: { threshold: -58, release: 140 } },
    {
      type: 'compressor',
      params: { threshold: -26, ratio: 5, attack: 18, release: 120, makeup: 5 },
    },
    { type: 'overdrive', params: { drive: 42, tone: 38, level: -3 } },
    {
      type: 'amp-crunch',
      params: { gain: 4.4, bass: 7, middle: 6, treble: 4.5, presence: 3, level: -9.6 },
    },
    {
      type: 'cabinet',
      params: { speaker: 3, microphone: 0, distance: 5, axis: 25, highCut: 5200 },
    },
    {
      type: 'parametric-eq',
      params: { b2Freq: 80, b2Gain: 3, b3Gain: -2, b5Freq: 900, b5Gain: 2 },
    },
  ],
};
