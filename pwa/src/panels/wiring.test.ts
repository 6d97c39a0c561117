// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { listWiring, rackWiring } from './wiring.ts';

const box = (left: number, top: number) => ({ left, top, width: 200, height: 330 });

it('has one wire more than there are cards, and two ports on each', () => {
  const { wires, ports } = rackWiring([box(24, 0), box(248, 0), box(24, 370)], 500, 40);
  expect(wires).toHaveLength(4);
  expect(ports).toHaveLength(6);
  expect(wires[0]).toBe('M0 20H24');
  expect(wires[1]).toBe('M224 20H248');
  expect(wires[3]).toBe('M224 390H500');
  expect(ports[3]).toEqual({ x: 448, y: 20, wire: 2 });
});

it('goes around the end of a row and arrives at the port', () => {
  const [, turn] = rackWiring([box(248, 0), box(24, 370)], 500, 40).wires;
  expect(turn).toMatch(/^M448 20h4a8 8/);
  expect(turn).toContain('V342');
  expect(turn).toMatch(/V382a8 8 0 0 0 8 8h4$/);
});

it('joins the rows of a list', () => {
  const { wires, ports } = listWiring([box(12, 0), box(12, 340)]);
  expect(wires).toEqual(['M33.5 -10V0', 'M33.5 330V340', 'M33.5 670v10']);
  expect(ports).toEqual([]);
});

it('is nothing in an empty rack', () => {
  expect(rackWiring([], 500, 40)).toEqual({ wires: [], ports: [] });
});
