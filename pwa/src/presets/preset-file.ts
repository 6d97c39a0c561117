// SPDX-License-Identifier: MIT
// Presets as a file: JSON of the format `sonic-presets`; with files (dropped WAVs) a `.sonic`, a zip of `presets.json`
// and `assets/<sha256>`. Reading takes all of a file or refuses it with a sentence that says where it is wrong.
import { modules as kModules } from 'sonic-core';
import { Catalog, paramOf } from '../model/catalog.ts';
import type { Bytes, ModuleMeta } from '../model/engine-port.ts';
import { sha256Of } from '../storage/sha256.ts';
import { isZip, ZipError, ZipReader } from '../zip/zip-reader.ts';
import { ZipWriter } from '../zip/zip-writer.ts';
import {
  kMaxNameLength,
  kMaxTagLength,
  kMaxTags,
  type Preset,
  type PresetFiles,
  type PresetModule,
} from './preset.ts';

export const kFormat = 'sonic-presets';
const kVersion = 1;
const kJsonName = 'presets.json';
const kMaxJsonBytes = 16 * 1024 * 1024;
const kMaxPresets = 2000;
const kMaxModules = 64;
const kMaxAboutLength = 400;
/** What a file is made of decides its bytes, not when. */
const kNoDate = new Date(1980, 0, 1);

const catalog = new Catalog(kModules);

export interface PresetFile {
  readonly bytes: Bytes;
  readonly extension: 'json' | 'sonic';
  readonly type: string;
  /** Names of files that should be in it and are not at hand. */
  readonly missing: readonly string[];
}

export async function writePresets(
  presets: readonly Preset[],
  files: ReadonlyMap<string, Bytes>,
): Promise<PresetFile> {
  const named = Object.entries(Object.assign({}, ...presets.map((preset) => preset.files ?? {})));
  const missing = (named as [string, { name: string }][])
    .filter(([sha]) => !files.has(sha))
    .map(([, { name }]) => name);
  // Whose id and date it had is of no use elsewhere.
  const plain = presets.map((preset) => ({ ...preset, id: undefined, madeAtMs: undefined }));
  const text = JSON.stringify({ format: kFormat, version: kVersion, presets: plain }, null, 2);
  const json = new TextEncoder().encode(`${text}\n`);
  if (!files.size) return { bytes: json, extension: 'json', type: 'application/json', missing };
  const zip = new ZipWriter();
  await zip.add(kJsonName, json, kNoDate);
  for (const [sha, content] of files) await zip.add(`assets/${sha}`, content, kNoDate);
  const bytes = new Uint8Array(await zip.finish().arrayBuffer());
  return { bytes, extension: 'sonic', type: 'application/octet-stream', missing };
}

/** Whether this is, or was meant to be, a file of presets; not whether it is a good one. */
export function isPresetFile(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 512));
  return isZip(bytes) ? head.includes(kJsonName) : head.includes(`"${kFormat}"`);
}

export interface PresetsRead {
  readonly presets: readonly Preset[];
  readonly files: ReadonlyMap<string, Bytes>;
}

