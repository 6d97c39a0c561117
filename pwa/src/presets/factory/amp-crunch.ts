// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Clean with air',
    tags: ['clean'],
    about: 'As far from breakup as it goes.',
    params: { gain: 2.2, bass: 4.5, middle: 4.5, treble: 6.5, presence: 6, sag: 15, level: -1.5 },
  },
  {
    name: 'Sweet spot',
    tags: ['edge'],
    about: 'Breaks up when you dig in.',
    params: { gain: 4.4, bass: 5, middle: 5.5, treble: 5.5, presence: 4, sag: 40, level: -8 },
  },
  {
    name: 'Seventies rhythm',
    tags: ['rock'],
    about: 'Power amp working, cymbals and all.',
    params: {
      gain: 6.8,
      bass: 4.5,
      middle: 7,
      treble: 6,
      presence: 5.5,
      sag: 45,
      master: 6,
      level: -11,
    },
  },
  {
    name: 'Lead channel',
    tags: ['lead'],
    about: 'Gain up, middle up, treble back.',
    params: { gain: 8.2, bass: 5.5, middle: 8, treble: 5, presence: 4, sag: 40, level: -11 },
  },
  {
    name: 'Tight high gain',
    tags: ['metal'],
    about: 'Little bass going in, no sag.',
    params: {
      gain: 9,
      bass: 3,
      middle: 4.5,
      treble: 6.5,
      presence: 6.5,
      sag: 5,
      master: 3,
      level: -9,
    },
  },
];
export const kAmpCrunch = forModule('amp-crunch', kRows);
