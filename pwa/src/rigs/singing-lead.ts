// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const singingLead: Preset = {
  kind: 'rig',
  id: 'singing-lead',
  name: 'Singing lead',
  tags: ['lead', 'rock'],
  about: 'Long notes: the pedal pushes, the amp holds on, quarter notes answer and step aside.',
  modules: [
    { type: 'gate', params: { threshold: -58, release: 260, hold: 60 } },
    { type: 'overdrive', params: { drive: 55, tone: 46, level: 2 } },
    {
      type: 'amp-crunch',
      params: { gain: 7.6, bass: 5, middle: 8, treble: 5.5, presence: 4.5, sag: 45, level: -6.8 },
    },
    {
      type: 'cabinet',
      params: { speaker: 2, microphone: 1, distance: 6, axis: 35, lowCut: 95, highCut: 6200 },
    },
    { type: 'delay', params: { sync: 6, repeats: 36, highCut: 3600, duck: 45, wow: 8, mix: 22 } },
    { type: 'reverb', params: { decay: 2.4, predelay: 30, damp: 5000, mix: 20 } },
  ],
};
