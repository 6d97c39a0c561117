// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { readPresets, writePresets } from '../preset-file.ts';
import { kModulePresets } from './index.ts';

const kModules = [
  'gate',
  'compressor',
  'parametric-eq',
  'overdrive',
  'amp-crunch',
  'cabinet',
  'delay',
  'reverb',
];

describe('presets of single modules', () => {
  it.each(kModules)('%s has at least four, each with a name of its own', (type) => {
    const own = kModulePresets.filter(({ modules }) => modules[0]?.type === type);
    expect(own.length).toBeGreaterThanOrEqual(4);
    expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
    expect(new Set(own.map(({ modules }) => JSON.stringify(modules))).size).toBe(own.length);
  });

  it('are made of knobs that there are, within their range', async () => {
    const { bytes } = await writePresets(kModulePresets, new Map());
    const { presets } = await readPresets(bytes, 'factory.json');
    expect(presets).toHaveLength(kModulePresets.length);
  });
});
