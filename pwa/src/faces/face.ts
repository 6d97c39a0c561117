// SPDX-License-Identifier: MIT
// A face shows what a module does to the sound, drawn from its knobs and from what it reports. In pixels of the well.
import { type nothing, svg, type SVGTemplateResult } from 'lit';
import type { ModuleMeta } from '../model/engine-port.ts';
import type { Brush } from './brush.ts';

export interface FaceView {
  readonly width: number;
  readonly height: number;
  /** The small picture of a list row: no words, no grid. */
  readonly isSmall: boolean;
  readonly meta: ModuleMeta;
  readonly tempoBpm: number;
  /** A knob's plain value; `fallback` when the module has no such knob. */
  value(paramId: string, fallback?: number): number;
  /** The words of a knob's value. */
  text(paramId: string): string;
  choice(paramId: string): string;
  reading(readingId: string): readonly number[] | undefined;
  /** Peaks in dB that came in and went out over the last seconds, oldest first. */
  readonly trailIn: readonly number[];
  readonly trailOut: readonly number[];
  /** Now, in dB; -∞ when nothing sounds. */
  readonly inDb: number;
  readonly outDb: number;
  /** Magnitude in dB of the file in the module's slot, if there is one. */
  fileResponse(): ((hz: number) => number) | undefined;
}
export interface Face {
  /** What moves with the knobs only. */
  draw(view: FaceView): SVGTemplateResult | typeof nothing;
  /** What moves with the sound, over it: on a canvas, since drawing it as SVG paints the card around it again. */
  paint?(view: FaceView, brush: Brush): void;
}

export const kHue = 'var(--family)';
const kLowHz = 30;
const kHighHz = 20000;

export const path = (points: readonly (readonly [number, number])[]): string =>
  points.length ? `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}` : '';

export const curve = (d: string, width = 2.2, extra = '') =>
  svg`<path d=${d} fill="none" stroke=${kHue} stroke-width=${width} stroke-linecap="round" stroke-linejoin="round" class=${extra}/>`;

export const words = (x: number, y: number, text: string, anchor: 'start' | 'end' = 'start') =>
  svg`<text x=${x} y=${y} text-anchor=${anchor} class="words">${text}</text>`;

/** Where a frequency stands, and which frequency stands there. */
export const hzToX = (hz: number, width: number) =>
  (Math.log(hz / kLowHz) / Math.log(kHighHz / kLowHz)) * width;
export const xToHz = (x: number, width: number) => kLowHz * (kHighHz / kLowHz) ** (x / width);

const kGrid = [
  [100, '100'],
  [1000, '1k'],
  [10000, '10k'],
] as const;

/** A magnitude over frequency: `db` within ±`range` of the middle. */
export function response(
  view: FaceView,
  db: (hz: number) => number,
  range: number,
  fill: 'below' | 'middle' = 'below',
): SVGTemplateResult {
  const { width, height, isSmall } = view;
  const toY = (value: number) => responseY(view, value, range);
  const step = isSmall ? 3 : 4;
  const points: [number, number][] = [];
  for (let x = 0; x <= width + step - 1; x += step) points.push([x, toY(db(xToHz(x, width)))]);
  const line = path(points);
  const base = fill === 'below' ? height : height / 2;
  return svg`${kGrid.map(([hz]) => {
    const x = Math.round(hzToX(hz, width)) + 0.5;
    return svg`<path d="M${x} 0V${height}" class="grid"/>`;
  })}<path d="M0 ${height / 2}H${width}" class="grid"/>
  <path d="${line}L${width} ${base}L0 ${base}Z" fill=${kHue} opacity=".12"/>${curve(line)}
  ${isSmall ? '' : kGrid.map(([hz, text]) => words(hzToX(hz, width) + 5, height - 7, text))}`;
}

const responseY = ({ height }: FaceView, db: number, range: number) =>
  Math.min(height + 8, Math.max(-8, height / 2 - (db / range) * (height / 2 - 6)));
/** Where a point of it is drawn. */
export const responsePoint = (
  view: FaceView,
  hz: number,
  db: number,
  range: number,
): [number, number] => [hzToX(hz, view.width), responseY(view, db, range)];

/** A curve of output over input, both -1..1, with the diagonal. */
export function transfer(view: FaceView, gain: (x: number) => number): SVGTemplateResult {
  const { width: w, height: h, isSmall } = view;
  const points = Array.from({ length: 81 }, (_, i) => {
    const x = i / 40 - 1;
    return transferPoint(view, x, Math.max(-1.1, Math.min(1.1, gain(x))));
  });
  const line = path(points);
  const [left, low] = transferPoint(view, -1, -1);
  const [right, high] = transferPoint(view, 1, 1);
  return svg`<path d="M${w / 2} 0V${h}M0 ${h / 2}H${w}" class="axis"/>
  <path d="M${left} ${low}L${right} ${high}" class="axis" stroke-dasharray="2 4"/>
  ${isSmall ? '' : curve(line, 8, 'halo')}${curve(line)}
  ${isSmall ? '' : svg`${words(8, 15, 'out')}${words(w - 8, h - 8, 'in', 'end')}`}`;
}
/** Where a point of that curve is drawn. */
export const transferPoint = (
  { width, height }: FaceView,
  x: number,
  y: number,
): [number, number] => [width / 2 + x * width * 0.44, height / 2 - y * height * 0.42];

export const dashed = (d: string) =>
  svg`<path d=${d} fill="none" stroke="var(--text-2)" stroke-dasharray="3 3"/>`;

/** The entry of a trail that stands at bar `i` of `count`, the newest at the right. */
export const trailAt = (trail: readonly number[], i: number, count: number): number =>
  trail[trail.length - count + i] ?? Number.NEGATIVE_INFINITY;
