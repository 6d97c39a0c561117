// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { openSession, row } from '../../dev/open-session.ts';
import { Shell } from '../model/shell.ts';
import type { Preset } from './preset.ts';
import { Presets } from './presets.ts';
import type { PresetStore } from './preset-store.ts';
import { RigChanger } from './rig-changer.ts';

const drive = row('drive');
const hot: Preset = {
  kind: 'rig',
  id: 'hot',
  name: 'Hot',
  tags: [],
  modules: [{ type: 'overdrive', params: { drive: 9 } }],
};

async function changer() {
  const { session } = await openSession();
  const shell = new Shell();
  const store = { put: async () => undefined } as unknown as PresetStore;
  const presets = new Presets(shell, store);
  await presets.save(hot);
  return { session, rigs: new RigChanger(session, presets, shell, { put: async () => undefined }) };
}

it('leaves a turn on the side that it was made on', async () => {
  const { session, rigs } = await changer();
  session.turn('d', 'drive', 7);
  rigs.setSide('B');
  expect(session.value('d', drive), 'B begins as A is').toBe(7);
  session.turn('d', 'drive', 2);
  rigs.setSide('A');
  expect(session.value('d', drive)).toBe(7);
  rigs.setSide('B');
  expect(session.value('d', drive)).toBe(2);
});

it('copies a turn with its side', async () => {
  const { session, rigs } = await changer();
  session.turn('d', 'drive', 7);
  rigs.copySide();
  session.mean('d', 'drive', 1);
  rigs.setSide('B');
  expect(session.value('d', drive)).toBe(7);
});

it('keeps a turn before a preset comes, as a step of its own', async () => {
  const { session, rigs } = await changer();
  session.turn('d', 'drive', 7);
  await rigs.load(hot);
  expect(session.value('d', drive)).toBe(9);
  session.undo();
  expect(session.value('d', drive)).toBe(7);
});

it('sees a turn as a change of the preset that is loaded', async () => {
  const { session, rigs } = await changer();
  await rigs.load(hot);
  session.turn('d', 'drive', 7);
  expect(await rigs.load(hot), 'it is not what it was').toBe(true);
  expect(session.value('d', drive)).toBe(9);
});
