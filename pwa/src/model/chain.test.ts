// SPDX-License-Identifier: MIT
import { ProjectDoc } from 'sonic-core/document';
import { describe, expect, it } from 'vitest';
import { Catalog } from './catalog.ts';
import { ChainEdit, chainOf } from './chain.ts';
import type { ModuleMeta, PortMeta, ProjectJson } from './engine-port.ts';

const port = (id: string, direction: 'in' | 'out', role: PortMeta['role'] = 'main'): PortMeta => ({
  id,
  direction,
  signal: 'audio',
  role,
  width: 'follow',
});
const module = (id: string, role: ModuleMeta['role'], ports: PortMeta[]): ModuleMeta => ({
  id,
  label: id,
  category: 'utility',
  summary: '',
  role,
  ports,
  params: [],
  assets: [],
  readings: [],
  latencyFrames: 0,
});
const effect = (id: string) =>
  module(id, 'effect', [
    port('in', 'in'),
    port('sidechain', 'in', 'sidechain'),
    port('out', 'out'),
  ]);
const catalog = new Catalog([
  module('input', 'endpoint', [port('device', 'in', 'device'), port('out', 'out')]),
  module('output', 'endpoint', [port('in', 'in'), port('device', 'out', 'device')]),
  module('clip', 'source', [port('out', 'out')]),
  ...['gate', 'drive', 'amp'].map(effect),
]);

function rig(): ProjectJson {
  return {
    format: 'sonic-core',
    version: 1,
    nodes: {
      in: { type: 'input' },
      riff: { type: 'clip' },
      g: { type: 'gate' },
      d: { type: 'drive', params: { drive: 7 } },
      a: { type: 'amp' },
      out: { type: 'output' },
    },
    wires: {
      w0: { from: ['in', 'out'], to: ['g', 'in'] },
      w1: { from: ['riff', 'out'], to: ['g', 'in'], gain: 0.5 },
      w2: { from: ['g', 'out'], to: ['d', 'in'] },
      w3: { from: ['d', 'out'], to: ['a', 'in'] },
      w4: { from: ['a', 'out'], to: ['out', 'in'] },
      key: { from: ['in', 'out'], to: ['a', 'sidechain'] },
    },
  };
}
function edited(edit: (chain: ChainEdit) => void, json = rig()) {
  const doc = ProjectDoc.fromJson(json);
  doc.change(() => edit(new ChainEdit(doc, catalog)), 'edit');
  const after = doc.toJson();
  const links = Object.values(after.wires)
    .map(({ from, to }) => `${from.join('.')}>${to.join('.')}`)
    .sort();
  return { doc, after, links, chain: chainOf(after, catalog).nodes };
}
const kLinks = [
  'a.out>out.in',
  'd.out>a.in',
  'g.out>d.in',
  'in.out>a.sidechain',
  'in.out>g.in',
  'riff.out>g.in',
];

describe('chainOf', () => {
  it('is the path from the sources to the output', () => {
    expect(chainOf(rig(), catalog)).toEqual({ nodes: ['g', 'd', 'a'], besideCount: 0 });
  });
  it('takes the longest of several paths, and counts what is beside it', () => {
    const project = rig();
    project.nodes['p'] = { type: 'drive' };
    project.wires['p1'] = { from: ['in', 'out'], to: ['p', 'in'] };
    project.wires['p2'] = { from: ['p', 'out'], to: ['out', 'in'] };
    expect(chainOf(project, catalog)).toEqual({ nodes: ['g', 'd', 'a'], besideCount: 1 });
  });
  it('ends at a loop, and is empty without an output', () => {
    const project = rig();
    project.wires['loop'] = { from: ['a', 'out'], to: ['g', 'in'], delayFrames: 1 };
    expect(chainOf(project, catalog).nodes).toEqual(['g', 'd', 'a']);
    delete project.nodes['out'];
    expect(chainOf(project, catalog).nodes).toEqual([]);
  });
  it('goes through modules that this version does not know', () => {
    const project = rig();
    project.nodes['d'] = { type: 'from-the-future' };
    expect(chainOf(project, catalog).nodes).toEqual(['g', 'd', 'a']);
  });
});

describe('ChainEdit', () => {
  it('inserts in front, in the middle and at the end', () => {
    for (const [index, order] of [
      [0, ['new', 'g', 'd', 'a']],
      [2, ['g', 'd', 'new', 'a']],
      [3, ['g', 'd', 'a', 'new']],
    ] as const) {
      let id = '';
      const { chain, links } = edited((edit) => (id = edit.insert('drive', index)));
      expect(chain.map((node) => (node === id ? 'new' : node))).toEqual(order);
      expect(links).toContain('in.out>a.sidechain');
      expect(links).toHaveLength(7);
    }
  });
  it('removes and joins, for the first, a middle and the last one', () => {
    expect(edited((edit) => edit.remove('d')).links).toEqual([
      'a.out>out.in',
      'g.out>a.in',
      'in.out>a.sidechain',
      'in.out>g.in',
      'riff.out>g.in',
    ]);
    const first = edited((edit) => edit.remove('g'));
    expect(first.links).toContain('riff.out>d.in');
    expect(first.links).toContain('in.out>d.in');
    const gains = Object.values(first.after.wires).map(({ gain }) => gain);
    expect(gains.filter((gain) => gain === 0.5)).toHaveLength(1);
    expect(edited((edit) => edit.remove('a')).links).toContain('d.out>out.in');
  });
  it('leaves the sources at the output when all is gone, and takes up again from there', () => {
    const { chain, links, after } = edited((edit) =>
      ['g', 'd', 'a'].forEach((id) => edit.remove(id)),
    );
    expect(chain).toEqual([]);
    expect(links).toEqual(['in.out>out.in', 'riff.out>out.in']);
    expect(edited((edit) => edit.insert('amp', 0), after).chain).toHaveLength(1);
  });
  it('moves to any place and keeps the node with its knobs', () => {
    for (const [id, index, order] of [
      ['a', 0, ['a', 'g', 'd']],
      ['g', 2, ['d', 'a', 'g']],
      ['d', 0, ['d', 'g', 'a']],
    ] as const) {
      const { chain, after, doc } = edited((edit) => edit.move(id, index));
      expect(chain).toEqual(order);
      expect(after.nodes['d']).toEqual({ type: 'drive', params: { drive: 7 } });
      doc.undo.undo();
      expect(doc.toJson()).toEqual(rig());
    }
  });
  it('gives the same wires when moved to where it is', () => {
    expect(edited((edit) => edit.move('d', 1)).links).toEqual(kLinks);
  });
  it('replaces the effects and keeps the sources', () => {
    const { chain, after } = edited((edit) =>
      edit.replace([{ type: 'amp', params: { gain: 3 } }, { type: 'gate' }]),
    );
    expect(chain.map((id) => after.nodes[id]?.type)).toEqual(['amp', 'gate']);
    expect(after.nodes['riff']).toBeDefined();
    expect(Object.keys(after.nodes)).toHaveLength(5);
  });
});

describe('a duplicate', () => {
  it('stands right behind, with settings of its own', () => {
    const { doc, after, chain } = edited((edit) => edit.duplicate('d'));
    const [, original, copy = '', last] = chain;
    expect([chain.length, original, last]).toEqual([4, 'd', 'a']);
    expect(after.nodes[copy]).toEqual({ type: 'drive', params: { drive: 7 } });
    doc.change((project) => project.setParam(copy, 'drive', 3), 'turn');
    expect(doc.toJson().nodes['d']?.params).toEqual({ drive: 7 });
  });
});
