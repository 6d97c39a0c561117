// SPDX-License-Identifier: MIT
// Brings a backup back. Nothing that is here is written over: what differs comes as a copy.
import { newId, ProjectDoc } from 'sonic-core/document';
import type { ProjectJson } from '../model/engine-port.ts';
import type { Library } from '../model/library.ts';
import { canonical } from './canonical.ts';
import { type BackedUpTake, kManifest, parseManifest } from './manifest.ts';
import { type SonicContent, unpackSonic } from './sonic-file.ts';
import type { TakeSource } from './take-source.ts';
import { ZipReader } from '../zip/zip-reader.ts';

export interface Restored {
  /** Were not here. */
  readonly added: number;
  /** Were here with the same content. */
  readonly same: number;
  /** Were here with other content. */
  readonly copied: number;
  /** Could not be read. */
  readonly failed: readonly string[];
  readonly takes: number;
}
export interface RestoreTarget {
  readonly library: Pick<Library, 'project' | 'changeProject' | 'assets'>;
  readonly takes: TakeSource;
  readonly onProgress?: (done: number, count: number) => void;
}
interface Landed {
  readonly id: string;
  readonly how: 'added' | 'same' | 'copied';
}

export async function restore(file: Blob, target: RestoreTarget): Promise<Restored> {
  const zip = await ZipReader.open(file);
  const manifest = parseManifest(await zip.text(kManifest));
  const landed = new Map<string, Landed>();
  const failed: string[] = [];
  for (const [index, project] of manifest.projects.entries()) {
    target.onProgress?.(index, manifest.projects.length);
    const sonic = await zip.read(project.file).catch(() => undefined);
    const content = sonic && (await unpackSonic(sonic).catch(() => undefined));
    if (content) landed.set(project.id, await land(target.library, project, content));
    else failed.push(project.name);
  }
  let takes = 0;
  for (const take of manifest.takes) {
    const home = landed.get(take.projectId);
    if (home && (await landTake(zip, target.takes, take, home))) takes += 1;
  }
  const count = (how: Landed['how']) =>
    [...landed.values()].filter((each) => each.how === how).length;
  return { added: count('added'), same: count('same'), copied: count('copied'), failed, takes };
}

async function land(
  library: RestoreTarget['library'],
  { id, name, savedAtMs }: { id: string; name: string; savedAtMs: number },
  { project, assets }: SonicContent,
): Promise<Landed> {
  const there = await library.project(id);
  if (there && canonical(jsonOf(there.update)) === canonical(project)) {
    // In the bin, perhaps: a backup is asked for by who misses something.
    await library.changeProject(id, (stored) => {
      const { removedAtMs: _, ...kept } = stored ?? there;
      return kept;
    });
    return { id, how: 'same' };
  }
  const newName = there ? `${name} (restored)` : name;
  const record = {
    id: there ? newId() : id,
    name: newName,
    savedAtMs,
    update: ProjectDoc.fromJson({ ...project, name: newName }).toUpdate(),
    assets: Object.keys(project.assets ?? {}),
    revision: 1,
  };
  await library.assets.whileWriting(async () => {
    for (const [sha256, bytes] of assets) await library.assets.put(sha256, bytes);
    await library.changeProject(record.id, () => record);
  });
  return { id: record.id, how: there ? 'copied' : 'added' };
}

function jsonOf(update: Uint8Array): ProjectJson {
  const doc = ProjectDoc.fromUpdate(update);
  const json = doc.toJson();
  doc.destroy();
  return json;
}

/** False when it is here already. A copied project gets copies of its takes. */
async function landTake(
  zip: ZipReader,
  takes: TakeSource,
  { id, record, files }: BackedUpTake,
  home: Landed,
): Promise<boolean> {
  const isCopy = home.how === 'copied';
  if (!isCopy && (await takes.records(home.id)).some((take) => take.id === id)) return false;
  const takeId = isCopy ? newId() : id;
  for (const file of files) {
    const bytes = await zip.bytes(`takes/${id}/${file}`);
    if (bytes) await takes.write(takeId, file, bytes);
  }
  await takes.put({ ...record, id: takeId, projectId: home.id });
  return true;
}
