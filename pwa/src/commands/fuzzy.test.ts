// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { fuzzyScore, fuzzySorted } from './fuzzy.ts';

const sorted = (query: string, names: readonly string[]) =>
  fuzzySorted(names, query, (name) => name);

describe('a fuzzy search', () => {
  it('wants every letter, in order', () => {
    expect(fuzzyScore('drv', 'Overdrive')).toBeGreaterThan(0);
    expect(fuzzyScore('vdr', 'Drive')).toBe(0);
    expect(fuzzyScore('zz', 'Overdrive')).toBe(0);
  });
  it('puts beginnings of words before their middles', () => {
    expect(sorted('re', ['Compressor', 'Reverb', 'Record a take'])).toEqual([
      'Reverb',
      'Record a take',
      'Compressor',
    ]);
    expect(sorted('rt', ['Reverb tail', 'Overdrive tone', 'Record a take'])[0]).toBe('Reverb tail');
  });
  it('puts letters side by side before scattered ones', () => {
    expect(sorted('comp', ['Color map', 'Small combo plus', 'Compressor'])[0]).toBe('Compressor');
    expect(sorted('amp', ['A remapped', 'Amp crunch'])[0]).toBe('Amp crunch');
  });
  it('takes the best place for a letter, not the first', () => {
    // "b" of "bass" at a word's start, though "tumble" has one before.
    expect(fuzzyScore('bass', 'Tumble bass')).toBeGreaterThan(fuzzyScore('bass', 'Tumble basis s'));
  });
  it('finds words in any order, and everything by nothing', () => {
    expect(fuzzyScore('crunch amp', 'Amp crunch')).toBeGreaterThan(0);
    expect(sorted('', ['B', 'A'])).toEqual(['B', 'A']);
  });
});
