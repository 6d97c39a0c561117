// SPDX-License-Identifier: MIT
import { moduleMeta } from './modules.ts';
import type { NamedNode } from './report.ts';
import type { ProjectJson } from './types.ts';

/** The nodes as they stand in the document, parsed once per edit. */
export class StoredNodes {
  /** Changes with every edit. */
  version = 0;
  private readonly save: () => ProjectJson;
  private parsed: { version: number; nodes: ProjectJson['nodes'] } | undefined;
  private nextId = 1;

  constructor(save: () => ProjectJson) {
    this.save = save;
  }

  changed(): void {
    ++this.version;
  }

  all(): ProjectJson['nodes'] {
    if (this.parsed?.version !== this.version) {
      this.parsed = { version: this.version, nodes: this.save().nodes };
    }
    return this.parsed.nodes;
  }

  byId(id: string): NamedNode | undefined {
    const type = this.all()[id]?.type;
    const meta = type === undefined ? undefined : moduleMeta(type);
    return meta && { id, meta };
  }

  /** An id that no node has. */
  freshId(type: string): string {
    const taken = this.all();
    while (`${type}-${this.nextId}` in taken) ++this.nextId;
    return `${type}-${this.nextId++}`;
  }
}
