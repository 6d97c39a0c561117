// SPDX-License-Identifier: MIT
// The modules that the engine has, by id, and what the rack needs to know of each.
import { familyOf, type Family } from './family.ts';
import type { ModuleMeta, NodeJson, ParamMeta, PortMeta } from './engine-port.ts';

const kPlaceholderPorts: readonly PortMeta[] = [
  { id: 'in', direction: 'in', signal: 'audio', role: 'main', width: 'follow' },
  { id: 'out', direction: 'out', signal: 'audio', role: 'main', width: 'follow' },
];

export class Catalog {
  private readonly byId: ReadonlyMap<string, ModuleMeta>;

  constructor(readonly modules: readonly ModuleMeta[]) {
    this.byId = new Map(modules.map((module) => [module.id, module]));
  }

  has(type: string): boolean {
    return this.byId.has(type);
  }

  /** A type that the engine does not know passes `in` to `out`, and keeps its data. */
  get(type: string): ModuleMeta {
    return (
      this.byId.get(type) ?? {
        id: type,
        label: type,
        category: 'utility',
        summary: 'This version does not know this module. The sound passes through.',
        role: 'effect',
        ports: kPlaceholderPorts,
        params: [],
        assets: [],
        readings: [],
        latencyFrames: 0,
      }
    );
  }

  family(type: string): Family {
    return familyOf(this.get(type).category);
  }

  /** What a rack can hold: modules that a signal goes through. */
  get effects(): readonly ModuleMeta[] {
    return this.modules.filter(
      (module) => module.role === 'effect' && mainIn(module) && mainOut(module),
    );
  }
}

const mainPort = (direction: 'in' | 'out') => (meta: ModuleMeta) =>
  meta.ports.find(
    (port) => port.direction === direction && port.signal === 'audio' && port.role === 'main',
  )?.id;
export const mainIn = mainPort('in');
export const mainOut = mainPort('out');

export const paramOf = (meta: ModuleMeta, id: string): ParamMeta | undefined =>
  meta.params.find((param) => param.id === id);

export const nodeValue = (node: NodeJson | undefined, param: ParamMeta): number =>
  node?.params?.[param.id] ?? param.default;

/** Whether a module fits a search: every word is somewhere in its name, family or sentence. */
export function matches(meta: ModuleMeta, search: string): boolean {
  const text = `${meta.label} ${meta.id} ${meta.category} ${meta.summary}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
