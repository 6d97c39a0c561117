// SPDX-License-Identifier: MIT
import { ProjectDoc } from 'sonic-core/document';
import { describe, expect, it, vi } from 'vitest';
import { Catalog } from './catalog.ts';
import { modules, openSession as open, row } from '../../dev/open-session.ts';
import type { EnginePort } from './engine-port.ts';
import { Session } from './session.ts';

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

  it('means what is being turned before anything else is done', async () => {
    const { session } = await open();
    session.turn('d', 'drive', 7);
    session.undo();
    expect(session.value('d', drive), 'the turn itself is taken back').toBe(5);
    session.redo();
    expect(session.node('d')?.params).toEqual({ drive: 7 });

    session.turn('d', 'drive', 8);
    expect(session.canUndo).toBe(true);
    session.remove('d');
    session.undo();
    expect(session.node('d')?.params, 'it comes back as it was heard').toEqual({ drive: 8 });

    session.turn('d', 'drive', 9);
    session.resetNode('d');
    expect(session.value('d', drive)).toBe(5);
    session.undo();
    expect(session.value('d', drive)).toBe(9);
  });

  it('has who turns it settle it', async () => {
    const { session } = await open();
    const hand = vi.fn(() => session.mean('d', 'drive', 7));
    session.turn('d', 'drive', 7, hand);
    session.settle();
    session.settle();
    expect(hand).toHaveBeenCalledTimes(1);
    session.undo();
    expect(session.doc?.undoLabel, 'one step').toBeUndefined();
  });

  it('makes no step of a turn that came back to where it began', async () => {
    const { session, set } = await open();
    session.turn('d', 'drive', 7);
    session.turn('d', 'drive', 5);
    session.settle();
    expect(session.doc?.undoLabel).toBeUndefined();
    expect(set).toHaveBeenLastCalledWith('d', 'drive', 5);
  });

  it('means one knob without ending the turn of another hand', async () => {
    const { session } = await open();
    const hand = vi.fn();
    session.turn('d', 'drive', 7, hand);
    session.turn('d', 'range', 2);
    session.mean('d', 'range', 2);
    expect(hand).not.toHaveBeenCalled();
    expect(session.value('d', drive)).toBe(7);
  });

  it('takes nothing in while another project comes in its place', async () => {
    const { session } = await open();
    session.isLeaving = true;
    session.turn('d', 'drive', 7);
    session.mean('d', 'drive', 8);
    session.rename('Mine');
    expect(session.value('d', drive)).toBe(5);
    expect(session.doc?.undoLabel).toBeUndefined();
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
