// SPDX-License-Identifier: MIT
// A value as a player reads it, and back: "−12.0 dB", "6.8 kHz", "1/8 dot". Figures keep their place while a knob turns.

/** What formatting needs to know of a parameter. */
export interface Quantity {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly choices?: readonly string[];
  readonly id?: string;
}

const kMinus = '−';

/** Note lengths in beats of a quarter. */
const kLengths: readonly (readonly [beats: number, name: string])[] = [1, 2, 4, 8, 16, 32].flatMap(
  (part) => [
    [4 / part, `1/${part}`] as const,
    [6 / part, `1/${part} dot`] as const,
    [8 / 3 / part, `1/${part} trip`] as const,
  ],
);

export function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? kMinus + text : text;
}

const signed = (value: number, digits: number): string =>
  value > 0 && Number(value.toFixed(digits)) !== 0
    ? `+${fixed(value, digits)}`
    : fixed(value, digits);

const isBipolar = (quantity: Quantity) => quantity.min < 0 && quantity.max > 0;

function hertz(value: number): string {
  if (value >= 9995) return `${fixed(value / 1000, 1)} kHz`;
  if (value >= 999.5) return `${fixed(value / 1000, 2).replace(/0$/, '')} kHz`;
  if (value >= 99.5) return `${fixed(value, 0)} Hz`;
  return value < 10 ? `${fixed(value, 2)} Hz` : `${fixed(value, 0)} Hz`;
}

function milliseconds(value: number): string {
  if (value >= 999.5) return `${fixed(value / 1000, 2)} s`;
  return `${fixed(value, value < 1 ? 2 : value < 9.95 ? 1 : 0)} ms`;
}

function beats(value: number): string {
  const named = kLengths.find(([length]) => Math.abs(length - value) <= length * 0.004);
  return named ? named[1] : `${fixed(value, 2)} beats`;
}

function pan(value: number): string {
  const rounded = Math.round(value);
  return rounded === 0 ? 'centre' : `${Math.abs(rounded)} ${rounded < 0 ? 'L' : 'R'}`;
}

function plain(value: number, quantity: Quantity): string {
  const span = quantity.max - quantity.min;
  return isBipolar(quantity) ? signed(value, 1) : fixed(value, span > 50 ? 0 : 1);
}

function decibel(value: number, quantity: Quantity): string {
  const digits = Math.abs(value) >= 19.95 || quantity.max - quantity.min >= 70 ? 0 : 1;
  return `${isBipolar(quantity) ? signed(value, Math.abs(value) >= 19.95 ? 0 : 1) : fixed(value, digits)} dB`;
}

export function formatValue(value: number, quantity: Quantity): string {
  if (!Number.isFinite(value)) return '– –';
  const { choices, unit } = quantity;
  if (choices) return choices[Math.round(value)] ?? '– –';
  switch (unit) {
    case 'dB':
      return decibel(value, quantity);
    case 'Hz':
      return hertz(value);
    case 'ms':
      return milliseconds(value);
    case 's':
      return `${fixed(value, value < 9.95 ? (value < 0.995 ? 2 : 1) : 0)} s`;
    case '%':
      if (quantity.id === 'pan') return pan(value);
      return `${isBipolar(quantity) ? signed(value, 0) : fixed(value, 0)} %`;
    case ':1':
      return `${fixed(value, value < 9.95 ? 1 : 0).replace(/\.0$/, '')} : 1`;
    case 'beats':
      return beats(value);
    case 'semitones':
      return `${signed(value, Number.isInteger(value) ? 0 : 1)} st`;
    case 'cents':
      return `${signed(value, 0)} ct`;
    case '°':
      return `${fixed(value, 0)}°`;
    case 'cm':
      return `${fixed(value, value < 9.95 && !Number.isInteger(value) ? 1 : 0)} cm`;
    default:
      return unit ? `${fixed(value, 1)} ${unit}` : plain(value, quantity);
  }
}

/** Factor from a typed unit to the quantity's own; undefined if the two do not go together. */
function unitFactor(typed: string, unit: string): number | undefined {
  const own = typed.toLowerCase();
  if (own === '' || own === unit.toLowerCase()) return 1;
  const table: Record<string, Record<string, number>> = {
    Hz: { k: 1000, khz: 1000 },
    ms: { s: 1000, sec: 1000 },
    s: { ms: 0.001, sec: 1 },
    dB: { db: 1 },
    ':1': { ': 1': 1 },
    semitones: { st: 1, semitone: 1, oct: 12 },
    cents: { ct: 1, cent: 1 },
    beats: { beat: 1, bar: 4, bars: 4 },
    '°': { deg: 1, '°': 1 },
    cm: { mm: 0.1, m: 100 },
    '%': { '%': 1 },
    '': { k: 1000 },
  };
  return table[unit]?.[own];
}

function parseLength(text: string): number | undefined {
  const match = /^1\s*\/\s*(\d+)\s*(dot(?:ted)?|d|\.|trip(?:let)?|t)?$/i.exec(text);
  if (!match) return undefined;
  const part = Number(match[1]);
  if (part < 1) return undefined;
  const kind = match[2]?.[0]?.toLowerCase();
  return (4 / part) * (kind === 'd' || kind === '.' ? 1.5 : kind === 't' ? 2 / 3 : 1);
}

function parsePan(text: string): number | undefined {
  if (/^(c|centre|center)$/i.test(text)) return 0;
  const match = /^(\d+(?:\.\d+)?)\s*(l|r)$/i.exec(text);
  return match ? Number(match[1]) * (match[2]?.toLowerCase() === 'l' ? -1 : 1) : undefined;
}

function parseSpecial(text: string, quantity: Quantity): number | undefined {
  if (quantity.choices) {
    const index = quantity.choices.findIndex((name) => name.toLowerCase() === text.toLowerCase());
    return index < 0 ? undefined : index;
  }
  if (quantity.unit === 'beats') return parseLength(text);
  if (quantity.id === 'pan') return parsePan(text);
  if (quantity.unit === 'dB' && /^-\s*(inf|∞|oo)(\s*db)?$/i.test(text)) return quantity.min;
  return undefined;
}

const clamp = (value: number, { min, max }: Quantity) => Math.min(max, Math.max(min, value));

/** The keys that a telephone shows: digits where a value needs no more; its pad of digits may lack the minus. */
export function inputModeOf({ choices, unit, id, min, max }: Quantity): 'decimal' | 'text' {
  const isWord = choices !== undefined || unit === 'beats' || id === 'pan';
  return isWord || (min < 0 && max > 0) ? 'text' : 'decimal';
}

/** What was typed, in the quantity's unit and range; undefined if it is not a number of this kind. */
export function parseValue(text: string, quantity: Quantity): number | undefined {
  const typed = text.trim().replaceAll(/[−–]/g, '-').replaceAll(',', '.');
  const special = parseSpecial(typed, quantity);
  if (special !== undefined) return clamp(special, quantity);
  const match = /^([+-]?\s*(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(.*)$/i.exec(typed);
  if (!match) return undefined;
  const factor = unitFactor((match[2] ?? '').trim(), quantity.unit);
  if (factor === undefined) return undefined;
  const value = Number((match[1] ?? '').replaceAll(/\s/g, '')) * factor;
  // Where all values are negative a sign says nothing, and a telephone's number pad may have none.
  const isBare = quantity.max <= 0 && /^[\d.]/.test(typed);
  return clamp(isBare ? 0 - value : value, quantity);
}
