// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { PresetMemory } from '../../dev/preset-memory.ts';
import { Shell } from '../model/shell.ts';
import { kRigs } from '../rigs/index.ts';
import type { Preset } from './preset.ts';
import { Presets } from './presets.ts';

const preset = (name: string, more: Partial<Preset> = {}): Preset => ({
  kind: 'rig',
  id: name.toLowerCase(),
  name,
  tags: ['mine'],
  modules: [{ type: 'gate' }],
  ...more,
});
const withFile = preset('Room', { files: { ab: { name: 'room.wav', kind: 'audio/ir' } } });
const bytes = Uint8Array.from([1, 2, 3]);
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('the presets of a device', () => {
  it('are there again, with favourites and files', async () => {
    const store = new PresetMemory();
    const first = new Presets(new Shell(), store);
    await first.save(withFile, new Map([['ab', bytes]]));
    first.toggleFavourite('glass-clean');
    await settle();
    const again = new Presets(new Shell(), store);
    await again.open();
    expect(again.ownRigs).toEqual([withFile]);
    expect(again.isFavourite('glass-clean')).toBe(true);
    expect(await again.file('ab')).toEqual(bytes);
  });

  it('are found by words, by any chosen tag, and as favourites', async () => {
    const presets = new Presets(new Shell(), new PresetMemory());
    await presets.save(preset('Mellow'));
    const names = () => [...presets.found.rigs, ...presets.found.own].map(({ name }) => name);
    expect(names()).toEqual([...kRigs.map(({ name }) => name), 'Mellow']);
    presets.look({ search: 'slow BLOOM' });
    expect(names()).toEqual(['Slow bloom']);
    presets.look({ search: '' });
    presets.toggleTag('mine');
    presets.toggleTag('bass');
    expect(names()).toEqual(['Round bass', 'Growling bass', 'Mellow']);
    presets.toggleTag('bass');
    expect(names()).toEqual(['Mellow']);
    presets.toggleTag('mine');
    presets.toggleFavourite('surf-line');
    presets.look({ isFavourites: true });
    expect(names()).toEqual(['Surf line']);
    presets.look({ search: 'glass' });
    expect(names()).toEqual([]);
  });

  it('come back to their place when a deletion is taken back, with their files', async () => {
    const store = new PresetMemory();
    const shell = new Shell();
    const presets = new Presets(shell, store);
    await presets.save(withFile, new Map([['ab', bytes]]));
    await presets.save(preset('Last'));
    presets.remove(withFile);
    await settle();
    expect(presets.own.map(({ name }) => name)).toEqual(['Last']);
    expect(store.presets.has('room')).toBe(false);
    await store.sweep();
    shell.toasts[0]?.action?.run();
    await settle();
    expect(presets.own.map(({ name }) => name)).toEqual(['Room', 'Last']);
    expect(store.files.get('ab')).toEqual(bytes);
  });

  it('lose no file when the list of them could not be read', async () => {
    const store = new PresetMemory();
    await new Presets(new Shell(), store).save(withFile, new Map([['ab', bytes]]));
    const { all } = store;
    store.all = async () => {
      store.all = all;
      throw new Error('busy');
    };
    await new Presets(new Shell(), store).open();
    expect(store.files.get('ab')).toEqual(bytes);
  });

  it('keep names apart when they come from a file', async () => {
    const presets = new Presets(new Shell(), new PresetMemory());
    await presets.add([preset('Mellow'), preset('Mellow'), preset('Glass clean')], new Map());
    expect(presets.ownRigs.map(({ name }) => name)).toEqual([
      'Mellow',
      'Mellow 2',
      'Glass clean 2',
    ]);
    expect(new Set(presets.ownRigs.map(({ id }) => id)).size).toBe(3);
  });

  it('stay for the visit, and say so, when nothing can be kept', async () => {
    const store = new PresetMemory();
    store.isFull = true;
    const shell = new Shell();
    const presets = new Presets(shell, store);
    await presets.save(preset('Mellow'));
    expect(presets.ownRigs).toHaveLength(1);
    expect(shell.toasts[0]?.text).toMatch(/keeps no presets/);
  });
});
