// SPDX-License-Identifier: MIT
// Small state machines: each state says what it does on entering and leaving, and where an event leads.

type EventOf<E extends { type: string }, T extends string> = Extract<E, { type: T }>;

export interface StateOf<Context, E extends { type: string }, Name extends string> {
  enter?(context: Context): void;
  exit?(context: Context): void;
  /** Gives the next state; nothing means to stay. */
  on?: {
    [T in E['type']]?: (context: Context, event: EventOf<E, T>) => Name | undefined | void;
  };
}

export class Machine<Context, E extends { type: string }, Name extends string> {
  private name: Name;
  private readonly listeners = new Set<(state: Name) => void>();

  constructor(
    readonly context: Context,
    private readonly states: Readonly<Record<Name, StateOf<Context, E, Name>>>,
    initial: Name,
  ) {
    this.name = initial;
  }

  get state(): Name {
    return this.name;
  }

  send(event: E): void {
    const handlers = this.states[this.name].on as
      Record<string, (context: Context, event: E) => Name | undefined | void> | undefined;
    const next = handlers?.[event.type]?.(this.context, event);
    if (next !== undefined) this.go(next);
  }

  private go(next: Name): void {
    if (next === this.name) return;
    this.states[this.name].exit?.(this.context);
    this.name = next;
    this.states[next].enter?.(this.context);
    // Entering may have led on already.
    if (this.name === next) for (const listener of this.listeners) listener(next);
  }

  /** Calls back after each change of state. Gives back the way to stop. */
  subscribe(listener: (state: Name) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
