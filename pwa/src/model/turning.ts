// SPDX-License-Identifier: MIT
// Knobs under a hand: heard and seen, not in the document yet.

export interface Turn {
  readonly nodeId: string;
  readonly paramId: string;
  readonly value: number;
  /** Whoever turns it means what it shows, now and not when it rests. */
  readonly settle: (() => void) | undefined;
}

export class Turning {
  /** Keyed node, then parameter. */
  private readonly turns = new Map<string, Map<string, Turn>>();

  get(nodeId: string, paramId: string): number | undefined {
    return this.turns.get(nodeId)?.get(paramId)?.value;
  }
  has({ nodeId, paramId }: Turn): boolean {
    return this.get(nodeId, paramId) !== undefined;
  }
  set(turn: Turn): void {
    const ofNode = this.turns.get(turn.nodeId) ?? new Map<string, Turn>();
    this.turns.set(turn.nodeId, ofNode.set(turn.paramId, turn));
  }
  delete(nodeId: string, paramId: string): void {
    this.turns.get(nodeId)?.delete(paramId);
  }
  clear(): void {
    this.turns.clear();
  }
  get all(): readonly Turn[] {
    return [...this.turns.values()].flatMap((ofNode) => [...ofNode.values()]);
  }
}
