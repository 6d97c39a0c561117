// SPDX-License-Identifier: MIT
import { glassClean } from './glass-clean.ts';
import { lateNightCrunch } from './late-night-crunch.ts';
import type { Rig } from './rig.ts';
import { roundBass } from './round-bass.ts';
import { slowBloom } from './slow-bloom.ts';
import { smallCombo } from './small-combo.ts';
import { tightPalmMutes } from './tight-palm-mutes.ts';

/** The first one is what a new player hears. */
export const kRigs: readonly [Rig, ...Rig[]] = [
  lateNightCrunch,
  glassClean,
  smallCombo,
  tightPalmMutes,
  slowBloom,
  roundBass,
];
