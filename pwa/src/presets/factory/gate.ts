// SPDX-License-Identifier: MIT
import { type FactoryRow, forModule } from './factory-row.ts';

const kRows: readonly FactoryRow[] = [
  {
    name: 'Quiet fingers',
    tags: ['clean'],
    about: 'Lets a soft touch through and closes slowly.',
    params: { threshold: -62, attack: 2, hold: 80, release: 300, range: -40 },
  },
  {
    name: 'Single coil hum',
    tags: ['noise'],
    about: 'Takes the hum down between phrases, without a hole.',
    params: { threshold: -52, attack: 1, hold: 60, release: 180, range: -30 },
  },
  {
    name: 'Tight mutes',
    tags: ['metal'],
    about: 'Shut as soon as the palm is down.',
    params: { threshold: -46, attack: 0.2, hold: 15, release: 40 },
  },
  {
    name: 'Stutter',
    tags: ['effect'],
    about: 'So high that only strokes come through.',
    params: { threshold: -24, attack: 0.1, hold: 40, release: 25, hysteresis: 2 },
  },
  {
    name: 'Swell in',
    tags: ['ambient'],
    about: 'Opens slowly: the stroke is gone, the note stays.',
    params: { threshold: -50, attack: 100, hold: 300, release: 600 },
  },
];
export const kGate = forModule('gate', kRows);
