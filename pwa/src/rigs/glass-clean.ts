// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const glassClean: Preset = {
  kind: 'rig',
  id: 'glass-clean',
  name: 'Glass clean',
  tags: ['clean', 'pop'],
  about: 'Evened out, open on top, long room.',
  modules: [
    {
      type: 'compressor',
      params: { threshold: -30, ratio: 3, attack: 12, release: 160, makeup: 6 },
    },
    { type: 'parametric-eq', params: { b2Gain: -2, b4Gain: -2.5, b7Gain: 3 } },
    {
      type: 'amp-crunch',
      params: { gain: 2.6, bass: 4, middle: 4.5, treble: 7, presence: 6, level: -2.2 },
    },
    { type: 'cabinet', params: { speaker: 1, microphone: 2, distance: 12, axis: 10, lowCut: 90 } },
    { type: 'delay', params: { sync: 6, repeats: 25, highCut: 6500, mix: 16 } },
    { type: 'reverb', params: { decay: 2.6, predelay: 24, mix: 24 } },
  ],
};
