// SPDX-License-Identifier: MIT
import { modules } from 'sonic-core';
import { describe, expect, it } from 'vitest';
import { Catalog } from '../model/catalog.ts';
import { isSameSound, nameApart, tagsOf, tidy } from './preset.ts';

const catalog = new Catalog(modules);

describe('presets', () => {
  it('leave out what says nothing', () => {
    const module = {
      type: 'gate',
      params: { hold: 40, threshold: -30 },
      bypass: false,
      assets: {},
    };
    expect(tidy(module, catalog)).toEqual({ type: 'gate', params: { threshold: -30 } });
  });

  it('know the same sound, however it is written', () => {
    const a = { type: 'gate', params: { threshold: -30, release: 20 } };
    const b = { type: 'gate', params: { release: 20, threshold: -30, hold: 40 } };
    expect(isSameSound([a], [b], catalog)).toBe(true);
    expect(isSameSound([a], [{ ...b, bypass: true }], catalog)).toBe(false);
    expect(isSameSound([a], [{ type: 'gate', params: { threshold: -30 } }], catalog)).toBe(false);
    expect(isSameSound([a], [a, a], catalog)).toBe(false);
  });

  it('keep names apart', () => {
    expect(nameApart('Mine', new Set())).toBe('Mine');
    expect(nameApart('Mine', new Set(['Mine']))).toBe('Mine 2');
    expect(nameApart('Mine 2', new Set(['Mine', 'Mine 2']))).toBe('Mine 3');
  });

  it('read tags as people write them', () => {
    expect(tagsOf(' Clean,, very  loud , clean')).toEqual(['clean', 'very loud']);
    expect(tagsOf('')).toEqual([]);
  });
});
