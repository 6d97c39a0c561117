// SPDX-License-Identifier: MIT
// "The next control that moves": what it is, and what to do when it moves something else already.
import type { Bindings, Target } from './bindings.ts';
import { type Control, controlText } from './control.ts';
import { Emitter } from '../model/emitter.ts';
import type { Move } from './decoder.ts';

export type LearnState =
  | { readonly step: 'waiting'; readonly target: Target }
  | {
      readonly step: 'conflict';
      readonly target: Target;
      readonly control: Control;
      readonly others: readonly string[];
    };

/** Messages that belong to one movement of a control come within this; the finest reading wins. */
const kGatherMs = 60;

export class Learn extends Emitter<{ change: undefined; learned: string }> {
  state: LearnState | undefined;
  private heard: Control | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly bindings: Bindings,
    private readonly nameOf: (target: Target) => string,
  ) {
    super();
  }

  begin(target: Target): void {
    this.set({ step: 'waiting', target });
  }
  cancel(): void {
    this.set(undefined);
  }

  /** Whether the move was for learning, and moves nothing. */
  hear({ control }: Move): boolean {
    const { state } = this;
    if (!state) return false;
    if (state.step === 'conflict') return true;
    const rank = { cc: 0, cc14: 1, nrpn: 2 };
    if (!this.heard || rank[control.kind] > rank[this.heard.kind]) this.heard = control;
    this.timer ??= setTimeout(() => this.decide(state.target), kGatherMs);
    return true;
  }

  private decide(target: Target): void {
    const control = this.heard;
    if (!control) return;
    const others = this.bindings.othersOf(control, target);
    if (others.length) {
      this.set({ step: 'conflict', target, control, others: others.map(this.nameOf) });
    } else this.bind(target, control, true);
  }
  /** After a conflict: the control moves this alone, or both. */
  resolve(alone: boolean): void {
    const { state } = this;
    if (state?.step === 'conflict') this.bind(state.target, state.control, alone);
  }
  private bind(target: Target, control: Control, alone: boolean): void {
    this.bindings.bind(target, control, alone);
    this.set(undefined);
    this.emit('learned', `${this.nameOf(target)} follows ${controlText(control)}`);
  }

  private set(state: LearnState | undefined): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.heard = undefined;
    this.state = state;
    this.emit('change', undefined);
  }
}
