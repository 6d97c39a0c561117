// SPDX-License-Identifier: MIT
// What is done before a project's takes are shown: unfinished ones are finished, removed ones erased.
import { framesOf, partChannels } from '../storage/take-segment.ts';
import type { TakeRecord, TakeStore } from '../storage/take-store.ts';
import { framesPerPeak, Peaks } from './peaks.ts';

/** Longer than anybody can want it back. */
const kUndoMs = 60_000;

export interface Tidied {
  readonly kept: readonly TakeRecord[];
  readonly recovered: readonly TakeRecord[];
}

/** `ownId`: what this page is recording itself. */
export async function tidy(
  store: TakeStore,
  projectId: string,
  ownId: string | undefined,
): Promise<Tidied> {
  const kept: TakeRecord[] = [];
  const recovered: TakeRecord[] = [];
  for (const record of await store.records(projectId)) {
    if (record.id === ownId) continue;
    if (record.state === 'done') kept.push(record);
    else if (record.state === 'removed') {
      // "Undo" may be in view, here or in another tab.
      if (Date.now() - (record.removedAtMs ?? 0) > kUndoMs) await store.erase(record.id);
    } else if (!(await store.isHeld(record))) {
      const take = await recover(store, record);
      if (!take) continue;
      kept.push(take);
      recovered.push(take);
    }
  }
  return { kept, recovered };
}

/** Finishes a take that broke off: all that was written is kept. */
async function recover(store: TakeStore, record: TakeRecord): Promise<TakeRecord | undefined> {
  const count = await store.segmentCount(record.id);
  if (!count) {
    await store.erase(record.id);
    return undefined;
  }
  const { peaks, frames, dryPeak } = await listen(store, record, count);
  await store.writePeaks(record.id, peaks.packed()).catch(() => undefined);
  const take: TakeRecord = {
    ...record,
    name: `${record.name}, recovered`,
    frames,
    wetPeak: peaks.highest,
    dryPeak,
    state: 'done',
  };
  await store.put(take);
  return take;
}

async function listen(store: TakeStore, record: TakeRecord, count: number) {
  const peaks = new Peaks(framesPerPeak(record.sampleRateHz));
  let frames = 0;
  let dryPeak = 0;
  for (let index = 0; index < count; index += 1) {
    const segment = await store.segment(record.id, index);
    frames += framesOf(segment);
    peaks.add(...partChannels(segment, 'wet'));
    for (const channel of partChannels(segment, 'dry')) {
      for (const value of channel) dryPeak = Math.max(dryPeak, Math.abs(value));
    }
  }
  return { peaks, frames, dryPeak };
}

/** As kept, or made anew where they are missing. */
export async function readPeaks(store: TakeStore, take: TakeRecord): Promise<Peaks> {
  const stored = await store.peaks(take.id);
  if (stored?.length) return Peaks.from(take.sampleRateHz, stored);
  return (await listen(store, take, await store.segmentCount(take.id))).peaks;
}
