// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Autosave } from './autosave.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function saver(save: () => Promise<void> = async () => {}) {
  const states: string[] = [];
  const saved = vi.fn(save);
  const autosave = new Autosave({ save: saved, onState: (state) => states.push(state) });
  return { autosave, saved, states };
}

it('writes once when changes come to rest', async () => {
  const { autosave, saved, states } = saver();
  autosave.touch();
  await vi.advanceTimersByTimeAsync(300);
  autosave.touch();
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved).toHaveBeenCalledTimes(1);
  expect(states.at(-1)).toBe('saved');
});

it('writes within five seconds though changes never rest', async () => {
  const { autosave, saved } = saver();
  for (let t = 0; t < 5000; t += 100) {
    autosave.touch();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saved.mock.calls.length).toBeGreaterThanOrEqual(1);
});

it('flushes at once, and not twice', async () => {
  const { autosave, saved } = saver();
  autosave.touch();
  await Promise.all([autosave.flush(), autosave.flush()]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(saved).toHaveBeenCalledTimes(1);
});

it('says that it failed, and tries again with the next change', async () => {
  let fails = true;
  const { autosave, states } = saver(async () => {
    if (fails) throw new Error('full');
  });
  autosave.touch();
  await vi.advanceTimersByTimeAsync(1000);
  expect(states.at(-1)).toBe('failed');
  fails = false;
  autosave.touch();
  await vi.advanceTimersByTimeAsync(1000);
  expect(states.at(-1)).toBe('saved');
});

it('has written all of it when any of several flushes is over', async () => {
  const ends: (() => void)[] = [];
  const { autosave, saved } = saver(() => new Promise((resolve) => ends.push(resolve)));
  autosave.touch();
  const first = autosave.flush();
  autosave.touch();
  let isOver = false;
  await vi.advanceTimersByTimeAsync(0);
  const second = autosave.flush();
  const third = autosave.flush().then(() => (isOver = true));
  ends[0]?.();
  await first;
  await vi.advanceTimersByTimeAsync(0);
  expect(saved).toHaveBeenCalledTimes(2);
  expect(isOver, 'the second write goes on').toBe(false);
  ends[1]?.();
  await Promise.all([second, third]);
  expect(saved).toHaveBeenCalledTimes(2);
});

it('tries again when it is asked to, after a write that failed', async () => {
  let fails = true;
  const { autosave, states } = saver(async () => {
    if (fails) throw new Error('busy');
  });
  autosave.touch();
  await autosave.flush();
  expect(states.at(-1)).toBe('failed');
  fails = false;
  await autosave.flush();
  expect(states.at(-1)).toBe('saved');
});
