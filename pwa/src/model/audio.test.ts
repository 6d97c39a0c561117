// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { AudioPort } from '../audio/port.ts';
import type { AudioSettings } from '../audio/settings.ts';
import { AudioModel } from './audio.ts';
import type { EnginePort } from './engine-port.ts';

/** Moves that take until they are let go. */
function slowPort() {
  const moves: { readonly to: AudioSettings; readonly end: (error?: Error) => void }[] = [];
  const moveTo = (to: AudioSettings) =>
    new Promise<void>((resolve, reject) => {
      moves.push({ to, end: (error) => (error ? reject(error) : resolve()) });
    });
  const audio = { moveTo, facts: {}, onChange: () => () => undefined } as unknown as AudioPort;
  const around = { store: undefined, takes: { followMove: () => Promise.resolve() } };
  const model = new AudioModel(around as unknown as ConstructorParameters<typeof AudioModel>[0]);
  model.attach({ audio } as EnginePort);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { model, moves, settle };
}

test('what is chosen while another choice is on its way follows it, and keeps it', async () => {
  const { model, moves, settle } = slowPort();
  const first = model.choose({ blockFrames: 64 });
  const second = model.choose({ latency: 'balanced' });
  await settle();
  expect(moves).toHaveLength(1);
  moves[0]?.end();
  await first;
  await settle();
  expect(moves[1]?.to).toMatchObject({ blockFrames: 64, latency: 'balanced' });
  moves[1]?.end();
  await second;
  expect(model.settings).toMatchObject({ blockFrames: 64, latency: 'balanced' });
});

test('a choice that fails costs the next one nothing', async () => {
  const { model, moves, settle } = slowPort();
  const before = model.settings;
  const first = model.choose({ rateHz: 96_000 });
  const second = model.choose({ blockFrames: 32 });
  await settle();
  moves[0]?.end(new Error('No such rate.'));
  await expect(first).rejects.toThrow('No such rate.');
  expect(model.settings).toEqual(before);
  await settle();
  moves[1]?.end();
  await second;
  expect(model.settings).toEqual({ ...before, blockFrames: 32 });
});
