// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { changesInWords } from './narrator.ts';

const seen = (nodes: readonly string[], bypassed: readonly string[] = []) => ({
  doc: undefined,
  nodes,
  labels: new Map(nodes.map((id) => [id, id.toUpperCase()])),
  bypassed: new Set(bypassed),
});

describe('changes in words', () => {
  it('say what came, where, and what went', () => {
    expect(changesInWords(seen(['a', 'b']), seen(['a', 'c', 'b']))).toEqual([
      'C added, place 2 of 3',
    ]);
    expect(changesInWords(seen(['a', 'b']), seen(['b']))).toEqual(['A removed']);
  });
  it('say what was switched, not what came switched off', () => {
    expect(changesInWords(seen(['a']), seen(['a'], ['a']))).toEqual(['A bypassed']);
    expect(changesInWords(seen(['a'], ['a']), seen(['a']))).toEqual(['A switched on']);
    expect(changesInWords(seen(['a']), seen(['a', 'b'], ['b']))).toEqual(['B added, place 2 of 2']);
  });
  it('say nothing where nothing changed', () => {
    expect(changesInWords(seen(['a', 'b'], ['b']), seen(['a', 'b'], ['b']))).toEqual([]);
  });
});
