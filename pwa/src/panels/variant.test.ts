// SPDX-License-Identifier: MIT
import { modules } from 'sonic-core';
import { expect, it } from 'vitest';
import { Catalog } from '../model/catalog.ts';
import type { ParamMeta } from '../model/engine-port.ts';
import { rowVariantOf, variantOf } from './variant.ts';

const catalog = new Catalog(modules);
const words = (type: string, knobs: Readonly<Record<string, number>> = {}) => {
  const value = (param: ParamMeta) => knobs[param.id] ?? param.default;
  return [variantOf(catalog.get(type), value), rowVariantOf(catalog.get(type), value)];
};

it('says of which kind a module is, and on a row where its first knob stands', () => {
  expect(words('cabinet')).toEqual(['4 × 12 closed, dynamic', '4 × 12 closed']);
  expect(words('overdrive')).toEqual(['Green', 'Green']);
  expect(words('amp-crunch', { gain: 6.4 })).toEqual(['EL34, bright', 'EL34, gain 6.4']);
  expect(words('amp-crunch', { bright: 0 })[0]).toBe('EL34');
  expect(words('delay', { sync: 8 })).toEqual(['Tape', 'Tape, 1/8 dot']);
  expect(words('delay', { time: 400 })).toEqual(['Tape', 'Tape, 400 ms']);
  expect(words('reverb', { size: 40 })).toEqual(['Room', 'Room, 1.8 s']);
  expect(words('gate', { threshold: -48 })).toEqual(['', '−48 dB']);
  expect(words('parametric-eq')[0]).toBe('');
});
