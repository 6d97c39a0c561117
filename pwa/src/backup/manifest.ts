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
export interface BackedUpPreset {
  readonly id: string;
  readonly name: string;
  readonly madeAtMs?: number;
  /** A file of presets with this one in it. */
  readonly file: string;
}
export interface Manifest {
  readonly format: 'sonic-core-backup';
  readonly version: 1;
  readonly madeAtMs: number;
  readonly projects: readonly BackedUpProject[];
  readonly takes: readonly BackedUpTake[];
  readonly presets: readonly BackedUpPreset[];
  /** Ids of presets, the app's among them. */
  readonly favourites: readonly string[];
  /** Texts of their own making: who keeps a setting reads it. */
  readonly settings: Readonly<Record<string, string>>;
}
export const kManifest = 'manifest.json';

const areStrings = (values: readonly unknown[]) =>
  values.every((value) => typeof value === 'string');
const areAll = <T extends object>(values: unknown, keys: readonly (keyof T)[]): values is T[] =>
  Array.isArray(values) &&
  values.every((value: T | null) => value !== null && areStrings(keys.map((key) => value[key])));

/** Throws a sentence for people. */
export function parseManifest(text: string | undefined): Manifest {
  const json = JSON.parse(text ?? 'null') as Partial<Manifest> | null;
  if (json?.format !== 'sonic-core-backup')
    throw new ZipError('This file is no backup of Sonic-Core.');
  if (json.version !== 1) throw new ZipError('This backup is of a newer version of Sonic-Core.');
  const { projects, takes, presets, favourites, settings } = json;
  const isSound =
    areAll<BackedUpProject>(projects, ['id', 'name', 'file']) &&
    areAll<BackedUpTake>(takes, ['id', 'projectId']) &&
    takes.every(({ files }) => Array.isArray(files) && areStrings(files)) &&
    areAll<BackedUpPreset>(presets, ['id', 'name', 'file']) &&
    Array.isArray(favourites) &&
    areStrings(favourites) &&
    typeof settings === 'object' &&
    areStrings(Object.values(settings));
  if (!isSound) throw new ZipError('This backup is damaged.');
  return json as Manifest;
}
