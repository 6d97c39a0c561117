// SPDX-License-Identifier: MIT
// Brings a backup back. Nothing that is here is written over: what differs comes as a copy.
import { newId, ProjectDoc } from 'sonic-core/document';
import type { ProjectJson } from '../model/engine-port.ts';
import type { Library } from '../model/library.ts';
import { canonical } from './canonical.ts';
import { landPresets, type PresetTarget } from './land-presets.ts';
import { type HomeOf, landTakes } from './land-takes.ts';
import { countOf, type How, type Landing } from './landing.ts';
import { kManifest, parseManifest } from './manifest.ts';
import type { OwnSettings } from './own-settings.ts';
import { type SonicContent, unpackSonic } from './sonic-file.ts';
import type { TakeSource } from './take-source.ts';
import { ZipReader } from '../zip/zip-reader.ts';

export interface Restored {
  readonly projects: Landing;
  readonly presets: Landing;
  /** That were not here. */
  readonly takes: number;
  /** Names of the groups of settings that were not set here. */
  readonly settings: readonly string[];
  /** Names of what could not be read. */
  readonly failed: readonly string[];
}
export interface RestoreTarget {
  readonly library: Pick<Library, 'projects' | 'project' | 'changeProject' | 'assets'>;
  readonly takes: TakeSource;
  readonly presets: PresetTarget;
  readonly settings: Pick<OwnSettings, 'restore'>;
  readonly onProgress?: (done: number, count: number) => void;
}

export async function restore(file: Blob, target: RestoreTarget): Promise<Restored> {
  const zip = await ZipReader.open(file);
  const manifest = parseManifest(await zip.text(kManifest));
  const landed = new Map<string, { id: string; how: How }>();
  const failed: string[] = [];
  for (const [index, project] of manifest.projects.entries()) {
    target.onProgress?.(index, manifest.projects.length);
    const sonic = await zip.read(project.file).catch(() => undefined);
    const content = sonic && (await unpackSonic(sonic).catch(() => undefined));
    if (content) landed.set(project.id, await land(target.library, project, content));
    else failed.push(project.name);
  }
  const homeOf: HomeOf = (projectId) => landed.get(projectId);
  const takes = await landTakes(zip, manifest.takes, target.takes, homeOf);
  const presets = await landPresets(zip, manifest, target.presets);
  const settings = await target.settings.restore(manifest.settings);
  return {
    projects: countOf([...landed.values()].map(({ how }) => how)),
    presets: presets.landing,
    takes: takes.count,
    settings,
    failed: [...failed, ...takes.failed, ...presets.failed],
  };
}

async function land(
  library: RestoreTarget['library'],
  { id, name, savedAtMs }: { id: string; name: string; savedAtMs: number },
  { project, assets }: SonicContent,
): Promise<{ id: string; how: How }> {
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
  const content = { ...project, name: newName };
  const copy = there && (await copyOf(library, newName, content));
  if (copy !== undefined) return { id: copy, how: 'same' };
  const record = {
    id: there ? newId() : id,
    name: newName,
    savedAtMs,
    update: ProjectDoc.fromJson(content).toUpdate(),
    assets: Object.keys(project.assets ?? {}),
    revision: 1,
  };
  await library.assets.whileWriting(async () => {
    for (const [sha256, bytes] of assets) await library.assets.put(sha256, bytes);
    await library.changeProject(record.id, () => record);
  });
  return { id: record.id, how: there ? 'copied' : 'added' };
}

/** One that came from this backup before, and was not touched since. */
async function copyOf(
  library: RestoreTarget['library'],
  name: string,
  content: ProjectJson,
): Promise<string | undefined> {
  const text = canonical(content);
  const all = await library.projects();
  const isCopy = (update: Uint8Array) => canonical(jsonOf(update)) === text;
  return all.find((stored) => stored.name === name && isCopy(stored.update))?.id;
}

function jsonOf(update: Uint8Array): ProjectJson {
  const doc = ProjectDoc.fromUpdate(update);
  const json = doc.toJson();
  doc.destroy();
  return json;
}
