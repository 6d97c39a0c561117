// SPDX-License-Identifier: MIT
// Presets from what plays, into files and out of them.
import { newId } from 'sonic-core/document';
import type { App } from '../model/app.ts';
import type { Bytes } from '../model/engine-port.ts';
import { download, fileName, pickFile } from '../media/download.ts';
import { makePreset, type Preset, tidy } from '../presets/preset.ts';
import { readPresets, writePresets } from '../presets/preset-file.ts';

/** The bytes of a preset's files, from the project that plays. */
async function heldFiles(app: App, { files = {} }: Preset): Promise<Map<string, Bytes>> {
  const held = new Map<string, Bytes>();
  for (const sha of Object.keys(files)) {
    const bytes = app.engine?.asset(sha) ?? (await app.library.assets.get(sha));
    if (bytes) held.set(sha, bytes);
  }
  return held;
}

interface Named {
  readonly id?: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly madeAtMs?: number;
}

/** The rig that plays, under a name. With an id it takes that preset's place. */
export async function saveRig(app: App, { id, name, tags, madeAtMs }: Named): Promise<void> {
  const { rigs, presets, session } = app;
  session.settle();
  const made = makePreset('rig', { id: id ?? newId(), name, tags }, rigs.modules, rigs.files);
  const preset = madeAtMs === undefined ? made : { ...made, madeAtMs };
  await presets.save(preset, await heldFiles(app, preset));
  // From now on the rig is this one.
  if (session.rigId !== preset.id) {
    session.change(`Save ${name}`, (doc) => doc.setRootKey('rig', preset.id));
  }
}

/** A module's knobs under a name. */
export async function saveModule(app: App, nodeId: string, named: Named): Promise<void> {
  const { session, presets, rigs } = app;
  session.settle();
  const node = session.node(nodeId);
  if (!node) return;
  // A name and a bypass are the rig's, not the sound's.
  const { label: _, bypass: __, ...module } = tidy(node, session.catalog);
  const { id = newId(), name, tags, madeAtMs } = named;
  const made = makePreset('module', { id, name, tags }, [module], rigs.files);
  const preset = madeAtMs === undefined ? made : { ...made, madeAtMs };
  await presets.save(preset, await heldFiles(app, preset));
}

export async function exportPresets(
  app: App,
  presets: readonly Preset[],
  name: string,
): Promise<void> {
  const { bytes, extension, type, missing } = await writePresets(
    presets,
    await app.presets.filesFor(presets),
  );
  download(bytes, fileName(name, extension), type);
  if (missing.length) app.shell.say(`Exported without ${missing.join(', ')}: no longer here`);
}

export async function pickPresets(app: App): Promise<void> {
  const file = await pickFile('.json,.sonic,application/json');
  if (file) await importPresets(app, file);
}

/** All of a file, or none and a sentence. */
export async function importPresets(app: App, file: File): Promise<void> {
  const { presets, files } = await readPresets(new Uint8Array(await file.arrayBuffer()), file.name);
  const added = await app.presets.add(presets, files);
  const [first] = added;
  const what = added.length === 1 && first ? first.name : `${added.length} presets`;
  app.shell.say(`${what} imported`);
}
