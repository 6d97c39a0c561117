// SPDX-License-Identifier: MIT
// The picture on the first screen: one line, the same note as it leaves each module of a rig.
import { html, svg, type TemplateResult } from 'lit';
import { familyColour, type Family } from '../model/family.ts';
import { glyphShape } from './icons.ts';

interface Stage {
  readonly name: string;
  readonly family: Family;
  /** The note in this stage: `t` is 0..1 through it, `phase` the note's, `x` the place. */
  readonly wave: (t: number, phase: number, x: number) => number;
}

const pick = (phase: number, bright: number) =>
  Math.sin(phase) +
  bright * 0.5 * Math.sin(2 * phase + 0.7) +
  bright * 0.28 * Math.sin(3 * phase + 1.9);
const strike = (t: number, fall: number, rise: number) =>
  Math.exp(-t * fall) * (1 - Math.exp(-t * rise));
const close = (t: number, share: number) => (t > 1 - share ? (1 - t) / share : 1);

const kStages: readonly Stage[] = [
  {
    name: 'Gate',
    family: 'dynamics',
    wave: (t, phase) =>
      t < 0.1 ? 0 : pick(phase, 1) * 0.42 * strike(t - 0.1, 1.6, 30) * close(t, 0.07),
  },
  {
    name: 'Overdrive',
    family: 'drive',
    wave: (t, phase) =>
      Math.tanh(pick(phase, 1) * 3.08 * strike(t, 2.3, 40)) * 0.62 * close(t, 0.05),
  },
  {
    name: 'Amp',
    family: 'amp',
    wave: (t, phase) => {
      const level = strike(t, 2.3, 40);
      return Math.tanh(pick(phase, 1.3) * 9 * level + 0.15 * level) * 0.92 * close(t, 0.05);
    },
  },
  {
    name: 'Cabinet',
    family: 'amp',
    wave: (t, phase) => {
      const level = strike(t, 2.3, 40);
      const cone = Math.tanh(Math.sin(phase) * 3.5 * level) * 0.54;
      return (cone + 0.2 * Math.sin(phase * 2 + 0.5) * level) * close(t, 0.05);
    },
  },
  {
    name: 'Delay',
    family: 'space',
    wave: (t, phase) => {
      let echoes = 0;
      for (let n = 0; n < 4; n++) {
        const since = t - n * 0.25;
        if (since > 0) echoes += strike(since, 14, 60) * 0.66 ** n;
      }
      return Math.sin(phase) * echoes * 1.05;
    },
  },
  {
    name: 'Reverb',
    family: 'space',
    wave: (t, phase, x) =>
      Math.sin(phase) *
      strike(t, 2.4, 30) *
      0.9 *
      (0.62 + 0.38 * Math.sin(x * 0.071 + Math.sin(x * 0.043) * 2)),
  },
];

const hum = (phase: number, x: number) =>
  0.072 * pick(phase, 1) + ((Math.sin(x * 12.989) * 43758.545) % 1) * 0.05;
const tail = (t: number, phase: number) => Math.sin(phase) * Math.exp(-(t + 1) * 2.4) * 0.7;

export interface HeroSize {
  readonly width: number;
  readonly height: number;
  /** From the page's edge to the first and from the last module. */
  readonly margin: number;
  readonly isSmall: boolean;
}

/** The line's points; pure, so that a test can look at it. */
export function heroPoints({ width, height, margin, isSmall }: HeroSize): [number, number][] {
  const cell = (width - 2 * margin) / kStages.length;
  const turnsPerPixel = isSmall ? 0.42 : 0.175;
  const points: [number, number][] = [];
  for (let x = 0; x <= width; x += 0.8) {
    const at = (x - margin) / cell;
    const index = Math.floor(at);
    const t = at - index;
    const phase = x * turnsPerPixel;
    const stage = kStages[index];
    const y = index < 0 ? hum(phase, x) : stage ? stage.wave(t, phase, x) : tail(t, phase);
    points.push([x, height * 0.42 - y * height * 0.36]);
  }
  return points;
}

export function hero(size: HeroSize): TemplateResult {
  const { width, height, margin, isSmall } = size;
  const cell = (width - 2 * margin) / kStages.length;
  const edge = (i: number) => margin + i * cell;
  const d = `M${heroPoints(size)
    .map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('L')}`;
  const idle = 'var(--wire-audio-idle)';
  const stops = [
    [0, idle],
    [(margin - 8) / width, idle],
    ...kStages.flatMap(({ family }, i) => [
      [(edge(i) + 6) / width, familyColour(family)],
      [(edge(i + 1) - 6) / width, familyColour(family)],
    ]),
  ] as const;
  const middle = height * 0.42;
  const edges = Array.from({ length: kStages.length + 1 }, (_, i) => i);
  return html`<svg
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="One note on its way through gate, overdrive, amp, cabinet, delay and reverb"
  >
    <defs>
      <linearGradient
        id="hero-hues"
        gradientUnits="userSpaceOnUse"
        x1="0"
        x2=${width}
        y1="0"
        y2="0"
      >
        ${stops.map(([offset, hue]) => svg`<stop offset=${offset} stop-color=${hue}/>`)}
      </linearGradient>
    </defs>
    ${edges.map((i) => svg`<path d="M${edge(i)} 0V${height * 0.93}" stroke="var(--line-1)"/>`)}
    <path
      d=${d}
      fill="none"
      stroke="url(#hero-hues)"
      stroke-width=${isSmall ? 5 : 9}
      opacity=".13"
      stroke-linejoin="round"
    />
    <path
      d=${d}
      fill="none"
      stroke="url(#hero-hues)"
      stroke-width=${isSmall ? 1.7 : 2.2}
      stroke-linejoin="round"
    />
    ${edges.map((i) => {
      const family = kStages[Math.min(i, kStages.length - 1)]?.family ?? 'utility';
      return svg`<circle cx=${edge(i)} cy=${middle} r=${isSmall ? 5 : 6} fill=${familyColour(family)} stroke="var(--surface-1)" stroke-width=${isSmall ? 3 : 4}/>`;
    })}
    ${kStages.map(({ name, family }, i) => {
      const x = isSmall ? edge(i) + cell / 2 - 8 : edge(i) + 14;
      return svg`<g transform="translate(${x} ${height * 0.93 - 22})">${glyphShape(family)}</g>
        ${isSmall ? '' : svg`<text x=${x + 24} y=${height * 0.93 - 9} class="stage">${name}</text>`}`;
    })}
  </svg>`;
}
