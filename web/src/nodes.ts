// SPDX-License-Identifier: MIT
// Handles on what stands in the document.
import type { SonicEngine } from './engine.ts';
import type { ModuleId, ParamId, ParamValues } from './modules.ts';
import type { PortLevel } from './types.ts';

/** What a handle needs of its engine. */
export interface NodeOwner {
  get(nodeId: string, paramId: string): number;
  setStored(nodeId: string, values: Readonly<Record<string, number>>): void;
  setBypass(nodeId: string, bypass: boolean): void;
  remove(nodeId: string): void;
  onLevel(nodeId: string, listener: (level: PortLevel) => void): () => void;
  onReading(
    nodeId: string,
    listener: (values: Readonly<Record<string, readonly number[]>>) => void,
  ): () => void;
}

export function ownerOf(engine: SonicEngine): NodeOwner {
  return {
    get: (nodeId, paramId) => engine.get(nodeId, paramId),
    setStored: (nodeId, values) => engine.apply({ nodes: { [nodeId]: { params: values } } }),
    setBypass: (nodeId, bypass) => engine.apply({ nodes: { [nodeId]: { bypass } } }),
    remove: (nodeId) => engine.apply({ nodes: { [nodeId]: null } }),
    onLevel: (nodeId, listener) =>
      engine.on('levels', (levels) => {
        const level = levels.get(nodeId);
        if (level) listener(level);
      }),
    onReading: (nodeId, listener) =>
      engine.on('readings', (readings) => {
        const values = readings.get(nodeId);
        if (values) listener(values);
      }),
  };
}

/** What a node tells while it runs. */
export interface NodeEvents {
  level: PortLevel;
  reading: Readonly<Record<string, readonly number[]>>;
}

/** A module in the document. Values are plain: dB, Hz, ms, %. */
export class ModuleNode<T extends ModuleId = ModuleId> {
  readonly id: string;
  readonly type: T;
  private readonly owner: NodeOwner;

  /** @internal */
  constructor(owner: NodeOwner, id: string, type: T) {
    this.owner = owner;
    this.id = id;
    this.type = type;
  }

  /** Throws a SonicError if the value is out of range: "must be 0..100 %, got 4000". */
  set(values: ParamId<T> | ParamValues<T>, value?: number): void {
    const all = typeof values === 'string' ? { [values]: value ?? Number.NaN } : values;
    this.owner.setStored(this.id, all as Record<string, number>);
  }

  get(param: ParamId<T>): number {
    return this.owner.get(this.id, param);
  }

  setBypass(bypass: boolean): void {
    this.owner.setBypass(this.id, bypass);
  }

  remove(): void {
    this.owner.remove(this.id);
  }

  /** About 30 times a second: peak and RMS of the first output; or the module's readings. Gives back the way to stop. */
  on<E extends keyof NodeEvents>(event: E, listener: (value: NodeEvents[E]) => void): () => void {
    return event === 'level'
      ? this.owner.onLevel(this.id, listener as (level: PortLevel) => void)
      : this.owner.onReading(this.id, listener as (values: NodeEvents['reading']) => void);
  }
}

/** The engine's own input or output, as a place in a chain. */
export class EndpointNode {
  readonly id: string;
  /** @internal */
  readonly audioNode: () => AudioNode;

  /** @internal */
  constructor(id: string, audioNode: () => AudioNode) {
    this.id = id;
    this.audioNode = audioNode;
  }

  /** Sends the engine's output on into the page's audio graph. */
  connect(destination: AudioNode): void {
    this.audioNode().connect(destination);
  }

  disconnect(): void {
    this.audioNode().disconnect();
  }
}
