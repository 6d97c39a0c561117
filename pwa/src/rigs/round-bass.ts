// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const roundBass: Preset = {
  kind: 'rig',
  id: 'round-bass',
  name: 'Round bass',
  tags: ['bass'],
  about: 'Eight tens, evened out; the attack stays, the boom goes.',
  modules: [
    {
      type: 'compressor',
      params: { threshold: -28, ratio: 4, attack: 25, release: 140, makeup: 5 },
    },
    { type: 'parametric-eq', params: { b2Gain: 2, b3Gain: -3, b6Gain: 2 } },
    {
      type: 'amp-crunch',
      params: { gain: 2.2, bass: 6.5, middle: 5, treble: 4, presence: 3, level: -1 },
    },
    { type: 'cabinet', params: { speaker: 3, microphone: 0, distance: 6, axis: 20 } },
    { type: 'gain', params: { gain: 0 } },
  ],
};
