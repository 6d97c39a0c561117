// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { MergePatch, ProjectJson } from '../types.ts';
import { pairKey, splitPairKey } from './keys.ts';
import { newId, ProjectDoc } from './yjs-project.ts';

const kProject: ProjectJson = {
  format: 'sonic-core',
  version: 1,
  sampleRateHz: 48000,
  name: 'Kitchen demo',
  nodes: {
    in: { type: 'input' },
    a1: {
      type: 'overdrive',
      params: { drive: 24, tone: 55 },
      label: 'Screamer',
      position: [120, 40],
      bypass: false,
    },
    c1: { type: 'cabinet', assets: { response: 'f00' } },
    out: { type: 'output' },
  },
  wires: {
    w1: { from: ['in', 'out'], to: ['a1', 'in'] },
    w2: { from: ['a1', 'out'], to: ['c1', 'in'], gain: 1, delayFrames: 0 },
    w3: { from: ['c1', 'out'], to: ['out', 'in'] },
  },
  transport: { tempoBpm: 120, signature: [4, 4] },
  assets: { f00: { name: 'room.wav', kind: 'audio/ir' } },
  laterPart: { anything: [1, { two: true }] },
};
const copy = <T>(value: T): T => structuredClone(value);

/** RFC 7396, written after the standard's own pseudo code. */
function merge(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    target !== null && typeof target === 'object' && !Array.isArray(target)
      ? { ...(target as Record<string, unknown>) }
      : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

/** A document, and what an engine that only gets the patches would hold. */
function followed(json: ProjectJson = copy(kProject)) {
  const project = ProjectDoc.fromJson(json);
  const patches: MergePatch[] = [];
  const engine: { state: unknown } = { state: project.toJson() };
  project.observe((patch) => {
    patches.push(patch);
    engine.state = merge(engine.state, patch);
  });
  return { project, patches, engine };
}

/** Empty groups say the same as no group. */
function tidy(json: unknown): unknown {
  const project = copy(json) as ProjectJson;
  for (const node of Object.values(project.nodes)) {
    if (node.params && !Object.keys(node.params).length) delete node.params;
    if (node.assets && !Object.keys(node.assets).length) delete node.assets;
  }
  if (project.assets && !Object.keys(project.assets).length) delete project.assets;
  return project;
}

describe('ProjectDoc', () => {
  it('gives a project back as it came, unknown keys included', () => {
    expect(ProjectDoc.fromJson(copy(kProject)).toJson()).toEqual(kProject);
  });

  it('survives a round trip through an update', () => {
    const update = ProjectDoc.fromJson(copy(kProject)).toUpdate();
    expect(ProjectDoc.fromUpdate(update).toJson()).toEqual(kProject);
  });

  it('keeps ids with slashes and tildes apart', () => {
    for (const [node, row] of [
      ['a/b', 'c'],
      ['a', 'b/c'],
      ['~1', '~0'],
      ['', 'x'],
    ] as const) {
      expect(splitPairKey(pairKey(node, row))).toEqual([node, row]);
    }
    expect(pairKey('a/b', 'c')).not.toBe(pairKey('a', 'b/c'));
    const odd = copy(kProject);
    odd.nodes['x/y~'] = { type: 'gain', params: { gain: -3 } };
    expect(ProjectDoc.fromJson(odd).toJson()).toEqual(odd);
  });

  it('makes one patch and one undo step of one change', () => {
    const { project, patches } = followed();
    project.change((p) => {
      p.setParam('a1', 'drive', 60);
      p.setParam('a1', 'tone', 10);
      p.setNodeKey('a1', 'bypass', true);
    }, 'Turn Drive');
    expect(patches).toEqual([{ nodes: { a1: { bypass: true, params: { drive: 60, tone: 10 } } } }]);
    expect(project.undoLabel).toBe('Turn Drive');
    project.undo.undo();
    expect(project.toJson()).toEqual(kProject);
    expect(project.undoLabel).toBeUndefined();
    expect(project.redoLabel).toBe('Turn Drive');
  });

  it('does not glue two quick changes into one step', () => {
    const { project } = followed();
    project.change((p) => p.setParam('a1', 'drive', 1), 'one');
    project.change((p) => p.setParam('a1', 'drive', 2), 'two');
    project.undo.undo();
    expect(project.toJson().nodes['a1']?.params?.['drive']).toBe(1);
  });

  it('makes no step of a change that changes nothing', () => {
    const { project, patches } = followed();
    project.change(() => {}, 'nothing');
    expect(project.undoLabel).toBeUndefined();
    expect(patches).toEqual([]);
  });

  it('sends a new node whole, and null for a removed one and its wires', () => {
    const { project, patches } = followed();
    let id = '';
    project.change((p) => {
      id = p.addNode({ type: 'delay', params: { mix: 24 }, assets: { taps: 'abc' } });
      p.addWire({ from: ['a1', 'out'], to: [id, 'in'] }, 'w9');
    }, 'Add Delay');
    expect(patches.at(-1)).toEqual({
      nodes: { [id]: { type: 'delay', params: { mix: 24 }, assets: { taps: 'abc' } } },
      wires: { w9: { from: ['a1', 'out'], to: [id, 'in'] } },
    });
    project.change((p) => p.removeNode(id), 'Remove Delay');
    expect(patches.at(-1)).toEqual({ nodes: { [id]: null }, wires: { w9: null } });
    expect(project.toJson()).toEqual(kProject);
  });

  it('deletes first when an entry takes the place of another of the same id', () => {
    const { project, patches, engine } = followed();
    project.change((p) => {
      p.removeNode('a1');
      p.addNode({ type: 'gain' }, 'a1');
    }, 'Replace');
    expect(patches[0]).toEqual({ nodes: { a1: null } });
    expect(tidy(engine.state)).toEqual(project.toJson());
  });

  it('has patches that lead an engine through 400 random edits, undos and redos', () => {
    const { project, engine } = followed();
    let seed = 7;
    const dice = (sides: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * sides);
    };
    const anyNode = () => {
      const ids = Object.keys(project.toJson().nodes);
      return ids[dice(ids.length)] ?? 'in';
    };
    const edits: ((p: ProjectDoc) => void)[] = [
      (p) => p.setParam(anyNode(), `p${dice(3)}`, dice(100)),
      (p) => p.clearParam(anyNode(), `p${dice(3)}`),
      (p) => p.setAsset(anyNode(), 'slot', dice(2) ? `sha${dice(3)}` : undefined),
      (p) => p.describeAsset(`sha${dice(3)}`, { name: `f${dice(9)}`, kind: 'audio/ir' }),
      (p) => p.addNode({ type: 'gain', params: { gain: dice(9) } }, `n${dice(6)}`),
      (p) => p.removeNode(anyNode()),
      (p) => p.addWire({ from: [anyNode(), 'out'], to: [anyNode(), 'in'] }, `v${dice(6)}`),
      (p) => p.removeWire(`v${dice(6)}`),
      (p) => p.setNodeKey(anyNode(), 'label', dice(2) ? `l${dice(9)}` : undefined),
      (p) => p.setTransport('tempoBpm', 60 + dice(100)),
      (p) => p.setRootKey('name', dice(3) ? `name ${dice(9)}` : undefined),
    ];
    for (let i = 0; i < 400; i++) {
      const what = dice(6);
      if (what === 0) project.undo.undo();
      else if (what === 1) project.undo.redo();
      else {
        project.change((p) => {
          for (let n = 1 + dice(3); n > 0; n--) edits[dice(edits.length)]?.(p);
        }, 'edit');
      }
      expect(tidy(engine.state), `after step ${i}`).toEqual(project.toJson());
    }
    while (project.undoLabel !== undefined) project.undo.undo();
    expect(project.toJson()).toEqual(kProject);
  });

  it("keeps another's turn of a knob when I undo my removal of the node", () => {
    const mine = ProjectDoc.fromJson(copy(kProject));
    const theirs = ProjectDoc.fromUpdate(mine.toUpdate());
    mine.change((p) => p.removeNode('a1'), 'Remove');
    theirs.change((p) => p.setParam('a1', 'drive', 77), 'Turn');
    Y.applyUpdateV2(mine.doc, theirs.toUpdate());
    Y.applyUpdateV2(theirs.doc, mine.toUpdate());
    mine.undo.undo();
    Y.applyUpdateV2(theirs.doc, mine.toUpdate());
    expect(theirs.toJson()).toEqual(mine.toJson());
    expect(mine.toJson().nodes['a1']?.params?.['drive']).toBe(77);
  });

  it("says who made a change, and does not undo another's", () => {
    const mine = ProjectDoc.fromJson(copy(kProject));
    const theirs = ProjectDoc.fromUpdate(mine.toUpdate());
    const sources: string[] = [];
    mine.observe((_, source) => sources.push(source));
    theirs.change((p) => p.setParam('a1', 'tone', 1), 'Turn');
    mine.merge(theirs.toUpdate());
    mine.change((p) => p.setParam('a1', 'drive', 1), 'Turn');
    mine.undo.undo();
    expect(sources).toEqual(['remote', 'edit', 'undo']);
    expect(mine.toJson().nodes['a1']?.params).toEqual({ drive: 24, tone: 1 });
  });

  it('stops telling when asked to', () => {
    const { project } = followed();
    let count = 0;
    const stop = project.observe(() => (count += 1));
    project.change((p) => p.setParam('a1', 'drive', 3), 'Turn');
    stop();
    project.change((p) => p.setParam('a1', 'drive', 4), 'Turn');
    expect(count).toBe(1);
  });
});

describe('newId', () => {
  it('is 64 random bits', () => {
    const ids = new Set(Array.from({ length: 1000 }, newId));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });
});
