// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { dropIndex } from './reorder.ts';

// Two rows of two cards, and a list of three rows.
const grid = [
  { left: 0, top: 0, width: 100, height: 100 },
  { left: 120, top: 0, width: 100, height: 100 },
  { left: 0, top: 140, width: 100, height: 100 },
  { left: 120, top: 140, width: 100, height: 100 },
];
const list = [0, 60, 120].map((top) => ({ left: 0, top, width: 300, height: 50 }));

it('lands before or behind the card under the pointer', () => {
  expect(dropIndex(grid, 0, { x: 210, y: 50 }, false)).toBe(1);
  expect(dropIndex(grid, 0, { x: 130, y: 50 }, false)).toBe(0);
  expect(dropIndex(grid, 3, { x: 10, y: 150 }, false)).toBe(2);
  expect(dropIndex(grid, 1, { x: 400, y: 400 }, false)).toBe(3);
});

it('lands by height in a list', () => {
  expect(dropIndex(list, 0, { x: 10, y: 100 }, true)).toBe(1);
  expect(dropIndex(list, 2, { x: 10, y: -40 }, true)).toBe(0);
  expect(dropIndex(list, 0, { x: 10, y: 400 }, true)).toBe(2);
});

it('stays where it is when nothing else is there', () => {
  expect(dropIndex(list.slice(0, 1), 0, { x: 0, y: 0 }, true)).toBe(0);
});
