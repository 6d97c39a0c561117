// SPDX-License-Identifier: MIT
// Everything out into one file, and in again on a device that has nothing, the same, or something else.
import { ProjectDoc } from 'sonic-core/document';
import { beforeEach, expect, it } from 'vitest';
import { PresetMemory } from '../../dev/preset-memory.ts';
import type { Bytes } from '../model/engine-port.ts';
import type { StoredProject } from '../model/library.ts';
import { Shell } from '../model/shell.ts';
import type { Preset } from '../presets/preset.ts';
import { Presets } from '../presets/presets.ts';
import { sha256Of } from '../storage/sha256.ts';
import { backUp } from './back-up.ts';
import { type Restored, restore, type RestoreTarget } from './restore.ts';
import type { StoredTakeRecord } from './take-source.ts';

const bytesOf = (...values: number[]): Bytes => Uint8Array.from(values);

class Device {
  readonly projects = new Map<string, StoredProject>();
  readonly assetFiles = new Map<string, Bytes>();
  readonly records = new Map<string, StoredTakeRecord & { name?: string }>();
  readonly takeFiles = new Map<string, Map<string, Bytes>>();
  own: Record<string, string> = {};
  isFull = false;

  readonly library: RestoreTarget['library'] = {
    projects: async () => [...this.projects.values()],
    project: async (id) => this.projects.get(id),
    changeProject: async (id, edit) => {
      const made = edit(this.projects.get(id));
      if (made) this.projects.set(id, made);
      return made;
    },
    assets: {
      get: async (sha: string) => this.assetFiles.get(sha),
      put: async (sha: string, bytes: Bytes) => void this.assetFiles.set(sha, bytes),
      whileWriting: <T>(work: () => Promise<T>) => work(),
    } as RestoreTarget['library']['assets'],
  };
  readonly takes: RestoreTarget['takes'] = {
    records: async (projectId) =>
      [...this.records.values()].filter((record) => record.projectId === projectId),
    files: async (id) =>
      new Map(
        [...(this.takeFiles.get(id) ?? [])].map(([name, bytes]) => [name, new Blob([bytes])]),
      ),
    write: async (id, file, bytes) => {
      if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
      this.takeFiles.set(id, (this.takeFiles.get(id) ?? new Map()).set(file, bytes));
    },
    put: async (record) => void this.records.set(record.id, record),
    erase: async (id) => {
      this.records.delete(id);
      this.takeFiles.delete(id);
    },
  };
  readonly presets = new Presets(new Shell(), new PresetMemory());
  readonly settings = {
    all: () => this.own,
    restore: async (settings: Readonly<Record<string, string>>) => {
      if (Object.keys(this.own).length) return [];
      this.own = { ...settings };
      return Object.keys(settings);
    },
  };

  keep(id: string, name: string, gate = 5, update?: Uint8Array): void {
    const json = {
      format: 'sonic-core',
      version: 1,
      name,
      nodes: { g: { type: 'gate', params: { hold: gate } } },
      wires: {},
    } as const;
    this.projects.set(id, {
      id,
      name,
      savedAtMs: 1000,
      update: update ?? ProjectDoc.fromJson(structuredClone(json)).toUpdate(),
      assets: [],
      revision: 3,
    });
  }
  keepTake(id: string, projectId: string): void {
    this.records.set(id, { id, projectId, name: `Take ${id}` });
    this.takeFiles.set(
      id,
      new Map([
        ['000000.f32', bytesOf(1, 2, 3)],
        ['000001.f32', bytesOf(4, 5)],
      ]),
    );
  }
  async backUp(): Promise<Blob> {
    return (await backUp(this)).file;
  }
  restore(file: Blob): Promise<Restored> {
    return restore(file, this);
  }
  get names(): string[] {
    return [...this.projects.values()].map(({ name }) => name).sort();
  }
}

const ir = bytesOf(9, 8, 7);
const rig = async (): Promise<Preset> => {
  const sha = await sha256Of(ir);
  return {
    kind: 'rig',
    id: 'lead',
    name: 'Lead',
    tags: ['mine'],
    modules: [{ type: 'cabinet', assets: { response: sha } }],
    files: { [sha]: { name: 'room.wav', kind: 'audio/ir' } },
    madeAtMs: 77,
  };
};
const none = { added: 0, same: 0, copied: 0 };

