// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Catalog } from './catalog.ts';
import { placeFor } from './placement.ts';

const families = {
  gate: 'dynamics',
  overdrive: 'drive',
  'amp-crunch': 'amp',
  cabinet: 'amp',
  'parametric-eq': 'filter',
  chorus: 'modulation',
  delay: 'space',
  gain: 'utility',
};
const catalog = new Catalog(
  Object.entries(families).map(([id, category]) => ({
    id,
    label: id,
    category,
    summary: '',
    role: 'effect',
    ports: [],
    params: [],
    assets: [],
    readings: [],
    latencyFrames: 0,
  })),
);
const chain = ['gate', 'overdrive', 'amp-crunch', 'cabinet', 'delay'];

it.each([
  ['gate', 1],
  ['overdrive', 2],
  ['amp-crunch', 3],
  ['cabinet', 4],
  ['parametric-eq', 4],
  ['chorus', 4],
  ['delay', 5],
  ['gain', 5],
])('puts a %s at place %d', (type, index) => {
  expect(placeFor(catalog, type, chain)).toBe(index);
});

it('puts anything into an empty rack', () => {
  expect(placeFor(catalog, 'delay', [])).toBe(0);
});
