// SPDX-License-Identifier: MIT
// Icons on a 16 px grid, 1.5 px line, and the glyphs of the module families.
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { familyColour, type Family } from '../model/family.ts';

const line = (d: string, width = 1.5) =>
  svg`<path d=${d} fill="none" stroke="currentColor" stroke-width=${width} stroke-linecap="round" stroke-linejoin="round"/>`;
const dot = (x: number, y: number, r: number) =>
  svg`<circle cx=${x} cy=${y} r=${r} fill="currentColor"/>`;
const hoop = (x: number, y: number, r: number) =>
  svg`<circle cx=${x} cy=${y} r=${r} fill="none" stroke="currentColor" stroke-width="1.5"/>`;
const solid = (d: string) => svg`<path d=${d} fill="currentColor"/>`;

const kIcons = {
  undo: line('M5.5 3 2.5 6l3 3M2.5 6h6.8a4 4 0 0 1 0 8H6'),
  redo: line('M10.5 3l3 3-3 3M13.5 6H6.7a4 4 0 0 0 0 8H10'),
  search: line('M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14'),
  settings: svg`${line('M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7')}${hoop(11, 4.5, 2)}${hoop(5, 11.5, 2)}`,
  tuner: line('M8 2v7M4 2v4a4 4 0 0 0 8 0V2M8 10v4'),
  play: solid('M5 3.2v9.6a.6.6 0 0 0 .9.5l7.6-4.8a.6.6 0 0 0 0-1L5.9 2.7a.6.6 0 0 0-.9.5z'),
  stop: solid('M4.5 3.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z'),
  record: dot(8, 8, 5),
  power: line('M8 2v5M4.6 4.2a5 5 0 1 0 6.8 0'),
  more: svg`${dot(3.5, 8, 1.3)}${dot(8, 8, 1.3)}${dot(12.5, 8, 1.3)}`,
  grip: svg`${[4, 8, 12].map((y) => svg`${dot(6, y, 1.1)}${dot(10, y, 1.1)}`)}`,
  plus: line('M8 3v10M3 8h10'),
  down: line('M4.5 6.5 8 10l3.5-3.5'),
  close: line('M4 4l8 8M12 4l-8 8'),
  check: line('M3 8.5 6.5 12 13 4.5'),
  warn: svg`${line('M8 2.5 14.5 13.5h-13zM8 6.5v3.2')}${dot(8, 11.6, 0.9)}`,
  plug: line('M6 2v3M10 2v3M4.5 5h7v2.5a3.5 3.5 0 0 1-7 0zM8 11v3'),
  unplugged: line('M6 2v3M10 2v3M4.5 5h7v2.5a3.5 3.5 0 0 1-7 0zM8 11v3M2 2l12 12'),
  phones: line(
    'M2.5 11V8a5.5 5.5 0 0 1 11 0v3M2.5 9.5h2v4h-1a1 1 0 0 1-1-1zM13.5 9.5h-2v4h1a1 1 0 0 0 1-1z',
  ),
  mute: line('M2.5 6v4H5l3.5 3V3L5 6zM11 6.2l3 3.6M14 6.2l-3 3.6'),
  speaker: line('M2.5 6v4H5l3.5 3V3L5 6zM11 6a3 3 0 0 1 0 4M12.8 4a5.6 5.6 0 0 1 0 8'),
  rack: line('M2.5 3h11v4h-11zM2.5 9h11v4h-11z'),
  folder: line('M2 4h4l1.5 2H14v7H2z'),
  download: line('M8 2v8M5 7.4 8 10l3-2.6M3 9v4.5h10V9'),
  copy: line('M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3'),
  star: line('M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z'),
  starred: svg`${solid('M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z')}${line('M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z')}`,
  left: line('M9.5 4.5 6 8l3.5 3.5'),
  right: line('M6.5 4.5 10 8l-3.5 3.5'),
  pen: line('M3 13l.7-2.8 7-7 2.1 2.1-7 7zM9.4 4.5l2.1 2.1'),
  type: line('M2 11.5v-7h12v7zM4.5 7v2M7 8h4.5'),
  midi: svg`${hoop(8, 8, 6)}${[
    [8, 4.2],
    [5, 5.4],
    [11, 5.4],
    [3.9, 8.4],
    [12.1, 8.4],
  ].map(([x = 0, y = 0]) => dot(x, y, 0.9))}`,
  trash: line('M3 4.5h10M6 4.5V2.5h4v2M4.5 4.5l.5 9h6l.5-9'),
  home: line('M2.5 7.5 8 3l5.5 4.5M4 7v6.5h8V7'),
  list: line('M2.5 4h11M2.5 8h11M2.5 12h11'),
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof kIcons;

export const icon = (name: IconName, size = 16): TemplateResult =>
  html`<svg width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true">
    ${kIcons[name]}
  </svg>`;

const kGlyphs = {
  drive: 'M1 8c1.5-7 3-5 5-5h.5c1 0 1.2 10 2.5 10h1c2 0 3.5 2 5-5',
  amp: 'M3 2.5v11L13.5 8z',
  dynamics: 'M2 13.5 8 7.5l6-2M8 2v12',
  filter: 'M1.5 11.5h2c3 0 3-7.5 5-7.5s2 7.5 6 7.5',
  modulation: 'M1.5 8c2-7 4.5-7 6.5 0s4.5 7 6.5 0',
  space: 'M6.5 5a4.2 4.2 0 0 1 0 6M9.5 3a7 7 0 0 1 0 10M12.5 1.5a9 9 0 0 1 0 13',
  instrument: 'M2.5 2.5h11v11h-11zM6.2 2.5v6M9.8 2.5v6M6.2 8.5v5M9.8 8.5v5',
  utility: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM8 8h6',
} as const satisfies Record<Family, string>;

/** The family's glyph as drawing, in its hue unless a colour is given. */
export const glyphShape = (family: Family, colour = familyColour(family)): SVGTemplateResult =>
  svg`<path d=${kGlyphs[family]} fill="none" stroke=${colour} stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>${family === 'space' ? svg`<circle cx="3" cy="8" r="1.6" fill=${colour}/>` : nothing}`;

export const glyph = (family: Family, size = 16, colour?: string): TemplateResult =>
  html`<svg width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true">
    ${glyphShape(family, colour)}
  </svg>`;

/** The mark: circle, diamond, square on one wire; the three shapes that a signal has here. */
export const mark = (scale = 1): TemplateResult =>
  html`<svg width=${40 * scale} height=${16 * scale} viewBox="0 0 40 16" aria-hidden="true">
    <path d="M6 8h28" stroke="var(--ink)" stroke-width="2" />
    <circle cx="6" cy="8" r="5" fill="var(--ink)" />
    <rect x="16" y="4" width="8" height="8" transform="rotate(45 20 8)" fill="var(--ink)" />
    <rect x="29.5" y="3.5" width="9" height="9" rx="1" fill="var(--ink)" />
  </svg>`;
