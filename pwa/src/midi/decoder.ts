// SPDX-License-Identifier: MIT
// From bytes of one device to moves of its controls: controllers of 7 bits, pairs of 14 bits (n and n + 32), and NRPN.
import type { Control } from './control.ts';

export interface Move {
  readonly control: Control;
  /** 0 to 1. */
  readonly value: number;
}

const kNrpnFine = 98;
const kNrpnCoarse = 99;
const kRpnFine = 100;
const kRpnCoarse = 101;
const kDataCoarse = 6;
const kDataFine = 38;
/** The number that means "none". */
const kNull = 127;
/** The two messages of a pair follow each other at once. */
const kPairMs = 20;

interface Channel {
  /** The last coarse value of each controller below 32, and when it came. */
  readonly coarse: Map<number, { readonly value: number; readonly atMs: number }>;
  /** Controllers that have been seen to come in pairs. */
  readonly paired: Set<number>;
  nrpnCoarse: number;
  nrpnFine: number;
  dataCoarse: number;
}

const fine = (coarse: number, lsb: number) => (coarse * 128 + lsb) / 16_383;

export class Decoder {
  private readonly channels = new Map<number, Channel>();

  private channel(index: number): Channel {
    let channel = this.channels.get(index);
    if (!channel) {
      channel = {
        coarse: new Map(),
        paired: new Set(),
        nrpnCoarse: kNull,
        nrpnFine: kNull,
        dataCoarse: 0,
      };
      this.channels.set(index, channel);
    }
    return channel;
  }

  /** What the message moves; the finest reading comes last. */
  decode(bytes: ArrayLike<number>, atMs: number): Move[] {
    const status = bytes[0] ?? 0;
    if ((status & 0xf0) !== 0xb0 || bytes.length < 3) return [];
    const index = status & 0x0f;
    const number = (bytes[1] ?? 0) & 0x7f;
    const value = (bytes[2] ?? 0) & 0x7f;
    // From 120 on they are orders to the whole device, such as "all sound off".
    if (number >= 120) return [];
    const channel = this.channel(index);
    const parameter = this.parameter(channel, index, number, value);
    if (parameter) return parameter;
    const moves: Move[] = [
      { control: { kind: 'cc', channel: index + 1, number }, value: value / 127 },
    ];
    const pair = this.pair(channel, number, value, atMs);
    if (pair !== undefined) {
      moves.push({
        control: { kind: 'cc14', channel: index + 1, number: number % 32 },
        value: pair,
      });
    }
    return moves;
  }

  /** The messages that choose and set a parameter by its number; undefined when this is none of them. */
  private parameter(
    channel: Channel,
    index: number,
    number: number,
    value: number,
  ): Move[] | undefined {
    switch (number) {
      case kNrpnCoarse:
        channel.nrpnCoarse = value;
        return [];
      case kNrpnFine:
        channel.nrpnFine = value;
        return [];
      case kRpnCoarse:
      case kRpnFine:
        // What follows sets one of the device's own.
        channel.nrpnCoarse = kNull;
        channel.nrpnFine = kNull;
        return [];
      default:
    }
    const isChosen = channel.nrpnCoarse !== kNull || channel.nrpnFine !== kNull;
    if (!isChosen || (number !== kDataCoarse && number !== kDataFine)) return undefined;
    const control: Control = {
      kind: 'nrpn',
      channel: index + 1,
      number: channel.nrpnCoarse * 128 + channel.nrpnFine,
    };
    if (number === kDataCoarse) channel.dataCoarse = value;
    const lsb = number === kDataFine ? value : value === 127 ? 127 : 0;
    return [{ control, value: fine(channel.dataCoarse, lsb) }];
  }

  private pair(channel: Channel, number: number, value: number, atMs: number): number | undefined {
    if (number < 32) {
      channel.coarse.set(number, { value, atMs });
      // The coarse value alone means a fine one of zero.
      return channel.paired.has(number) ? fine(value, value === 127 ? 127 : 0) : undefined;
    }
    const coarse = number < 64 ? channel.coarse.get(number - 32) : undefined;
    if (!coarse) return undefined;
    if (atMs - coarse.atMs <= kPairMs) channel.paired.add(number - 32);
    return channel.paired.has(number - 32) ? fine(coarse.value, value) : undefined;
  }
}
