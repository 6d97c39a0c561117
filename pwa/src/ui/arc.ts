// SPDX-License-Identifier: MIT
// Geometry of dials: angles in radians from 12 o'clock, clockwise.

/** Half of a knob's travel: 270 degrees in all. */
export const kHalfTravel = (135 * Math.PI) / 180;

export const travelAngle = (travel: number): number => (travel * 2 - 1) * kHalfTravel;

export function onCircle(centre: number, radius: number, angle: number): readonly [number, number] {
  return [centre + radius * Math.sin(angle), centre - radius * Math.cos(angle)];
}

const f = (x: number) => x.toFixed(2);

export function arcPath(centre: number, radius: number, from: number, to: number): string {
  const [a, b] = from < to ? [from, to] : [to, from];
  const [x, y] = onCircle(centre, radius, a);
  const [u, v] = onCircle(centre, radius, b);
  return `M${f(x)} ${f(y)}A${radius} ${radius} 0 ${b - a > Math.PI ? 1 : 0} 1 ${f(u)} ${f(v)}`;
}

export function spoke(centre: number, from: number, to: number, angle: number): string {
  const [x, y] = onCircle(centre, from, angle);
  const [u, v] = onCircle(centre, to, angle);
  return `M${f(x)} ${f(y)}L${f(u)} ${f(v)}`;
}
