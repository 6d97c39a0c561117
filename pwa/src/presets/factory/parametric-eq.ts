// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Mud out',
    tags: ['mix'],
    about: 'Less where rooms and small speakers boom.',
    params: { b1Type: 4, b1Freq: 70, b3Freq: 280, b3Gain: -4, b3Q: 1.2 },
  },
  {
    name: 'Cut through',
    tags: ['lead'],
    about: 'A push where the ear looks for a guitar.',
    params: { b2Gain: -2, b5Freq: 1400, b5Gain: 3.5, b5Q: 0.9, b6Freq: 3200, b6Gain: 2 },
  },
  {
    name: 'Scooped',
    tags: ['metal'],
    about: 'Middle out, both ends up.',
    params: { b2Gain: 3, b4Freq: 650, b4Gain: -6, b4Q: 0.8, b7Freq: 5000, b7Gain: 3 },
  },
  {
    name: 'Telephone',
    tags: ['effect'],
    about: 'What a wire lets through.',
    params: {
      b1Type: 4,
      b1Freq: 400,
      b1Q: 1,
      b5Freq: 1600,
      b5Gain: 5,
      b8Type: 5,
      b8Freq: 3000,
      b8Q: 1,
    },
  },
  {
    name: 'Soft top',
    tags: ['clean'],
    about: 'Takes the edge off a bright cabinet.',
    params: { b6Freq: 3800, b6Gain: -3, b7Freq: 6000, b7Gain: -4 },
  },
];
export const kParametricEq = forModule('parametric-eq', kRows);
