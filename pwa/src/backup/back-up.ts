// SPDX-License-Identifier: MIT
// "Back up everything": one zip of `.sonic` files and presets, which any copy of the app opens, the takes, and a manifest.
import { ProjectDoc } from 'sonic-core/document';
import { fileName } from '../media/download.ts';
import type { Library, StoredProject } from '../model/library.ts';
import type { Preset } from '../presets/preset.ts';
import { writePresets } from '../presets/preset-file.ts';
import type { Presets } from '../presets/presets.ts';
import {
  type BackedUpPreset,
  type BackedUpProject,
  type BackedUpTake,
  kManifest,
  type Manifest,
} from './manifest.ts';
import type { OwnSettings } from './own-settings.ts';
import { packSonic } from './sonic-file.ts';
import type { StoredTakeRecord, TakeSource } from './take-source.ts';
import { ZipWriter } from '../zip/zip-writer.ts';

export interface BackupSource {
  readonly library: Pick<Library, 'projects' | 'assets'>;
  readonly takes: TakeSource;
  readonly presets: Pick<Presets, 'open' | 'own' | 'favouriteIds' | 'filesFor'>;
  readonly settings: Pick<OwnSettings, 'all'>;
  /** Which project of how many. */
  readonly onProgress?: (done: number, count: number) => void;
}
export interface BackedUp {
  readonly file: Blob;
  /** Names of what could not be read here, and is not in it. */
  readonly failed: readonly string[];
}

/** Names in a file system are cut short; the id is what keeps them apart. */
const nameIn = (folder: string, name: string, id: string, extension: string): string =>
  `${folder}/${fileName(`${name.slice(0, 60)} ${id.slice(0, 8)}`, extension)}`;

export async function backUp(source: BackupSource): Promise<BackedUp> {
  const { library, takes, presets, settings, onProgress } = source;
  const zip = new ZipWriter();
  const failed: string[] = [];
  const projects: BackedUpProject[] = [];
  const backedUp: BackedUpTake[] = [];
  const all = await library.projects();
  for (const [index, stored] of all.entries()) {
    onProgress?.(index, all.length);
    const sonic = await sonicOf(stored, library).catch(() => undefined);
    if (!sonic) {
      failed.push(stored.name);
      continue;
    }
    const { id, name, savedAtMs } = stored;
    const file = nameIn('projects', name, id, 'sonic');
    await zip.add(file, sonic, new Date(savedAtMs));
    projects.push({ id, name, savedAtMs, file });
    for (const record of await takes.records(id)) {
      backedUp.push(await addTake(zip, takes, record));
    }
  }
  await presets.open();
  const ownPresets: BackedUpPreset[] = [];
  for (const preset of presets.own) ownPresets.push(await addPreset(zip, presets, preset));
  const manifest: Manifest = {
    format: 'sonic-core-backup',
    version: 1,
    madeAtMs: Date.now(),
    projects,
    takes: backedUp,
    presets: ownPresets,
    favourites: presets.favouriteIds,
    settings: settings.all(),
  };
  await zip.add(kManifest, JSON.stringify(manifest, undefined, 1));
  return { file: zip.finish(), failed };
}

async function sonicOf({ update }: StoredProject, { assets }: BackupSource['library']) {
  const doc = ProjectDoc.fromUpdate(update);
  const sonic = await packSonic(doc.toJson(), (sha256) => assets.get(sha256));
  doc.destroy();
  return sonic;
}

async function addTake(
  zip: ZipWriter,
  takes: TakeSource,
  record: StoredTakeRecord,
): Promise<BackedUpTake> {
  const { id, projectId } = record;
  const files = await takes.files(id);
  for (const [file, content] of files) await zip.add(`takes/${id}/${file}`, content);
  return { id, projectId, record: { ...record }, files: [...files.keys()] };
}

/** One to a file: one that cannot be read later costs no other. */
async function addPreset(
  zip: ZipWriter,
  presets: BackupSource['presets'],
  preset: Preset,
): Promise<BackedUpPreset> {
  const { id, name, madeAtMs } = preset;
  const { bytes, extension } = await writePresets([preset], await presets.filesFor([preset]));
  const file = nameIn('presets', name, id, extension);
  await zip.add(file, bytes);
  return { id, name, file, ...(madeAtMs === undefined ? {} : { madeAtMs }) };
}
