// SPDX-License-Identifier: MIT
import { ProjectDoc } from 'sonic-core/document';
import { describe, expect, it, vi } from 'vitest';
import { Catalog } from './catalog.ts';
import type { EnginePort, MergePatch, ModuleMeta, ParamMeta } from './engine-port.ts';
import { Session } from './session.ts';

const row = (id: string, structural = false): ParamMeta => ({
  id,
  label: id,
  unit: '',
  min: 0,
  max: 10,
  default: 5,
  curve: 'linear',
  structural,
  audioRate: false,
});
const port = (id: string, direction: 'in' | 'out') =>
  ({ id, direction, signal: 'audio', role: 'main', width: 'follow' }) as const;
const module = (id: string, role: ModuleMeta['role'], ports: ModuleMeta['ports']): ModuleMeta => ({
  id,
  label: id,
  category: 'drive',
  summary: '',
  role,
  ports,
  params: [row('drive'), row('range', true)],
  assets: [],
  readings: [],
  latencyFrames: 0,
});
const modules = [
  module('input', 'endpoint', [port('out', 'out')]),
  module('output', 'endpoint', [port('in', 'in')]),
  module('overdrive', 'effect', [port('in', 'in'), port('out', 'out')]),
];

async function open() {
  const patches: MergePatch[] = [];
  const set = vi.fn();
  const load = vi.fn(async () => {});
  let refuses = false;
  const engine = {
    load,
    set,
    apply: (patch: MergePatch) => {
      if (refuses) throw new Error('no');
      patches.push(patch);
    },
  } as unknown as EnginePort;
  const session = new Session(new Catalog(modules));
  await session.attach(engine);
  await session.open(
    ProjectDoc.fromJson({
      format: 'sonic-core',
      version: 1,
      nodes: { in: { type: 'input' }, d: { type: 'overdrive' }, out: { type: 'output' } },
      wires: {
        a: { from: ['in', 'out'], to: ['d', 'in'] },
        b: { from: ['d', 'out'], to: ['out', 'in'] },
      },
    }),
    'p',
  );
  return { session, patches, set, load, refuse: (on: boolean) => (refuses = on) };
}
const drive = row('drive');

describe('Session', () => {
  it('lets a turning knob be heard and seen, but not stored', async () => {
    const { session, patches, set } = await open();
    const moved: unknown[] = [];
    session.on('value', (value) => moved.push(value));
    session.turn('d', 'drive', 7);
    expect(set).toHaveBeenCalledWith('d', 'drive', 7);
    expect(session.value('d', drive)).toBe(7);
    expect(patches).toEqual([]);
    expect(session.doc?.undoLabel).toBeUndefined();
    expect(moved).toEqual([{ nodeId: 'd', paramId: 'drive' }]);
  });

  it('stores it once when it is meant, as one step', async () => {
    const { session, patches } = await open();
    session.turn('d', 'drive', 6);
    session.turn('d', 'drive', 7);
    session.mean('d', 'drive', 7);
    expect(patches).toEqual([{ nodes: { d: { params: { drive: 7 } } } }]);
    session.undo();
    expect(session.value('d', drive)).toBe(5);
    expect(patches.at(-1)).toEqual({ nodes: { d: { params: { drive: null } } } });
    expect(session.doc?.undoLabel).toBeUndefined();
  });

  it('goes back to what was, and adds no step, when it was not meant', async () => {
    const { session, patches, set } = await open();
    session.turn('d', 'drive', 9);
    session.takeBack('d', 'drive');
    expect(set).toHaveBeenLastCalledWith('d', 'drive', 5);
    expect(session.value('d', drive)).toBe(5);
    expect(patches).toEqual([]);
  });

  it('waits with what would build the module anew', async () => {
    const { session, set } = await open();
    session.turn('d', 'range', 2);
    expect(set).not.toHaveBeenCalled();
    expect(session.value('d', row('range', true))).toBe(2);
  });

  it('takes an edit back that the engine refuses', async () => {
    const { session, refuse } = await open();
    const refused = vi.fn();
    session.on('refused', refused);
    refuse(true);
    session.insert('overdrive');
    refuse(false);
    await Promise.resolve();
    expect(session.chain.nodes).toEqual(['d']);
    expect(refused).toHaveBeenCalledTimes(1);
  });

  it('hands the whole document over when an undo is refused', async () => {
    const { session, refuse, load } = await open();
    session.mean('d', 'drive', 8);
    refuse(true);
    session.undo();
    await Promise.resolve();
    expect(load).toHaveBeenLastCalledWith(session.doc?.toJson());
  });

  it('inserts, moves and removes with the wires', async () => {
    const { session } = await open();
    const id = session.insert('overdrive', 0);
    expect(session.chain.nodes).toEqual([id, 'd']);
    session.move(id, 1);
    expect(session.chain.nodes).toEqual(['d', id]);
    const removed = vi.fn();
    session.on('removed', removed);
    session.remove('d');
    expect(session.chain.nodes).toEqual([id]);
    expect(removed).toHaveBeenCalledWith({ label: 'overdrive' });
  });

  it('keeps the open project when another does not load', async () => {
    const { session, load } = await open();
    load.mockRejectedValueOnce(new Error('broken'));
    await expect(session.open(new ProjectDoc(), 'q')).rejects.toThrow('broken');
    expect(session.id).toBe('p');
    expect(session.chain.nodes).toEqual(['d']);
  });
});

describe('Session without an engine', () => {
  const json = {
    format: 'sonic-core',
    version: 1,
    nodes: { in: { type: 'input' }, d: { type: 'overdrive' }, out: { type: 'output' } },
    wires: {},
  } as const;

  it('shows and edits a document, and gives the engine all of it when there is one', async () => {
    const session = new Session(new Catalog(modules));
    await session.open(ProjectDoc.fromJson(structuredClone(json)), 'p');
    session.mean('d', 'drive', 8);
    expect(session.value('d', drive)).toBe(8);
    const load = vi.fn(async () => {});
    const apply = vi.fn();
    await session.attach({ load, apply, set: vi.fn() } as unknown as EnginePort);
    expect(load).toHaveBeenCalledWith(
      expect.objectContaining({
        nodes: expect.objectContaining({ d: { type: 'overdrive', params: { drive: 8 } } }),
      }),
    );
    session.mean('d', 'drive', 3);
    expect(apply).toHaveBeenCalledTimes(1);
  });

  it('has no engine when that one does not take the document', async () => {
    const session = new Session(new Catalog(modules));
    await session.open(ProjectDoc.fromJson(structuredClone(json)), 'p');
    const load = () => Promise.reject(new Error('no'));
    await expect(session.attach({ load } as unknown as EnginePort)).rejects.toThrow('no');
    expect(session.engine).toBeUndefined();
  });

  it('changes nothing while another tab has the project', async () => {
    const session = new Session(new Catalog(modules));
    await session.open(ProjectDoc.fromJson(structuredClone(json)), 'p');
    session.mean('d', 'drive', 8);
    const locked = vi.fn();
    session.on('locked', locked);
    session.isReadOnly = true;
    session.turn('d', 'drive', 1);
    session.mean('d', 'drive', 2);
    session.undo();
    session.rename('Mine');
    expect(session.value('d', drive)).toBe(8);
    expect(session.name).toBe('Untitled');
    expect(locked).toHaveBeenCalledTimes(3);
  });
});
