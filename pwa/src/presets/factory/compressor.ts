// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Gentle levelling',
    tags: ['clean'],
    about: 'Hardly heard: loud strokes come a little closer.',
    params: { threshold: -26, ratio: 2, attack: 20, release: 200, knee: 12, makeup: 3 },
  },
  {
    name: 'Country snap',
    tags: ['clean'],
    about: 'The stroke stands out, the rest is held up.',
    params: { threshold: -34, ratio: 8, attack: 22, release: 120, knee: 3, makeup: 9 },
  },
  {
    name: 'Long sustain',
    tags: ['lead'],
    about: 'Notes that stay as loud as they began.',
    params: { threshold: -40, ratio: 10, attack: 4, release: 350, knee: 6, makeup: 14 },
  },
  {
    name: 'Bass glue',
    tags: ['bass'],
    about: 'Even from the low string to the high one.',
    params: { threshold: -28, ratio: 4, attack: 25, release: 140, keyHighPass: 90, makeup: 5 },
  },
  {
    name: 'Squashed beside',
    tags: ['effect'],
    about: 'Everything flat, mixed under what was played.',
    params: { threshold: -45, ratio: 20, attack: 0.5, release: 80, makeup: 16, mix: 45 },
  },
];
export const kCompressor = forModule('compressor', kRows);
