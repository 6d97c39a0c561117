// SPDX-License-Identifier: MIT
// What stands beside a module's name: of which kind it is, and what is chosen. On a phone a closed row has no knobs, so
// the one that says most stands there, too.
import { formatValue } from '../format/units.ts';
import type { ModuleMeta, ParamMeta } from '../model/engine-port.ts';
import { cardLayout, choiceLabel, isBand } from './card-layout.ts';

type Value = (param: ParamMeta) => number;

/** The circuit or the machine that a module is, where it is one. */
const kKinds: Readonly<Record<string, string>> = {
  overdrive: 'Green',
  'amp-crunch': 'EL34',
  delay: 'Tape',
};
/** Choices that say nothing about the sound. */
const kPlain = new Set(['off', 'on', 'free', 'normal']);
/** Choices that the card shows anyway. */
const kShown: Readonly<Record<string, readonly string[]>> = {
  delay: ['sync', 'pingPong', 'range'],
};
/** What a row says of its knobs: a word before the value, or none. */
const kRowFacts: Readonly<Record<string, readonly [id: string, word: string]>> = {
  gate: ['threshold', ''],
  compressor: ['ratio', ''],
  'amp-crunch': ['gain', 'gain '],
  reverb: ['decay', ''],
  gain: ['gain', ''],
  pan: ['pan', ''],
};
const kRoomPercent = 60;
const kLargePercent = 115;

const rowOf = (meta: ModuleMeta, id: string) => meta.params.find((param) => param.id === id);

/** A switch by its own name, another choice by what is chosen. */
function chosenWord(param: ParamMeta, value: Value): string {
  const text = param.choices?.[Math.round(value(param))] ?? '';
  if (text === 'on') return param.label.toLowerCase();
  return kPlain.has(text) ? '' : choiceLabel(text);
}

function space(meta: ModuleMeta, value: Value): string {
  const size = rowOf(meta, 'size');
  if (meta.id !== 'reverb' || !size) return '';
  const percent = value(size);
  return percent < kRoomPercent ? 'Room' : percent <= kLargePercent ? 'Hall' : 'Large hall';
}

function kindsOf(meta: ModuleMeta, value: Value): string[] {
  const shown = kShown[meta.id] ?? [];
  const chosen = meta.params
    .filter(({ id, choices }) => choices && !isBand(id) && !shown.includes(id))
    .slice(0, 2)
    .map((param) => chosenWord(param, value));
  return [kKinds[meta.id] ?? '', space(meta, value), ...chosen].filter(Boolean);
}

/** "4 × 12 closed, dynamic", "EL34, bright": as the card's head shows it. */
export const variantOf = (meta: ModuleMeta, value: Value): string =>
  kindsOf(meta, value).join(', ');

/** "Tape, 1/8 dot", "EL34, gain 6.4", "−48 dB": as a row shows it. */
export function rowVariantOf(meta: ModuleMeta, value: Value): string {
  const [kind = ''] = kindsOf(meta, value);
  const join = (text: string) => [kind, text].filter(Boolean).join(', ');
  if (meta.id === 'delay') return join(delayTime(meta, value));
  const [id, word] = kRowFacts[meta.id] ?? [];
  const known = id === undefined ? undefined : rowOf(meta, id);
  if (known) return join(`${word}${formatValue(value(known), known)}`);
  if (kind) return kind;
  const first = cardLayout(meta).knobs[0]?.[0]?.param;
  return first ? `${first.label} ${formatValue(value(first), first)}` : '';
}

function delayTime(meta: ModuleMeta, value: Value): string {
  const [sync, time] = [rowOf(meta, 'sync'), rowOf(meta, 'time')];
  const note = sync && chosenWord(sync, value);
  return note || (time ? formatValue(value(time), time) : '');
}
