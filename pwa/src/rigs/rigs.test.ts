// SPDX-License-Identifier: MIT
import { modules } from 'sonic-core';
import { describe, expect, it } from 'vitest';
import { Catalog, paramOf } from '../model/catalog.ts';
import { chainOf } from '../model/chain.ts';
import { kRigs } from './index.ts';
import { rigProject } from './rig.ts';

const catalog = new Catalog(modules);

describe.each(kRigs)('$name', (rig) => {
  it('is made of modules and knobs that there are, within their range', () => {
    for (const { type, params } of rig.modules) {
      expect(catalog.has(type), type).toBe(true);
      for (const [id, value] of Object.entries(params ?? {})) {
        const param = paramOf(catalog.get(type), id);
        expect(param, `${type} ${id}`).toBeDefined();
        expect(value, `${type} ${id}`).toBeGreaterThanOrEqual(param?.min ?? Number.NaN);
        expect(value, `${type} ${id}`).toBeLessThanOrEqual(param?.max ?? Number.NaN);
      }
    }
  });

  it('is one path from the guitar, and the riff beside it, to the output', () => {
    const project = rigProject(rig, { name: 'x', riffSha256: 'ab' });
    const types = chainOf(project, catalog).nodes.map((id) => project.nodes[id]?.type);
    expect(types).toEqual(rig.modules.map(({ type }) => type));
    const first = Object.values(project.wires).filter(({ to }) => to[0] === 'm1');
    expect(first.map(({ from }) => from[0]).sort()).toEqual(['in', 'riff']);
  });
});

it('has twelve rigs, each with a name, a sentence and a use of its own', () => {
  expect(kRigs).toHaveLength(12);
  expect(new Set(kRigs.map(({ id }) => id)).size).toBe(12);
  expect(new Set(kRigs.map(({ name }) => name)).size).toBe(12);
  expect(new Set(kRigs.map(({ tags }) => tags.join())).size).toBe(12);
  for (const { about, tags } of kRigs) {
    expect(about).toMatch(/\.$/);
    expect(tags.length).toBeGreaterThan(0);
  }
});
