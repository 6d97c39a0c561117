// SPDX-License-Identifier: MIT
// Wires and ports: grey when nothing sounds, green as far as something does. What lights up is a picture of its own that
// only changes its opacity, so that the glow of a wire repaints nothing.
import { svg, type SVGTemplateResult } from 'lit';
import { setAttributes, svgElement } from './dom.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Room around the lit line for its glow. */
const kMargin = 8;
const kPortRadius = 5;

const line = (d: string, attributes: Readonly<Record<string, string | number>>) =>
  svgElement('path', { d, fill: 'none', ...attributes });
const dot = ({ x, y }: Point, fill: string) =>
  svgElement('circle', {
    cx: x,
    cy: y,
    r: kPortRadius,
    fill,
    stroke: 'var(--surface-3)',
    'stroke-width': 2,
  });

/** A wire with the ports at its ends. */
export class Wire {
  /** Lies in the drawing of all wires. */
  readonly idle = svgElement('g');
  /** Lies over it, at its own place. */
  readonly live = svgElement('svg', { class: 'live-wire' });
  private shown = -1;

  constructor(
    /** Tells a wire that runs as before from one that does not. */
    readonly key: string,
    d: string,
    ports: readonly Point[],
  ) {
    this.idle.append(
      line(d, { stroke: 'var(--surface-1)', 'stroke-width': 7, opacity: 0.85 }),
      line(d, { stroke: 'var(--wire-audio-idle)', 'stroke-width': 2.5 }),
      ...ports.map((at) => dot(at, 'var(--wire-audio-idle)')),
    );
    const lit = 'var(--wire-audio)';
    this.live.append(
      line(d, { stroke: lit, 'stroke-width': 12, opacity: 0.08 }),
      line(d, { stroke: lit, 'stroke-width': 6, opacity: 0.1 }),
      line(d, { stroke: lit, 'stroke-width': 2.5 }),
      ...ports.map((at) => dot(at, lit)),
    );
    this.glow = 0;
  }

  /** To be called when it is in the page, for all new wires before any is fitted: each asks for a layout. */
  measure(): DOMRect {
    return this.live.getBBox();
  }
  /** As small as the wire. */
  fit(box: DOMRect): void {
    const left = Math.floor(box.x) - kMargin;
    const top = Math.floor(box.y) - kMargin;
    const width = Math.ceil(box.width) + 2 * kMargin + 1;
    const height = Math.ceil(box.height) + 2 * kMargin + 1;
    setAttributes(this.live, { width, height, viewBox: `${left} ${top} ${width} ${height}` });
    Object.assign(this.live.style, { left: `${left}px`, top: `${top}px` });
  }

  /** `glow` is 0..1. */
  set glow(glow: number) {
    // In steps that an eye can tell: what did not change need not be composed again.
    const shown = glow <= 0.02 ? 0 : Math.round(20 * (0.3 + 0.7 * glow)) / 20;
    if (shown === this.shown) return;
    this.shown = shown;
    this.live.style.opacity = String(shown);
  }
}

/** The wire of an empty rack, with a plus in its middle. */
export const emptyWire = (): SVGTemplateResult =>
  svg`<path d="M10 18H170" stroke="var(--wire-audio-idle)" stroke-width="2.5"/>
  <circle cx="10" cy="18" r="6" fill="var(--wire-audio-idle)"/><circle cx="170" cy="18" r="6" fill="var(--wire-audio-idle)"/>
  <circle cx="90" cy="18" r="13" fill="var(--surface-4)" stroke="var(--line-2)"/>
  <path d="M90 13v10M85 18h10" stroke="var(--text-1)" stroke-width="1.75" stroke-linecap="round"/>`;
