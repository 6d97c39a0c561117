// SPDX-License-Identifier: MIT
// Which knobs a card shows, in which order and size. What a table does not name is in "All settings"; a module without a
// table shows what fits.
import type { ModuleMeta, ParamMeta } from '../model/engine-port.ts';
import type { KnobSize } from '../ui/dial.ts';

export interface KnobPlace {
  readonly param: ParamMeta;
  readonly size: KnobSize;
}
export interface CardLayout {
  /** Pixels that the card likes to have; it grows with its row. */
  readonly basis: number;
  /** Knobs from left to right; several in one place stand above each other. */
  readonly knobs: readonly (readonly KnobPlace[])[];
  /** Choices that the card offers. */
  readonly choices: readonly ParamMeta[];
  /** Bands of an equaliser and the like: one is in view at a time. */
  readonly bands: readonly (readonly ParamMeta[])[];
  /** There are settings that the card does not show. */
  readonly hasMore: boolean;
}

interface Table {
  readonly basis: number;
  /** `*` is large; ids joined by `/` stand above each other. */
  readonly knobs: string;
  readonly choices?: string;
}
const kTables: Readonly<Record<string, Table>> = {
  gate: { basis: 208, knobs: 'threshold/range release/hold' },
  compressor: { basis: 320, knobs: '*threshold ratio/release attack/makeup' },
  overdrive: { basis: 248, knobs: '*drive tone/level' },
  'amp-crunch': {
    basis: 560,
    knobs: '*gain bass middle treble presence sag *master',
    choices: '',
  },
  cabinet: { basis: 336, knobs: 'distance axis lowCut highCut' },
  delay: { basis: 392, knobs: '*time repeats wow duck mix', choices: 'sync' },
  reverb: { basis: 288, knobs: '*decay damp mix' },
  'parametric-eq': { basis: 400, knobs: 'output' },
  gain: { basis: 208, knobs: '*gain' },
  pan: { basis: 208, knobs: '*pan' },
  tuner: { basis: 248, knobs: '' },
  'level-meter': { basis: 208, knobs: '' },
};

const kBand = /^([a-z]+)(\d+)([A-Z].*)$/;
/** Of one band out of several, as `b3Gain` is. */
export const isBand = (paramId: string): boolean => kBand.test(paramId);
const kKnobsThatFit = 8;

function bandsOf(meta: ModuleMeta): ParamMeta[][] {
  const bands = new Map<string, ParamMeta[]>();
  for (const param of meta.params) {
    const match = kBand.exec(param.id);
    if (!match) continue;
    const band = match[2] ?? '';
    // "1 Freq" is "Freq" once the band is chosen.
    const label = param.label.replace(/^\d+\s+/, '');
    bands.set(band, [...(bands.get(band) ?? []), { ...param, label }]);
  }
  return bands.size > 1 ? [...bands.values()] : [];
}

function fromTable(meta: ModuleMeta, table: Table): KnobPlace[][] {
  const place = (word: string): KnobPlace[] => {
    const isLarge = word.startsWith('*');
    const param = meta.params.find(({ id }) => id === word.replace('*', ''));
    return param && !param.choices ? [{ param, size: isLarge ? 'l' : 'm' }] : [];
  };
  return table.knobs
    .split(' ')
    .map((word) => word.split('/').flatMap(place))
    .filter((places) => places.length > 0);
}

export function cardLayout(meta: ModuleMeta): CardLayout {
  const table = kTables[meta.id];
  const bands = bandsOf(meta);
  const rows = meta.params.filter(({ id }) => bands.length === 0 || !kBand.test(id));
  const turned = rows.filter(({ choices }) => !choices);
  const chosen = rows.filter(({ choices }) => choices);
  const own = table ? fromTable(meta, table) : [];
  // Ids that a table names may be gone from a module: better all of its knobs than none.
  const knobs =
    own.length > 0 || table?.knobs === ''
      ? own
      : turned.slice(0, kKnobsThatFit).map((param): KnobPlace[] => [{ param, size: 'm' }]);
  const wanted = table?.choices?.split(' ');
  const choices = wanted ? chosen.filter(({ id }) => wanted.includes(id)) : chosen.slice(0, 1);
  const shown = knobs.flat().length + choices.length;
  const basis = table?.basis ?? Math.max(208, Math.min(560, 24 + knobs.length * 68));
  return { basis, knobs, choices, bands, hasMore: shown < rows.length };
}

const kNote = /^(1\/\d+)([.T])$/;

/** Ids of choices as words: "4x12-closed" is "4 × 12 closed", "1/8." is "1/8 dot". */
export function choiceLabel(choice: string): string {
  const note = kNote.exec(choice);
  if (note) return `${note[1]} ${note[2] === '.' ? 'dot' : 'trip'}`;
  // A minus before a figure stays one: "-4.5 dB".
  return choice.replaceAll(/-(?!\d)/g, ' ').replaceAll(/(\d)\s?x\s?(\d)/g, '$1 × $2');
}
