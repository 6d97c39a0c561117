// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';

export const smallCombo: Preset = {
  kind: 'rig',
  id: 'small-combo',
  name: 'Small combo',
  tags: ['edge', 'blues'],
  about: 'One speaker, open back, a little sag: it answers the hand.',
  modules: [
    { type: 'overdrive', params: { drive: 12, tone: 48, level: -2 } },
    {
      type: 'amp-crunch',
      params: { gain: 4.2, bass: 5.5, middle: 5, treble: 5.5, presence: 3, level: -8 },
    },
    { type: 'cabinet', params: { speaker: 0, microphone: 1, distance: 8, axis: 25 } },
    { type: 'reverb', params: { decay: 1.2, size: 70, mix: 14 } },
  ],
};
