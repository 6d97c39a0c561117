// SPDX-License-Identifier: MIT
// A preset: a named chain of modules with the knobs that are not at their default. A rig is a whole chain; a module's
// preset is a chain of one.
import { type Catalog, paramOf } from '../model/catalog.ts';

export interface PresetModule {
  readonly type: string;
  readonly params?: Readonly<Record<string, number>>;
  readonly bypass?: boolean;
  /** A name of its own, when it was given one. */
  readonly label?: string;
  /** Slot → SHA-256 of a file. */
  readonly assets?: Readonly<Record<string, string>>;
}
export type PresetFiles = Readonly<
  Record<string, { readonly name: string; readonly kind: string }>
>;

export interface Preset {
  readonly kind: 'rig' | 'module';
  readonly id: string;
  readonly name: string;
  /** Words for what it is for; the first one stands beside its name. */
  readonly tags: readonly string[];
  /** A sentence about the sound. */
  readonly about?: string;
  readonly modules: readonly PresetModule[];
  /** What the files that its modules name are, by SHA-256. */
  readonly files?: PresetFiles;
  /** Of the player's own, which stand in this order. */
  readonly madeAtMs?: number;
}

const isEmpty = (value: object | undefined): boolean => !value || !Object.keys(value).length;

/** A module without what says nothing: knobs at their default, empty groups. Keys in order. */
export function tidy(module: PresetModule, catalog: Catalog): PresetModule {
  const meta = catalog.get(module.type);
  const params = Object.entries(module.params ?? {})
    .filter(([id, value]) => paramOf(meta, id)?.default !== value)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const assets = Object.entries(module.assets ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    type: module.type,
    ...(params.length ? { params: Object.fromEntries(params) } : {}),
    ...(module.bypass ? { bypass: true } : {}),
    ...(module.label ? { label: module.label } : {}),
    ...(assets.length ? { assets: Object.fromEntries(assets) } : {}),
  };
}

/** Whether two chains sound the same: same modules, same knobs, same files. */
export function isSameSound(
  a: readonly PresetModule[],
  b: readonly PresetModule[],
  catalog: Catalog,
): boolean {
  const text = (modules: readonly PresetModule[]) =>
    JSON.stringify(modules.map((module) => tidy(module, catalog)));
  return a.length === b.length && text(a) === text(b);
}

/** The files of these modules, out of those that are known. */
export function filesOf(modules: readonly PresetModule[], known: PresetFiles): PresetFiles {
  const used = new Set(modules.flatMap(({ assets }) => Object.values(assets ?? {})));
  return Object.fromEntries(Object.entries(known).filter(([sha]) => used.has(sha)));
}

export function makePreset(
  kind: Preset['kind'],
  about: { readonly id: string; readonly name: string; readonly tags: readonly string[] },
  modules: readonly PresetModule[],
  known: PresetFiles,
): Preset {
  const files = filesOf(modules, known);
  return { kind, ...about, modules, ...(isEmpty(files) ? {} : { files }), madeAtMs: Date.now() };
}

/** The name, or with the first number behind it that keeps it apart from those that are taken. */
export function nameApart(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const stem = name.replace(/ \d+$/, '');
  for (let n = 2; ; n++) {
    const next = `${stem} ${n}`;
    if (!taken.has(next)) return next;
  }
}

/** Tags as people write them: "Clean,  funk" → clean, funk. */
export function tagsOf(text: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim().replaceAll(/\s+/g, ' ').toLowerCase().slice(0, kMaxTagLength))
    .filter(Boolean);
  return [...new Set(words)].slice(0, kMaxTags);
}
export const kMaxNameLength = 80;
export const kMaxTagLength = 24;
export const kMaxTags = 12;
