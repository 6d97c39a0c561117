// SPDX-License-Identifier: MIT
// "Back up everything": one zip of `.sonic` files, which any copy of the app opens, the takes, and a manifest.
import { ProjectDoc } from 'sonic-core/document';
import { fileName } from '../media/download.ts';
import type { Library } from '../model/library.ts';
import { type BackedUpProject, type BackedUpTake, kManifest, type Manifest } from './manifest.ts';
import { packSonic } from './sonic-file.ts';
import type { TakeSource } from './take-source.ts';
import { ZipWriter } from '../zip/zip-writer.ts';

export interface BackupSource {
  readonly library: Pick<Library, 'projects' | 'assets'>;
  readonly takes: TakeSource;
  /** Which project of how many. */
  readonly onProgress?: (done: number, count: number) => void;
}

export async function backUp({ library, takes, onProgress }: BackupSource): Promise<Blob> {
  const zip = new ZipWriter();
  const projects: BackedUpProject[] = [];
  const backedUp: BackedUpTake[] = [];
  const all = await library.projects();
  for (const [index, { id, name, savedAtMs, update }] of all.entries()) {
    onProgress?.(index, all.length);
    const file = `projects/${fileName(`${name} ${id.slice(0, 8)}`, 'sonic')}`;
    const doc = ProjectDoc.fromUpdate(update);
    const sonic = await packSonic(doc.toJson(), (sha256) => library.assets.get(sha256));
    doc.destroy();
    await zip.add(file, sonic, new Date(savedAtMs));
    projects.push({ id, name, savedAtMs, file });
    for (const record of await takes.records(id)) {
      backedUp.push(await addTake(zip, takes, record));
    }
  }
  const manifest: Manifest = {
    format: 'sonic-core-backup',
    version: 1,
    madeAtMs: Date.now(),
    projects,
    takes: backedUp,
  };
  await zip.add(kManifest, JSON.stringify(manifest, undefined, 1));
  return zip.finish();
}

async function addTake(
  zip: ZipWriter,
  takes: TakeSource,
  record: { readonly id: string; readonly projectId: string },
): Promise<BackedUpTake> {
  const { id, projectId } = record;
  const files: string[] = [];
  for (const file of await takes.files(id)) {
    const bytes = await takes.read(id, file);
    if (!bytes) continue;
    await zip.add(`takes/${id}/${file}`, bytes);
    files.push(file);
  }
  return { id, projectId, record: { ...record }, files };
}
