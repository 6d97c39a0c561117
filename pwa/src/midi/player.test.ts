// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openSession, row } from '../../dev/open-session.ts';
import { Bindings } from './bindings.ts';
import { kRestMs, Player } from './player.ts';

const control = { kind: 'cc', channel: 1, number: 74 } as const;
const drive = row('drive');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function player() {
  const { session } = await openSession();
  const bindings = new Bindings(session, undefined);
  bindings.bind({ nodeId: 'd', paramId: 'drive' }, control, true);
  const made = new Player(session, bindings, () => undefined);
  const turn = (value: number) => made.play({ control, value });
  return { session, turn };
}

it('makes one step of a movement, when it rests', async () => {
  const { session, turn } = await player();
  turn(0.6);
  turn(0.8);
  expect(session.value('d', drive)).toBe(8);
  expect(session.node('d')?.params).toBeUndefined();
  await vi.advanceTimersByTimeAsync(kRestMs);
  expect(session.node('d')?.params).toEqual({ drive: 8 });
  session.undo();
  expect(session.value('d', drive)).toBe(5);
});

it('loses no movement to what is done before it rests', async () => {
  const { session, turn } = await player();
  turn(0.8);
  session.rename('Mine');
  expect(session.node('d')?.params).toEqual({ drive: 8 });
  session.undo();
  session.undo();
  await vi.advanceTimersByTimeAsync(2 * kRestMs);
  expect(session.node('d')?.params, 'it is not meant a second time').toBeUndefined();
});
