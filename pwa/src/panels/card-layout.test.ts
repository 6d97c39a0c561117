// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { ModuleMeta, ParamMeta } from '../model/engine-port.ts';
import { cardLayout, choiceLabel } from './card-layout.ts';

const row = (id: string, choices?: readonly string[]): ParamMeta => ({
  id,
  label: id,
  unit: '',
  min: 0,
  max: 1,
  default: 0,
  curve: 'linear',
  structural: false,
  audioRate: false,
  ...(choices ? { choices } : {}),
});
const module = (id: string, params: ParamMeta[]): ModuleMeta => ({
  id,
  label: id,
  category: 'utility',
  summary: '',
  role: 'effect',
  ports: [],
  params,
  assets: [],
  readings: [],
  latencyFrames: 0,
});
const ids = (meta: ModuleMeta) =>
  cardLayout(meta).knobs.map((places) => places.map(({ param, size }) => `${size} ${param.id}`));

describe('cardLayout', () => {
  it('puts the knob that the ear goes to first, large', () => {
    const meta = module('overdrive', [row('level'), row('tone'), row('drive')]);
    expect(ids(meta)).toEqual([['l drive'], ['m tone', 'm level']]);
    expect(cardLayout(meta).hasMore).toBe(false);
  });
  it('leaves the rest to "All settings"', () => {
    const meta = module('gate', [row('threshold'), row('hold'), row('attack')]);
    expect(ids(meta)).toEqual([['m threshold'], ['m hold']]);
    expect(cardLayout(meta).hasMore).toBe(true);
  });
  it('shows a module that it has never heard of', () => {
    const meta = module('flux', [row('a'), row('b'), row('mode', ['x', 'y'])]);
    expect(ids(meta)).toEqual([['m a'], ['m b']]);
    expect(cardLayout(meta).choices.map(({ id }) => id)).toEqual(['mode']);
    const large = module(
      'flux',
      Array.from({ length: 20 }, (_, i) => row(`p${i}`)),
    );
    expect(ids(large)).toHaveLength(8);
    expect(cardLayout(large).hasMore).toBe(true);
  });
  it('falls back to all knobs when none of a table is there', () => {
    expect(ids(module('overdrive', [row('push')]))).toEqual([['m push']]);
  });
  it('finds bands', () => {
    const meta = module('parametric-eq', [
      ...[1, 2].flatMap((n) => [row(`b${n}Type`, ['off']), row(`b${n}Freq`)]),
      row('output'),
    ]);
    expect(cardLayout(meta).bands.map((band) => band.map(({ id }) => id))).toEqual([
      ['b1Type', 'b1Freq'],
      ['b2Type', 'b2Freq'],
    ]);
    expect(ids(meta)).toEqual([['m output']]);
  });
});

it('names what is chosen', () => {
  expect(choiceLabel('4x12-closed')).toBe('4 × 12 closed');
  expect(choiceLabel('1/8.')).toBe('1/8 dot');
  expect(choiceLabel('1/16T')).toBe('1/16 trip');
  expect(choiceLabel('-4.5 dB')).toBe('-4.5 dB');
});
