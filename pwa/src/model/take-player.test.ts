// SPDX-License-Identifier: MIT
// Which element plays, and from where: sound itself is for e2e.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Segment } from '../storage/take-segment.ts';
import type { TakeRecord, TakeStore } from '../storage/take-store.ts';
import type { EnginePort } from './engine-port.ts';
import { TakePlayer } from './take-player.ts';

class FakeAudio extends EventTarget {
  static all: FakeAudio[] = [];
  src = '';
  currentTime = 0;
  isOn = false;
  constructor() {
    super();
    FakeAudio.all.push(this);
  }
  play = async () => void (this.isOn = true);
  pause = () => void (this.isOn = false);
  removeAttribute = () => void (this.src = '');
}
const kSegmentFrames = 480;
const take: TakeRecord = {
  id: 'one',
  projectId: 'a',
  name: 'Take 1',
  madeAtMs: 0,
  sampleRateHz: 480,
  segmentFrames: kSegmentFrames,
  frames: 10 * kSegmentFrames,
  wetPeak: 0,
  dryPeak: 0,
  state: 'done',
  aliveAtMs: 0,
};
const piece = () => new Blob([new Segment(kSegmentFrames).bytes()]);
const store = {
  segmentBlobs: async (_: string, count: number) => Array.from({ length: count }, piece),
} as unknown as TakeStore;
const listeners = () => FakeAudio.all.filter(({ isOn }) => isOn);

/** Notes the elements that are led into it. */
class Context {
  readonly heard = new Set<unknown>();
  readonly engine = {
    hear: (element: unknown) => {
      this.heard.add(element);
      return () => this.heard.delete(element);
    },
  } as unknown as EnginePort;
}

beforeEach(() => {
  FakeAudio.all = [];
  vi.stubGlobal('Audio', FakeAudio);
});
afterEach(() => void vi.unstubAllGlobals());

it('goes on in another context from where it was', async () => {
  const player = new TakePlayer(store);
  const [before, after] = [new Context(), new Context()];
  await player.play(before.engine, take);
  const [first] = FakeAudio.all;
  if (first) first.currentTime = 4;
  await player.followMove(after.engine);
  expect(before.heard.size).toBe(0);
  expect([...after.heard]).toEqual(listeners());
  expect(listeners()).toHaveLength(1);
  expect(listeners()[0]?.currentTime).toBe(4);
  expect(player.isPlaying).toBe(true);
  player.stop();
  expect(after.heard.size).toBe(0);
});

it('plays once, though the context changes while its file is put together', async () => {
  const player = new TakePlayer(store);
  const [before, after] = [new Context(), new Context()];
  const played = player.play(before.engine, take);
  await player.followMove(after.engine);
  await played;
  expect(before.heard.size).toBe(0);
  expect(after.heard.size).toBe(1);
  expect(listeners()).toHaveLength(1);
});

it('stays silent in another context when nothing played', async () => {
  const player = new TakePlayer(store);
  const { engine, heard } = new Context();
  await player.play(engine, take);
  player.pause();
  await player.followMove(engine);
  expect(heard.size).toBe(0);
  expect(player.isPlaying).toBe(false);
});
