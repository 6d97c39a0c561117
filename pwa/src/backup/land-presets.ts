// SPDX-License-Identifier: MIT
// Presets of a backup, beside those that are here, and which of them are favourites.
import { newId } from 'sonic-core/document';
import { nameApart, type Preset } from '../presets/preset.ts';
import { type PresetsRead, readPresets } from '../presets/preset-file.ts';
import type { Presets } from '../presets/presets.ts';
import type { ZipReader } from '../zip/zip-reader.ts';
import { canonical } from './canonical.ts';
import { countOf, type How, type Landing } from './landing.ts';
import type { BackedUpPreset, Manifest } from './manifest.ts';

export type PresetTarget = Pick<
  Presets,
  'open' | 'own' | 'get' | 'save' | 'takenNames' | 'isFavourite' | 'toggleFavourite'
>;

/** What it is, whatever it is called and whenever it was made. */
const contentOf = (preset: Preset): string =>
  canonical({ ...preset, id: '', name: '', madeAtMs: undefined });

export async function landPresets(
  zip: ZipReader,
  { presets: backedUp, favourites }: Pick<Manifest, 'presets' | 'favourites'>,
  presets: PresetTarget,
): Promise<{ landing: Landing; failed: string[] }> {
  await presets.open();
  const failed: string[] = [];
  const hows: How[] = [];
  /** By the id in the backup. */
  const ids = new Map<string, string>();
  for (const each of backedUp) {
    const read = await readOne(zip, each).catch(() => undefined);
    const [preset] = read?.presets ?? [];
    if (!read || !preset) {
      failed.push(each.name);
      continue;
    }
    const { id, how } = await land(presets, each, preset, read.files);
    ids.set(each.id, id);
    hows.push(how);
  }
  for (const favourite of favourites) {
    const id = ids.get(favourite) ?? favourite;
    if (presets.get(id) && !presets.isFavourite(id)) presets.toggleFavourite(id);
  }
  return { landing: countOf(hows), failed };
}

async function readOne(zip: ZipReader, { file }: BackedUpPreset): Promise<PresetsRead | undefined> {
  const bytes = await zip.bytes(file);
  return bytes && readPresets(bytes, file);
}

async function land(
  presets: PresetTarget,
  { id, madeAtMs }: BackedUpPreset,
  read: Preset,
  files: PresetsRead['files'],
): Promise<{ id: string; how: How }> {
  const content = contentOf(read);
  const same = presets.own.find((own) => contentOf(own) === content);
  if (same) return { id: same.id, how: 'same' };
  const isTaken = presets.own.some((own) => own.id === id);
  const names = presets.takenNames(read.kind, read.modules[0]?.type);
  const preset: Preset = {
    ...read,
    id: isTaken ? newId() : id,
    name: nameApart(read.name, names),
    ...(madeAtMs === undefined ? {} : { madeAtMs }),
  };
  await presets.save(preset, files);
  return { id: preset.id, how: isTaken ? 'copied' : 'added' };
}
