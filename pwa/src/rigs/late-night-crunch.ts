// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const lateNightCrunch: Preset = {
  kind: 'rig',
  id: 'late-night-crunch',
  name: 'Late night crunch',
  tags: ['crunch', 'blues'],
  about: 'An EL34 head on the edge of too much, pushed by a green pedal, in a small dark room.',
  modules: [
    { type: 'gate', params: { threshold: -56, release: 120, hold: 30 } },
    { type: 'overdrive', params: { drive: 32, tone: 52, level: -4 } },
    {
      type: 'amp-crunch',
      params: { gain: 6.2, bass: 4.5, middle: 6.5, treble: 6, presence: 5, level: -9 },
    },
    { type: 'cabinet', params: { distance: 4, axis: 30, lowCut: 80, highCut: 6800 } },
    { type: 'delay', params: { sync: 8, repeats: 32, duck: 30, mix: 16 } },
    { type: 'reverb', params: { decay: 1.6, predelay: 12, damp: 5200, mix: 16 } },
  ],
};
