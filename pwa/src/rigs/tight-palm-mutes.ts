// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const tightPalmMutes: Preset = {
  kind: 'rig',
  id: 'tight-palm-mutes',
  name: 'Tight palm mutes',
  tags: ['metal'],
  about: 'A fast gate, a pedal that only tightens, all the gain in the amp.',
  modules: [
    { type: 'gate', params: { threshold: -46, attack: 0.2, hold: 15, release: 45 } },
    { type: 'overdrive', params: { drive: 4, tone: 62, level: 4 } },
    {
      type: 'amp-crunch',
      params: { gain: 8.6, bass: 3.5, middle: 5, treble: 6.5, presence: 6, level: -11 },
    },
    { type: 'cabinet', params: { distance: 3, axis: 40, lowCut: 95, highCut: 7200 } },
    {
      type: 'parametric-eq',
      params: { b2Freq: 110, b2Gain: 2, b4Freq: 420, b4Gain: -3.5 },
    },
    { type: 'gate', params: { threshold: -50, release: 60 } },
  ],
};
