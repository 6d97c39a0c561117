// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { Decoder, type Move } from './decoder.ts';

function decoded(messages: readonly (readonly [number, number, number])[], stepMs = 1): Move[][] {
  const decoder = new Decoder();
  return messages.map((bytes, i) => decoder.decode(bytes, i * stepMs));
}
const last = (moves: Move[][]) => moves.at(-1)?.at(-1);

describe('MIDI messages', () => {
  it('of a controller have 7 bits and a channel', () => {
    expect(decoded([[0xb0, 74, 127]])).toEqual([
      [{ control: { kind: 'cc', channel: 1, number: 74 }, value: 1 }],
    ]);
    expect(last(decoded([[0xbf, 1, 0]]))).toEqual({
      control: { kind: 'cc', channel: 16, number: 1 },
      value: 0,
    });
  });
  it('of a pair have 14 bits', () => {
    const move = last(
      decoded([
        [0xb0, 7, 64],
        [0xb0, 39, 1],
      ]),
    );
    expect(move?.control).toEqual({ kind: 'cc14', channel: 1, number: 7 });
    expect(move?.value).toBeCloseTo(8193 / 16_383, 12);
  });
  it('of a pair mean a fine value of zero where only the coarse one comes', () => {
    const moves = decoded([
      [0xb0, 7, 64],
      [0xb0, 39, 100],
      [0xb0, 7, 65],
    ]);
    expect(last(moves)?.value).toBeCloseTo((65 * 128) / 16_383, 12);
  });
  it('are no pair when they have nothing to do with each other', () => {
    const moves = decoded(
      [
        [0xb0, 7, 64],
        [0xb0, 39, 100],
      ],
      500,
    );
    expect(moves.flat().map(({ control }) => control.kind)).toEqual(['cc', 'cc']);
  });
  it('of an NRPN are one control, and none of the four controllers', () => {
    const moves = decoded([
      [0xb2, 99, 3],
      [0xb2, 98, 5],
      [0xb2, 6, 127],
      [0xb2, 38, 127],
    ]);
    expect(moves.flat().map(({ control }) => control)).toEqual([
      { kind: 'nrpn', channel: 3, number: 389 },
      { kind: 'nrpn', channel: 3, number: 389 },
    ]);
    expect(last(moves)?.value).toBe(1);
  });
  it('of the data entry belong to no NRPN after an RPN', () => {
    const moves = decoded([
      [0xb0, 99, 3],
      [0xb0, 98, 5],
      [0xb0, 101, 127],
      [0xb0, 6, 10],
    ]);
    expect(last(moves)?.control).toEqual({ kind: 'cc', channel: 1, number: 6 });
  });
  it('reach both ends exactly', () => {
    const moves = decoded([
      [0xb0, 7, 127],
      [0xb0, 39, 127],
      [0xb0, 7, 0],
      [0xb0, 39, 0],
    ]);
    expect(moves[1]?.at(-1)?.value).toBe(1);
    expect(moves[3]?.at(-1)?.value).toBe(0);
  });
  it('that are notes, pitch bend, orders or cut off move nothing', () => {
    expect(
      decoded([
        [0x90, 60, 100],
        [0xe0, 0, 64],
        [0xb0, 120, 0],
      ]).flat(),
    ).toEqual([]);
    expect(new Decoder().decode([0xb0, 7], 0)).toEqual([]);
  });
});
