// SPDX-License-Identifier: MIT
// What a backup says of itself.
import { ZipError } from '../zip/zip-reader.ts';

export interface BackedUpProject {
  readonly id: string;
  readonly name: string;
  readonly savedAtMs: number;
  /** Its `.sonic` in the backup. */
  readonly file: string;
}
export interface BackedUpTake {
  readonly id: string;
  readonly projectId: string;
  /** As the store of takes keeps it. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Files of the take, below takes/<id>/. */
  readonly files: readonly string[];
}
export interface Manifest {
  readonly format: 'sonic-core-backup';
  readonly version: 1;
  readonly madeAtMs: number;
  readonly projects: readonly BackedUpProject[];
  readonly takes: readonly BackedUpTake[];
}
export const kManifest = 'manifest.json';

const areStrings = (values: readonly unknown[]) =>
  values.every((value) => typeof value === 'string');

/** Throws a sentence for people. */
export function parseManifest(text: string | undefined): Manifest {
  const json = JSON.parse(text ?? 'null') as Partial<Manifest> | null;
  if (json?.format !== 'sonic-core-backup')
    throw new ZipError('This file is no backup of Sonic-Core.');
  if (json.version !== 1) throw new ZipError('This backup is of a newer version of Sonic-Core.');
  const { projects, takes } = json;
  const isSound =
    Array.isArray(projects) &&
    Array.isArray(takes) &&
    projects.every(({ id, name, file }) => areStrings([id, name, file])) &&
    takes.every(({ id, projectId, files }) => areStrings([id, projectId, ...(files as unknown[])]));
  if (!isSound) throw new ZipError('This backup is damaged.');
  return json as Manifest;
}
