// SPDX-License-Identifier: MIT
// Presets of single modules that come with the app.
import type { Preset } from '../preset.ts';
import { kGate } from './gate.ts';
import { kCompressor } from './compressor.ts';
import { kParametricEq } from './parametric-eq.ts';
import { kOverdrive } from './overdrive.ts';
import { kAmpCrunch } from './amp-crunch.ts';
import { kCabinet } from './cabinet.ts';
import { kDelay } from './delay.ts';
import { kReverb } from './reverb.ts';

export const kModulePresets: readonly Preset[] = [
  ...kGate,
  ...kCompressor,
  ...kParametricEq,
  ...kOverdrive,
  ...kAmpCrunch,
  ...kCabinet,
  ...kDelay,
  ...kReverb,
];
