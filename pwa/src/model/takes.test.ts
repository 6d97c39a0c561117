// SPDX-License-Identifier: MIT
// A browser that stores nothing: takes live as long as the page.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TakeOptions } from 'sonic-core';
import type { TakeRecord } from '../storage/take-store.ts';
import type { EnginePort } from './engine-port.ts';
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

it('can still bring a take back when its project was left and shown again meanwhile', async () => {
  const takes = await withTake();
  await takes.remove(take);
  await takes.show('b');
  await takes.show('a');
  expect(takes.list).toEqual([]);
  expect(await ids(takes), 'not erased yet').toEqual(['one']);
  await takes.restore(take);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(takes.list).toEqual([take]);
  expect(await ids(takes)).toEqual(['one']);
});

it('erases what was removed on an earlier visit', async () => {
  const takes = await withTake();
  await takes.store.put({ ...take, state: 'removed', removedAtMs: Date.now() - 61_000 });
  await takes.show('a');
  expect(await ids(takes)).toEqual([]);
});

it('keeps what came of a take whose engine died, and can record again', async () => {
  const takes = new Takes();
  await takes.show('a');
  let tell: TakeOptions['onChunk'];
  const engine = {
    sampleRateHz: 48_000,
    startTake: ({ onChunk }: TakeOptions) => (tell = onChunk),
    stopTake: () => Promise.reject(new Error('No take is being recorded.')),
  } as unknown as EnginePort;
  takes.start(engine, 'two');
  const channel = new Float32Array(48_000);
  tell?.({ frame: 0, frames: 48_000, dry: [channel, channel], wet: [channel, channel] });
  await takes.finish();
  expect(takes.list).toMatchObject([{ id: 'two', frames: 48_000, state: 'done' }]);
  takes.start(engine, 'three');
  expect(takes.recordingSince).toBeDefined();
  await takes.finish();
});
