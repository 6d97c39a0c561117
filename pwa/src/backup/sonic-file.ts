// SPDX-License-Identifier: MIT
// `.sonic` files without an engine: project.json and assets/<sha256>, stored (docs/project-file.md). What a project may
// be is for the engine to say, when the project is opened.
import type { Bytes, ProjectJson } from '../model/engine-port.ts';
import { sha256Of } from '../storage/sha256.ts';
import { ZipError, ZipReader } from '../zip/zip-reader.ts';
import { ZipWriter } from '../zip/zip-writer.ts';

const kProject = 'project.json';
const kAssets = 'assets/';

export type AssetOf = (sha256: string) => Promise<Bytes | undefined>;

export async function packSonic(project: ProjectJson, assetOf: AssetOf): Promise<Blob> {
  const zip = new ZipWriter();
  await zip.add(kProject, JSON.stringify(project));
  for (const sha256 of Object.keys(project.assets ?? {})) {
    const bytes = await assetOf(sha256);
    if (bytes) await zip.add(`${kAssets}${sha256}`, bytes);
  }
  return zip.finish();
}

export interface SonicContent {
  readonly project: ProjectJson;
  readonly assets: ReadonlyMap<string, Bytes>;
}

const isProject = (json: unknown): json is ProjectJson => {
  const { format, nodes, wires } = (json ?? {}) as Partial<ProjectJson>;
  return format === 'sonic-core' && typeof nodes === 'object' && typeof wires === 'object';
};

/** Assets that are not what their name says are left out. */
export async function unpackSonic(file: Blob): Promise<SonicContent> {
  const zip = await ZipReader.open(file);
  const json: unknown = JSON.parse((await zip.text(kProject)) ?? 'null');
  if (!isProject(json)) throw new ZipError('There is no project in this file.');
  const assets = new Map<string, Bytes>();
  for (const name of zip.names) {
    if (!name.startsWith(kAssets)) continue;
    const bytes = await zip.bytes(name);
    const sha256 = name.slice(kAssets.length);
    if (bytes && (await sha256Of(bytes)) === sha256) assets.set(sha256, bytes);
  }
  return { project: json, assets };
}