/** Throws an Error with a sentence. */
export async function readPresets(bytes: Bytes, fileName: string): Promise<PresetsRead> {
  const refuse = (what: string): never => {
    throw new Error(`${fileName} was not imported: ${what}.`);
  };
  let zip: ZipReader | undefined;
  let json = bytes;
  try {
    if (isZip(bytes)) {
      zip = await ZipReader.open(new Blob([bytes]));
      json = (await zip.bytes(kJsonName)) ?? refuse(`there is no ${kJsonName} in it`);
    }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    refuse('it is damaged, cut off, or packed by another program');
  }
  if (json.length > kMaxJsonBytes) refuse('it is larger than 16 MB');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    refuse('it is no JSON, or cut off');
  }
  try {
    const presets = presetsOf(value);
    return { presets, files: await checkedFiles(presets, zip) };
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** Bytes that are what their names say. */
async function checkedFiles(
  presets: readonly Preset[],
  zip: ZipReader | undefined,
): Promise<Map<string, Bytes>> {
  const checked = new Map<string, Bytes>();
  for (const preset of presets) {
    for (const [sha, { name }] of Object.entries(preset.files ?? {})) {
      // A broken entry is one whose bytes are not what its name says: told below, by the name that people know.
      const bytes = await zip?.bytes(`assets/${sha}`).catch(() => new Uint8Array(0));
      if (!bytes) throw new Error(`“${preset.name}” needs ${name}, which is not in the file`);
      if ((await sha256Of(bytes)) !== sha) throw new Error(`${name} in it is damaged`);
      checked.set(sha, bytes);
    }
  }
  return checked;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function presetsOf(value: unknown): Preset[] {
  if (!isFields(value) || value['format'] !== kFormat) throw new Error('it holds no presets');
  const { version, presets } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new Error('its version is missing');
  }
  if (version > kVersion) throw new Error('it comes from a newer version of Sonic-Core');
  if (!Array.isArray(presets)) throw new Error('its list of presets is missing');
  if (!presets.length) throw new Error('there is no preset in it');
  if (presets.length > kMaxPresets) throw new Error(`it holds more than ${kMaxPresets} presets`);
  return presets.map(presetOf);
}

function presetOf(value: unknown, index: number): Preset {
  const nth = `preset ${index + 1}`;
  if (!isFields(value)) throw new Error(`${nth} is no preset`);
  const { kind, name, tags = [], about, modules, files } = value;
  if (typeof name !== 'string' || !name.trim()) throw new Error(`${nth} has no name`);
  if (name.length > kMaxNameLength) throw new Error(`the name of ${nth} is too long`);
  const title = `${nth}, “${name}”,`;
  if (kind !== 'rig' && kind !== 'module')
    throw new Error(`${title} is neither a rig nor a module`);
  const isTag = (tag: unknown) =>
    typeof tag === 'string' && tag !== '' && tag.length <= kMaxTagLength;
  if (!Array.isArray(tags) || tags.length > kMaxTags || !tags.every(isTag)) {
    throw new Error(`${title} has tags that are no words`);
  }
  if (about !== undefined && (typeof about !== 'string' || about.length > kMaxAboutLength)) {
    throw new Error(`${title} has a description that is no text`);
  }
  if (!Array.isArray(modules) || modules.length > kMaxModules) {
    throw new Error(`${title} has no list of modules`);
  }
  if (kind === 'module' && modules.length !== 1) throw new Error(`${title} is not one module`);
  const known = filesIn(files, title);
  return {
    kind,
    id: '',
    name: name.trim(),
    tags: tags as string[],
    ...(about === undefined ? {} : { about }),
    modules: modules.map((module: unknown) => moduleOf(module, title, known)),
    ...(Object.keys(known).length ? { files: known } : {}),
  };
}

function filesIn(value: unknown, title: string): PresetFiles {
  if (value === undefined) return {};
  const isFile = ([sha, file]: [string, unknown]) =>
    /^[0-9a-f]{64}$/.test(sha) &&
    isFields(file) &&
    typeof file['name'] === 'string' &&
    typeof file['kind'] === 'string';
  if (!isFields(value) || !Object.entries(value).every(isFile)) {
    throw new Error(`${title} has a list of files that cannot be read`);
  }
  return value as PresetFiles;
}

function moduleOf(value: unknown, title: string, files: PresetFiles): PresetModule {
  if (!isFields(value) || typeof value['type'] !== 'string') {
    throw new Error(`${title} has a module without a type`);
  }
  const { type, bypass, label } = value;
  if (!catalog.has(type)) {
    throw new Error(`${title} needs the module “${type}”, which this version does not have`);
  }
  const meta = catalog.get(type);
  if (meta.role !== 'effect') throw new Error(`${title} cannot hold the module “${type}”`);
  if (bypass !== undefined && typeof bypass !== 'boolean') {
    throw new Error(`${title} says of ${meta.label} neither on nor off`);
  }
  if (label !== undefined && (typeof label !== 'string' || label.length > kMaxNameLength)) {
    throw new Error(`${title} has a name for ${meta.label} that is no text`);
  }
  const params = paramsOf(value['params'], meta, title);
  const assets = slotsOf(value['assets'], meta, title, files);
  return {
    type,
    ...(params ? { params } : {}),
    ...(bypass ? { bypass } : {}),
    ...(label ? { label } : {}),
    ...(assets ? { assets } : {}),
  };
}

function paramsOf(
  value: unknown,
  meta: ModuleMeta,
  title: string,
): Record<string, number> | undefined {
  if (value === undefined) return undefined;
  if (!isFields(value)) throw new Error(`${title} has knobs of ${meta.label} that cannot be read`);
  for (const [id, number] of Object.entries(value)) {
    const param = paramOf(meta, id);
    if (!param) throw new Error(`${title} turns “${id}”, which ${meta.label} does not have`);
    if (typeof number !== 'number') {
      throw new Error(
        `${title} sets ${param.label} of ${meta.label} to something that is no number`,
      );
    }
    if (number < param.min || number > param.max) {
      throw new Error(
        `${title} sets ${param.label} of ${meta.label} to ${number}, beyond ${param.min} to ${param.max}`,
      );
    }
  }
  return value as Record<string, number>;
}

function slotsOf(
  value: unknown,
  meta: ModuleMeta,
  title: string,
  files: PresetFiles,
): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  const isSlot = ([slot, sha]: [string, unknown]) =>
    meta.assets.some(({ id }) => id === slot) &&
    typeof sha === 'string' &&
    files[sha] !== undefined;
  if (!isFields(value) || !Object.entries(value).every(isSlot)) {
    throw new Error(`${title} names a file of ${meta.label} that it does not describe`);
  }
  return value as Record<string, string>;
}
