// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Clean push',
    tags: ['boost'],
    about: 'Almost no drive: it makes the amp work.',
    params: { drive: 4, tone: 58, level: 6 },
  },
  {
    name: 'Edge of breakup',
    tags: ['blues'],
    about: 'Clean under a light hand, rough under a heavy one.',
    params: { drive: 24, tone: 48, level: 0 },
  },
  {
    name: 'Singing middle',
    tags: ['lead'],
    about: 'The classic hump, with sustain.',
    params: { drive: 68, tone: 50, level: -4 },
  },
  {
    name: 'Wool',
    tags: ['retro'],
    about: 'Everything up, the top rolled off.',
    params: { drive: 100, tone: 22, level: -6 },
  },
  {
    name: 'Metal tightener',
    tags: ['metal'],
    about: 'Thins the lows before a high-gain amp.',
    params: { drive: 0, tone: 66, level: 9 },
  },
];
export const kOverdrive = forModule('overdrive', kRows);
