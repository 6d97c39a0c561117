// SPDX-License-Identifier: MIT
// Wires and ports: grey when nothing sounds, green as far as something does.
import { svg, type SVGTemplateResult } from 'lit';
import { setAttributes, svgElement } from './dom.ts';

/** A wire that glows with its level. */
export class Wire {
  readonly root = svgElement('g');
  private readonly paths;

  constructor() {
    const make = (attributes: Record<string, string | number>) => {
      const part = svgElement('path', { fill: 'none', ...attributes });
      this.root.append(part);
      return part;
    };
    this.paths = {
      gap: make({ stroke: 'var(--surface-1)', 'stroke-width': 7, opacity: 0.85 }),
      halo: make({ stroke: 'var(--wire-audio)', opacity: 0 }),
      idle: make({ stroke: 'var(--wire-audio-idle)', 'stroke-width': 2.5 }),
      live: make({ stroke: 'var(--wire-audio)', 'stroke-width': 2.5, opacity: 0 }),
    };
  }

  set d(d: string) {
    for (const part of Object.values(this.paths)) setAttributes(part, { d });
  }
  /** `glow` is 0..1. */
  set glow(glow: number) {
    setAttributes(this.paths.halo, {
      'stroke-width': (6 + 6 * glow).toFixed(1),
      opacity: (0.16 * glow).toFixed(3),
    });
    setAttributes(this.paths.live, { opacity: glow <= 0.01 ? 0 : (0.3 + 0.7 * glow).toFixed(3) });
  }
}

/** A round port on the edge of a card. */
export class Port {
  readonly root = svgElement('circle', { r: 5, 'stroke-width': 2, stroke: 'var(--surface-3)' });
  constructor(x: number, y: number) {
    setAttributes(this.root, { cx: x, cy: y });
    this.glow = 0;
  }
  set glow(glow: number) {
    setAttributes(this.root, {
      fill: glow > 0.02 ? 'var(--wire-audio)' : 'var(--wire-audio-idle)',
    });
  }
}

/** The wire of an empty rack, with a plus in its middle. */
export const emptyWire = (): SVGTemplateResult =>
  svg`<path d="M10 18H170" stroke="var(--wire-audio-idle)" stroke-width="2.5"/>
  <circle cx="10" cy="18" r="6" fill="var(--wire-audio-idle)"/><circle cx="170" cy="18" r="6" fill="var(--wire-audio-idle)"/>
  <circle cx="90" cy="18" r="13" fill="var(--surface-4)" stroke="var(--line-2)"/>
  <path d="M90 13v10M85 18h10" stroke="var(--text-1)" stroke-width="1.75" stroke-linecap="round"/>`;
