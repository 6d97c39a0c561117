// SPDX-License-Identifier: MIT
// A control of a MIDI device: what kind of message it sends, where, and which one.

export type ControlKind = 'cc' | 'cc14' | 'nrpn';

export interface Control {
  readonly kind: ControlKind;
  /** 1 to 16, as devices print it. */
  readonly channel: number;
  /** Controller 0 to 127, or parameter 0 to 16383. Of a pair of controllers the one with the coarse value. */
  readonly number: number;
}

export const isSameControl = (a: Control, b: Control): boolean =>
  a.kind === b.kind && a.channel === b.channel && a.number === b.number;

export function controlText({ kind, channel, number }: Control): string {
  const name = kind === 'nrpn' ? 'NRPN' : 'CC';
  const pair = kind === 'cc14' ? ` and ${number + 32}` : '';
  return `${name} ${number}${pair}, channel ${channel}`;
}

const isWhole = (value: unknown, min: number, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** What a file or the store calls a control, if it is one. */
export function readControl(value: unknown): Control | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, channel, number } = value as Record<string, unknown>;
  const maxima = { cc: 127, cc14: 31, nrpn: 16_383 };
  if (kind !== 'cc' && kind !== 'cc14' && kind !== 'nrpn') return undefined;
  if (!isWhole(channel, 1, 16) || !isWhole(number, 0, maxima[kind])) return undefined;
  return { kind, channel, number };
}
