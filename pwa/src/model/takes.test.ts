// SPDX-License-Identifier: MIT
// A browser that stores nothing: takes live as long as the page.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TakeRecord } from '../storage/take-store.ts';
import { Takes } from './takes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const take: TakeRecord = {
  id: 'one',
  projectId: 'a',
  name: 'Take 1',
  madeAtMs: 0,
  sampleRateHz: 48_000,
  segmentFrames: 24_000,
  frames: 24_000,
  wetPeak: 0,
  dryPeak: 0,
  state: 'done',
  aliveAtMs: 0,
};
const ids = async (takes: Takes) => (await takes.store.records('a')).map(({ id }) => id);

async function withTake(): Promise<Takes> {
  const takes = new Takes();
  await takes.store.put(take);
  await takes.show('a');
  expect(takes.list).toEqual([take]);
  return takes;
}

it('erases a take when nobody can want it back any more', async () => {
  const takes = await withTake();
  await takes.remove(take);
  expect(takes.list).toEqual([]);
  expect(await ids(takes)).toEqual(['one']);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await ids(takes)).toEqual([]);
});

it('keeps a take that was had back, also when another project is shown by then', async () => {
  const takes = await withTake();
  await takes.remove(take);
  await takes.restore(take);
  await takes.show('b');
  await vi.advanceTimersByTimeAsync(20_000);
  await takes.show('a');
  expect(takes.list).toEqual([take]);
});
