// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Small room',
    tags: ['room'],
    about: 'Just enough to stand somewhere.',
    params: { decay: 0.5, predelay: 2, size: 45, damp: 5500, mix: 16 },
  },
  {
    name: 'Plate',
    tags: ['studio'],
    about: 'Dense and bright at once.',
    params: {
      decay: 1.8,
      predelay: 12,
      size: 80,
      damp: 12000,
      lowCut: 180,
      modulation: 20,
      mix: 24,
    },
  },
  {
    name: 'Concert hall',
    tags: ['hall'],
    about: 'Far walls, after a moment.',
    params: { decay: 3.4, predelay: 42, size: 130, damp: 6000, mix: 28 },
  },
  {
    name: 'Spring tank',
    tags: ['retro'],
    about: 'Short, thin and restless.',
    params: { decay: 2, predelay: 24, size: 30, damp: 4000, lowCut: 280, modulation: 65, mix: 34 },
  },
  {
    name: 'Cathedral',
    tags: ['ambient'],
    about: 'Play one chord and listen.',
    params: { decay: 9, predelay: 70, size: 150, damp: 5000, modulation: 45, mix: 42 },
  },
];
export const kReverb = forModule('reverb', kRows);
