// SPDX-License-Identifier: MIT
// The one hint there is: it comes with the demo and goes with the first turn of a knob, for good.
import { Machine, type StateOf } from './machine.ts';

export type HintState = 'waiting' | 'shown' | 'done';
export type HintEvent = { readonly type: 'show' } | { readonly type: 'turned' };
interface HintContext {
  remember(): void;
}
const kStates: Readonly<Record<HintState, StateOf<HintContext, HintEvent, HintState>>> = {
  waiting: { on: { show: () => 'shown', turned: () => 'done' } },
  shown: { on: { turned: () => 'done' } },
  done: { enter: (context) => context.remember() },
};

export type Hint = Machine<HintContext, HintEvent, HintState>;
export const createHint = (isKnown: boolean, remember: () => void): Hint =>
  new Machine({ remember }, kStates, isKnown ? 'done' : 'waiting');
