// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { calmer, kDefaultAudio, keepAudio, storedAudio } from './settings.ts';

function fakeStore(text = '') {
  const kept = new Map<string, string>(text ? [['sonic-core.audio', text]] : []);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test('what was chosen comes back, for each output on its own', () => {
  const store = fakeStore();
  expect(storedAudio(store)).toEqual(kDefaultAudio);
  const scarlett = { outputId: 'a', rateHz: 96_000, blockFrames: 32, latency: 'lowest' } as const;
  const buds = { outputId: 'b', rateHz: 0, blockFrames: 0, latency: 'playback' } as const;
  keepAudio(store, scarlett);
  keepAudio(store, buds);
  expect(storedAudio(store)).toEqual(buds);
  expect(storedAudio(store, 'a')).toEqual(scarlett);
});

test('a broken or foreign store is no obstacle', () => {
  expect(storedAudio(undefined)).toEqual(kDefaultAudio);
  expect(storedAudio(fakeStore('{'))).toEqual(kDefaultAudio);
  const odd = '{"outputId":"x","outputs":{"x":{"rateHz":5,"blockFrames":7,"latency":"never"}}}';
  expect(storedAudio(fakeStore(odd))).toEqual({ ...kDefaultAudio, outputId: 'x' });
});

test('calmer goes step by step, and ends', () => {
  const small = { ...kDefaultAudio, blockFrames: 32 };
  expect(calmer(small)).toEqual({ ...small, blockFrames: 128 });
  expect(calmer(kDefaultAudio)).toEqual({ ...kDefaultAudio, latency: 'balanced' });
  expect(calmer({ ...kDefaultAudio, latency: 'playback' })).toBeUndefined();
});
