// SPDX-License-Identifier: MIT
// A rig in one line: a note on its way through the modules, each in its family's hue. The same project always gives the
// same picture.
import { svg, html, type TemplateResult } from 'lit';
import { chainOf } from '../model/chain.ts';
import { type Catalog, nodeValue } from '../model/catalog.ts';
import type { ModuleMeta, NodeJson, ProjectJson } from '../model/engine-port.ts';
import { familyColour, type Family } from '../model/family.ts';

const kWidth = 320;
const kHeight = 64;
const kMargin = 16;
const kStep = 1;
/** More would be hair: the rest is a figure at the end. */
const kMostModules = 10;

type WaveOf = (t: number, phase: number) => number;
const fall = (t: number, speed: number) => Math.exp(-t * speed);

/** The note inside a module of that family; `t` 0..1 through it. */
const kWaves: Readonly<Record<Family, WaveOf>> = {
  drive: (t, phase) => Math.tanh(Math.sin(phase) * 4 * fall(t, 1.2)) * 0.7,
  amp: (t, phase) =>
    Math.tanh((Math.sin(phase) + 0.4 * Math.sin(2 * phase)) * 6 * fall(t, 1)) * 0.9,
  dynamics: (t, phase) => (t < 0.15 ? 0 : Math.sin(phase) * 0.7),
  filter: (t, phase) => Math.sin(phase) * (0.3 + 0.6 * Math.exp(-(((t - 0.5) / 0.2) ** 2))),
  modulation: (t, phase) => Math.sin(phase) * (0.5 + 0.4 * Math.sin(t * 4 * Math.PI)),
  space: (t, phase) => Math.sin(phase) * (fall((t * 4) % 1, 3) * fall(t, 1.4)),
  instrument: (t, phase) => Math.sign(Math.sin(phase)) * 0.5 * fall(t, 1),
  utility: (_, phase) => Math.sin(phase) * 0.45,
};

/** Where the module's knobs stand, all together: 0..1. */
function turnOf(node: NodeJson, meta: ModuleMeta): number {
  const travels = meta.params.map((param) =>
    param.max > param.min ? (nodeValue(node, param) - param.min) / (param.max - param.min) : 0,
  );
  return travels.length ? travels.reduce((sum, each) => sum + each, 0) / travels.length : 0.5;
}

interface Stage {
  readonly family: Family;
  readonly isOff: boolean;
  /** Height of the wave: what the knobs do to it. */
  readonly size: number;
}

export function stagesOf(project: ProjectJson, catalog: Catalog): readonly Stage[] {
  return chainOf(project, catalog).nodes.map((id) => {
    const node = project.nodes[id] ?? { type: '' };
    const meta = catalog.get(node.type);
    return {
      family: catalog.family(node.type),
      isOff: node.bypass === true,
      size: 0.7 + 0.6 * turnOf(node, meta),
    };
  });
}

function wave({ family, isOff, size }: Stage, x0: number, width: number): string {
  const points: string[] = [];
  for (let x = 0; x <= width; x += kStep) {
    const t = x / width;
    // Ends on the line, where the next one begins.
    const ends = Math.min(1, t * 8, (1 - t) * 8);
    const y = isOff ? 0 : Math.min(1, size) * ends * kWaves[family](t, (x0 + x) * 0.55);
    points.push(`${(x0 + x).toFixed(1)} ${(kHeight / 2 - y * kHeight * 0.38).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}

export function rigPicture(project: ProjectJson, catalog: Catalog): TemplateResult {
  const stages = stagesOf(project, catalog);
  const shown = stages.slice(0, kMostModules);
  const middle = kHeight / 2;
  const cell = (kWidth - 2 * kMargin) / Math.max(1, shown.length);
  const idle = 'var(--wire-audio-idle)';
  const end = kWidth - kMargin;
  return html`<svg
    class="rig-picture"
    viewBox="0 0 ${kWidth} ${kHeight}"
    preserveAspectRatio="xMidYMid slice"
    aria-hidden="true"
  >
    <path
      d="M0 ${middle}H${kMargin}M${end} ${middle}H${kWidth}"
      stroke=${idle}
      stroke-width="1.5"
    />
    ${shown.map((stage, i) => {
      const hue = stage.isOff ? idle : familyColour(stage.family);
      const x = kMargin + i * cell;
      return svg`<path d=${wave(stage, x, cell)} fill="none" stroke=${hue} stroke-width="1.5" stroke-linejoin="round"/>
        <circle cx=${x} cy=${middle} r="3" fill=${hue}/>`;
    })}
    ${
      shown.length
        ? svg`<circle cx=${end} cy=${middle} r="3" fill=${idle}/>`
        : svg`<path d="M${kMargin} ${middle}H${kWidth}" stroke=${idle} stroke-width="1.5" stroke-dasharray="4 4"/>`
    }
  </svg>`;
}