let here: Device;
beforeEach(async () => {
  here = new Device();
  here.keep('p', 'Song');
  here.keepTake('t', 'p');
  const preset = await rig();
  await here.presets.save(preset, new Map([[await sha256Of(ir), ir]]));
  here.presets.toggleFavourite('lead');
  here.presets.toggleFavourite('glass-clean');
  here.own = { keys: '{"mute":["Q"]}' };
});

it('brings all of it to a device that has nothing', async () => {
  const there = new Device();
  expect(await there.restore(await here.backUp())).toEqual({
    projects: { ...none, added: 1 },
    presets: { ...none, added: 1 },
    takes: 1,
    settings: ['keys'],
    failed: [],
  });
  expect(there.names).toEqual(['Song']);
  expect(there.records).toEqual(here.records);
  expect(there.takeFiles).toEqual(here.takeFiles);
  expect(there.presets.own, 'id and place among the others, too').toEqual([await rig()]);
  expect(await there.presets.file(await sha256Of(ir))).toEqual(ir);
  expect([...there.presets.favouriteIds].sort()).toEqual(['glass-clean', 'lead']);
  expect(there.own).toEqual(here.own);
});

it('leaves out what is the same, however often it is restored', async () => {
  const file = await here.backUp();
  for (let i = 0; i < 2; i += 1) {
    expect(await here.restore(file)).toEqual({
      projects: { ...none, same: 1 },
      presets: { ...none, same: 1 },
      takes: 0,
      settings: [],
      failed: [],
    });
  }
  expect(here.names).toEqual(['Song']);
  expect(here.presets.own).toHaveLength(1);
});

it('puts what differs beside what is here, once', async () => {
  const file = await here.backUp();
  here.keep('p', 'Song', 9);
  const changed = { ...(await rig()), tags: ['other'] };
  await here.presets.save(changed);
  expect(await here.restore(file)).toMatchObject({
    projects: { ...none, copied: 1 },
    presets: { ...none, copied: 1 },
    takes: 1,
  });
  expect(here.names).toEqual(['Song', 'Song (restored)']);
  expect(here.presets.own.map(({ name }) => name)).toEqual(['Lead', 'Lead 2']);
  expect(here.presets.get('lead'), 'what was here').toEqual(changed);
  expect(here.records.size, 'a copy has takes of its own').toBe(2);

  expect(await here.restore(file)).toMatchObject({
    projects: { ...none, same: 1 },
    presets: { ...none, same: 1 },
    takes: 0,
  });
  expect(here.names).toHaveLength(2);
  expect(here.records.size).toBe(2);
});

it('brings back what is in the bin', async () => {
  const file = await here.backUp();
  const stored = here.projects.get('p');
  if (stored) here.projects.set('p', { ...stored, removedAtMs: 1 });
  here.records.clear();
  expect(await here.restore(file)).toMatchObject({ projects: { same: 1 }, takes: 1 });
  expect(here.projects.get('p')?.removedAtMs).toBeUndefined();
});

it('says what cannot be read, and goes on with the rest', async () => {
  here.keep('broken', 'Broken', 5, bytesOf(1, 2, 3));
  const { file, failed } = await backUp(here);
  expect(failed).toEqual(['Broken']);
  // One byte of the take is another one.
  const bytes = new Uint8Array(await file.arrayBuffer());
  const at = Buffer.from(bytes).indexOf('000001.f32') + '000001.f32'.length;
  bytes[at] = 99;
  const there = new Device();
  expect(await there.restore(new Blob([bytes]))).toMatchObject({
    projects: { added: 1 },
    presets: { added: 1 },
    takes: 0,
    failed: ['Take t'],
  });
  expect(there.takeFiles.size, 'half a take is none').toBe(0);
});

it('stops with the reason when the device is full, and leaves no half of a take', async () => {
  const there = new Device();
  there.isFull = true;
  await expect(there.restore(await here.backUp())).rejects.toThrow('full');
  expect(there.names).toEqual(['Song']);
  expect(there.records.size).toBe(0);
});

it('keeps projects apart whose long names begin alike', async () => {
  const long = 'x'.repeat(80);
  here.keep('aaaaaaaa1', long, 1);
  here.keep('bbbbbbbb1', long, 2);
  const there = new Device();
  expect(await there.restore(await here.backUp())).toMatchObject({ projects: { added: 3 } });
  expect(there.names).toEqual(['Song', long, long]);
});
