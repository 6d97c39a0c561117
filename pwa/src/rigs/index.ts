// SPDX-License-Identifier: MIT
import type { Preset } from '../presets/preset.ts';
import { classicStack } from './classic-stack.ts';
import { deepWater } from './deep-water.ts';
import { funkSixteenths } from './funk-sixteenths.ts';
import { glassClean } from './glass-clean.ts';
import { growlingBass } from './growling-bass.ts';
import { lateNightCrunch } from './late-night-crunch.ts';
import { roundBass } from './round-bass.ts';
import { singingLead } from './singing-lead.ts';
import { slowBloom } from './slow-bloom.ts';
import { smallCombo } from './small-combo.ts';
import { surfLine } from './surf-line.ts';
import { tightPalmMutes } from './tight-palm-mutes.ts';

/** The first one is what a new player hears. */
export const kRigs: readonly [Preset, ...Preset[]] = [
  lateNightCrunch,
  glassClean,
  smallCombo,
  tightPalmMutes,
  slowBloom,
  roundBass,
  classicStack,
  funkSixteenths,
  surfLine,
  singingLead,
  deepWater,
  growlingBass,
];
