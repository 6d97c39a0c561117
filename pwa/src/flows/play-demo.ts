// SPDX-License-Identifier: MIT
// From "Play the demo" to sound, without a device and without a download.
import { Machine, type StateOf } from './machine.ts';

export type DemoState = 'idle' | 'starting' | 'playing' | 'stopped' | 'failed';
export type DemoEvent =
  | { readonly type: 'press' } // called inside a press
  | { readonly type: 'started' }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'stopped' };

export interface DemoEffects {
  /** Opens the engine, makes the riff, loads the rig, plays; answers with `started` or `failed`. */
  begin(): void;
  showHint(): void;
}
interface DemoContext {
  readonly effects: DemoEffects;
  sentence: string;
}
type State = StateOf<DemoContext, DemoEvent, DemoState>;

const kStates: Readonly<Record<DemoState, State>> = {
  idle: { on: { press: () => 'starting' } },
  starting: {
    enter: ({ effects }) => effects.begin(),
    on: {
      started: () => 'playing',
      failed: (context, { sentence }) => {
        context.sentence = sentence;
        return 'failed';
      },
    },
  },
  playing: {
    enter: ({ effects }) => effects.showHint(),
    on: { stopped: () => 'stopped', press: () => 'starting' },
  },
  stopped: { on: { press: () => 'starting', started: () => 'playing' } },
  failed: { on: { press: () => 'starting' } },
};

export type PlayDemo = Machine<DemoContext, DemoEvent, DemoState>;
export const createPlayDemo = (effects: DemoEffects): PlayDemo =>
  new Machine<DemoContext, DemoEvent, DemoState>({ effects, sentence: '' }, kStates, 'idle');
