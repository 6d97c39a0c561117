// SPDX-License-Identifier: MIT
// The drawing of a knob: arc, cap, pointer, and outside of them the reach of a modulation and the focus ring.
import { arcPath, kHalfTravel, onCircle, spoke, travelAngle } from './arc.ts';
import { setAttributes, svgElement } from './dom.ts';

export type KnobSize = 's' | 'm' | 'l';
/** The drawing's own grid; CSS scales it for touch. */
const kDiameter = { s: 28, m: 40, l: 64 } as const;
const kStroke = { s: 2.5, m: 3, l: 4 } as const;
const kGap = { s: 2.5, m: 3.5, l: 5 } as const;
const kPointer = { s: 2, m: 2.5, l: 3 } as const;

/** How far a modulation reaches (share of the travel, both ways) and where it is now, -1..1. */
export interface Modulation {
  readonly depth: number;
  readonly now: number;
}

export class Dial {
  readonly root: SVGSVGElement;
  private readonly arc = svgElement('path', { class: 'arc' });
  private readonly pointer = svgElement('path', { class: 'pointer' });
  private readonly reach = svgElement('path', { class: 'reach', 'stroke-width': 2 });
  private readonly rider = svgElement('rect', { class: 'rider', width: 6, height: 6 });
  private readonly centre: number;
  private readonly radius: number;
  private readonly cap: number;

  constructor(
    private readonly size: KnobSize,
    private readonly bipolar: boolean,
  ) {
    const diameter = kDiameter[size];
    const stroke = kStroke[size];
    this.centre = diameter / 2;
    this.radius = this.centre - stroke / 2;
    this.cap = this.centre - stroke - kGap[size];
    this.root = svgElement('svg', {
      viewBox: `0 0 ${diameter} ${diameter}`,
      'aria-hidden': 'true',
    });
    this.root.append(...this.still(), this.arc, this.reach, this.rider);
    setAttributes(this.arc, { 'stroke-width': stroke });
    setAttributes(this.pointer, { 'stroke-width': kPointer[size] });
    this.root.append(this.pointer);
  }

  private still(): SVGElement[] {
    const { centre: c, radius: r } = this;
    const parts: SVGElement[] = [
      svgElement('path', {
        class: 'track',
        d: arcPath(c, r, -kHalfTravel, kHalfTravel),
        'stroke-width': kStroke[this.size],
      }),
      svgElement('circle', { class: 'cap', cx: c, cy: c, r: this.cap }),
      svgElement('circle', { class: 'ring', cx: c, cy: c, r: c + 4 }),
    ];
    if (this.bipolar) {
      parts.push(
        svgElement('circle', {
          class: 'centre',
          cx: c,
          cy: c - r - kStroke[this.size] / 2 - 2.5,
          r: 1.2,
        }),
      );
    }
    return parts;
  }

  draw(travel: number, modulation?: Modulation): void {
    const { centre: c, radius: r } = this;
    const angle = travelAngle(travel);
    const zero = this.bipolar ? 0 : -kHalfTravel;
    const isLong = Math.abs(angle - zero) > 0.02;
    setAttributes(this.arc, { d: isLong ? arcPath(c, r, zero, angle) : '' });
    const inner = this.cap * (this.size === 'l' ? 0.52 : 0.36);
    setAttributes(this.pointer, { d: spoke(c, inner, this.cap - 2, angle) });
    this.drawModulation(angle, modulation);
  }

  private drawModulation(angle: number, modulation: Modulation | undefined): void {
    const isThere = modulation !== undefined && modulation.depth !== 0;
    this.reach.toggleAttribute('hidden', !isThere);
    this.rider.toggleAttribute('hidden', !isThere);
    if (!isThere) return;
    const { centre: c } = this;
    const swing = Math.abs(modulation.depth) * 2 * kHalfTravel;
    const low = Math.max(-kHalfTravel, angle - swing);
    const high = Math.min(kHalfTravel, angle + swing);
    const now = angle + modulation.now * modulation.depth * 2 * kHalfTravel;
    const [x, y] = onCircle(c, c + 3.5, Math.max(low, Math.min(high, now)));
    setAttributes(this.reach, { d: arcPath(c, c + 3.5, low, high) });
    setAttributes(this.rider, {
      x: x - 3,
      y: y - 3,
      transform: `rotate(45 ${x} ${y})`,
    });
  }
}
