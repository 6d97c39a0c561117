// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { kRigs } from '../rigs/index.ts';
import { isPresetFile, readPresets, writePresets } from './preset-file.ts';
import type { Preset } from './preset.ts';

const text = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const kWav = Uint8Array.from({ length: 999 }, (_, i) => i % 251);
const kSha = createHash('sha256').update(kWav).digest('hex');
const kWithFile: Preset = {
  kind: 'rig',
  id: 'x',
  name: 'Own room',
  tags: ['clean'],
  modules: [{ type: 'cabinet', assets: { response: kSha } }],
  files: { [kSha]: { name: 'room.wav', kind: 'audio/ir' } },
};

describe('a file of presets', () => {
  it('gives back every rig, without its id', async () => {
    const { bytes, extension } = await writePresets(kRigs, new Map());
    expect(extension).toBe('json');
    expect(isPresetFile(bytes)).toBe(true);
    const { presets } = await readPresets(bytes, 'a.json');
    expect(presets).toEqual(kRigs.map((rig) => ({ ...rig, id: '' })));
  });

  it('carries files as a zip', async () => {
    const { bytes, extension } = await writePresets([kWithFile], new Map([[kSha, kWav]]));
    expect(extension).toBe('sonic');
    expect(isPresetFile(bytes)).toBe(true);
    const { presets, files } = await readPresets(bytes, 'a.sonic');
    expect(presets).toEqual([{ ...kWithFile, id: '' }]);
    expect(files.get(kSha)).toEqual(kWav);
  });

  it('says which file is not at hand', async () => {
    expect((await writePresets([kWithFile], new Map())).missing).toEqual(['room.wav']);
  });

  it('takes no project for one', () => {
    expect(isPresetFile(text({ format: 'sonic-core', version: 1 }))).toBe(false);
  });

  it('notices every changed byte of a file in it, and every cut', async () => {
    const { bytes } = await writePresets([kWithFile], new Map([[kSha, kWav]]));
    for (let length = 5; length < bytes.length; length += 97) {
      await expect(readPresets(bytes.slice(0, length), 'a.sonic')).rejects.toThrow('a.sonic');
    }
    const at = bytes.findIndex((_, i) => kWav.subarray(0, 9).every((x, j) => bytes[i + j] === x));
    const changed = bytes.slice();
    changed[at + 500] = (changed[at + 500] ?? 0) ^ 1;
    await expect(readPresets(changed, 'a.sonic')).rejects.toThrow('damaged');
  });
});

describe('what is refused, and why', () => {
  const rig = (more: object) => ({
    format: 'sonic-presets',
    version: 1,
    presets: [
      { kind: 'rig', name: 'Fine', modules: [] },
      { kind: 'rig', name: 'Odd', modules: [], ...more },
    ],
  });
  const gate = (params: object) => rig({ modules: [{ type: 'gate', params }] });
  it.each<[string, unknown, string]>([
    ['no JSON', '{"format": "sonic-presets"', 'it is no JSON, or cut off'],
    ['another format', { format: 'sonic-core' }, 'it holds no presets'],
    ['no version', { format: 'sonic-presets', presets: [] }, 'its version is missing'],
    ['a later version', { format: 'sonic-presets', version: 2 }, 'newer version'],
    ['no list', { format: 'sonic-presets', version: 1 }, 'its list of presets is missing'],
    ['an empty list', { format: 'sonic-presets', version: 1, presets: [] }, 'no preset in it'],
    ['no name', rig({ name: ' ' }), 'preset 2 has no name'],
    ['a long name', rig({ name: 'x'.repeat(81) }), 'the name of preset 2 is too long'],
    ['another kind', rig({ kind: 'song' }), 'preset 2, “Odd”, is neither a rig nor a module'],
    ['tags', rig({ tags: [3] }), 'preset 2, “Odd”, has tags that are no words'],
    ['no modules', rig({ modules: 7 }), 'has no list of modules'],
    ['two for one', rig({ kind: 'module' }), 'is not one module'],
    ['an unknown module', rig({ modules: [{ type: 'tube' }] }), 'needs the module “tube”'],
    ['an endpoint', rig({ modules: [{ type: 'output' }] }), 'cannot hold the module “output”'],
    ['an unknown knob', gate({ warmth: 3 }), 'turns “warmth”, which Gate does not have'],
    [
      'a word for a number',
      gate({ hold: 'long' }),
      'sets Hold of Gate to something that is no number',
    ],
    ['beyond a range', gate({ threshold: 12 }), 'sets Threshold of Gate to 12, beyond -80 to 0'],
    [
      'a file that is not described',
      rig({ modules: [{ type: 'cabinet', assets: { response: 'ab' } }] }),
      'names a file',
    ],
    [
      'a file that is not in it',
      rig({ files: { [kSha]: { name: 'room.wav', kind: 'audio/ir' } } }),
      'needs room.wav',
    ],
  ])('%s', async (_, value, sentence) => {
    await expect(readPresets(text(value), 'x.json')).rejects.toThrow(
      expect.objectContaining({ message: expect.stringContaining(sentence) as string }),
    );
    await expect(readPresets(text(value), 'x.json')).rejects.toThrow(
      /^x\.json was not imported: .*\.$/,
    );
  });
});
