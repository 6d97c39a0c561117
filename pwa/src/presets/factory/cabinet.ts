// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Close on the cone',
    tags: ['bright'],
    about: 'A dynamic right at the grille.',
    params: { speaker: 2, microphone: 0, distance: 2, axis: 5, lowCut: 80 },
  },
  {
    name: 'Dark ribbon',
    tags: ['warm'],
    about: 'A ribbon off the axis: no fizz.',
    params: { speaker: 2, microphone: 1, distance: 6, axis: 45, lowCut: 90, highCut: 7000 },
  },
  {
    name: 'Open combo',
    tags: ['clean'],
    about: 'One speaker, open at the back.',
    params: { speaker: 0, microphone: 1, distance: 10, axis: 20, lowCut: 70 },
  },
  {
    name: 'A step back',
    tags: ['room'],
    about: 'A condenser that hears the box as a whole.',
    params: { speaker: 1, microphone: 2, distance: 60, axis: 15, lowCut: 60, level: 3 },
  },
  {
    name: 'Bass cabinet',
    tags: ['bass'],
    about: 'Eight tens, close.',
    params: { speaker: 3, microphone: 0, distance: 5, axis: 20, highCut: 6000 },
  },
];
export const kCabinet = forModule('cabinet', kRows);
