// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Slap',
    tags: ['retro'],
    about: 'One short echo, like an old tape machine.',
    params: { time: 105, repeats: 6, highCut: 3800, wow: 12, mix: 26 },
  },
  {
    name: 'Dotted eighth',
    tags: ['clean'],
    about: 'Fills the gaps of straight eighths.',
    params: { sync: 8, repeats: 34, highCut: 6000, mix: 32 },
  },
  {
    name: 'Quarter behind the lead',
    tags: ['lead'],
    about: 'Steps aside while you play.',
    params: { sync: 6, repeats: 38, highCut: 3600, duck: 55, mix: 28 },
  },
  {
    name: 'Side to side',
    tags: ['ambient'],
    about: 'Echoes cross the room.',
    params: { sync: 5, repeats: 55, pingPong: 1, highCut: 4500, wow: 10, mix: 38 },
  },
  {
    name: 'Worn tape',
    tags: ['retro'],
    about: 'Darker and less steady with every turn.',
    params: { time: 420, repeats: 62, highCut: 2200, lowCut: 200, wow: 55, mix: 34 },
  },
  {
    name: 'About to run away',
    tags: ['effect'],
    about: 'Feeds itself; keep a hand on repeats.',
    params: { time: 280, repeats: 101, highCut: 2600, lowCut: 160, wow: 30, mix: 34 },
  },
];
export const kDelay = forModule('delay', kRows);
