// SPDX-License-Identifier: MIT
// Takes of the first versions are brought over one by one when their project is opened.
import { framesPerPeak, Peaks } from '../model/peaks.ts';
import { segmentFramesOf } from '../model/take-recorder.ts';
import { eachOldTake, type OldTake } from './old-takes.ts';
import { Segment } from './take-segment.ts';
import type { TakeRecord, TakeStore } from './take-store.ts';

export const bringOver = (store: TakeStore, projectId: string): Promise<void> =>
  eachOldTake(projectId, (take) => keep(store, take));

async function keep(store: TakeStore, old: OldTake): Promise<void> {
  const { id, name, madeAtMs, sampleRateHz, frames, dry, wet } = old;
  const segmentFrames = segmentFramesOf(sampleRateHz);
  for (let index = 0; index * segmentFrames < frames; index += 1) {
    const from = index * segmentFrames;
    const cut = (channel: Float32Array) => channel.subarray(from, from + segmentFrames);
    const segment = new Segment(segmentFrames);
    segment.add(dry.map(cut), wet.map(cut), 0);
    await store.writeSegment(id, index, segment.bytes());
  }
  const [left = new Float32Array(0), right = left] = wet;
  const peaks = new Peaks(framesPerPeak(sampleRateHz));
  peaks.add(left, right);
  await store.writePeaks(id, peaks.packed());
  let dryPeak = 0;
  for (const channel of dry)
    for (const value of channel) dryPeak = Math.max(dryPeak, Math.abs(value));
  const record: TakeRecord = {
    id,
    projectId: old.projectId,
    name,
    madeAtMs,
    sampleRateHz,
    segmentFrames,
    frames,
    wetPeak: peaks.highest,
    dryPeak,
    state: 'done',
    aliveAtMs: 0,
  };
  await store.put(record);
}
