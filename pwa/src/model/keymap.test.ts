// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { KeyMap } from './keymap.ts';

const kCommands = [
  { id: 'play', keys: ['Space'] },
  { id: 'stop', keys: ['.', 'Enter'] },
  { id: 'record', keys: ['R'] },
  { id: 'demo', keys: [] },
];

function storage(text: string | null = null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => void (kept.text = value),
  };
}
const keys = (map: KeyMap, id: string) =>
  map.keysOf(kCommands.find((command) => command.id === id) ?? { id, keys: [] });

describe('keys', () => {
  it('are those that the app brings, until a person chooses', () => {
    const store = storage();
    const map = new KeyMap(store);
    expect(map.find(kCommands, 'R')?.id).toBe('record');
    map.assign(kCommands, 'record', 'Mod+R');
    expect(keys(map, 'record')).toEqual(['Mod+R']);
    expect(map.find(kCommands, 'R')).toBeUndefined();
    expect(new KeyMap(store).find(kCommands, 'Mod+R')?.id).toBe('record');
  });
  it('change places where another command had the key', () => {
    const map = new KeyMap(storage());
    map.assign(kCommands, 'record', 'Space');
    expect(keys(map, 'record')).toEqual(['Space']);
    expect(keys(map, 'play')).toEqual(['R']);
  });
  it('are only taken away from a command that has more of them, or when there is none to give back', () => {
    const map = new KeyMap(storage());
    map.assign(kCommands, 'record', 'Enter');
    expect(keys(map, 'stop')).toEqual(['.']);
    map.assign(kCommands, 'demo', 'Space');
    expect(keys(map, 'play')).toEqual([]);
  });
  it('go back, one by one with what they had been swapped with, or all at once', () => {
    const map = new KeyMap(storage());
    map.assign(kCommands, 'record', 'Space');
    map.reset(kCommands, 'record');
    expect(keys(map, 'record')).toEqual(['R']);
    expect(keys(map, 'play')).toEqual(['Space']);
    map.assign(kCommands, 'record', 'Space');
    map.resetAll();
    expect(map.hasOwn).toBe(false);
    expect(keys(map, 'play')).toEqual(['Space']);
  });
  it('survive what is not theirs in the store', () => {
    expect(keys(new KeyMap(storage('{"play": 3, "record": ["Q"]}')), 'play')).toEqual(['Space']);
    expect(keys(new KeyMap(storage('nonsense')), 'play')).toEqual(['Space']);
    expect(keys(new KeyMap(undefined), 'play')).toEqual(['Space']);
  });
});
