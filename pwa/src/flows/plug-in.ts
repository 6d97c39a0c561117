// SPDX-License-Identifier: MIT
// From "Plug in" to a guitar that is heard. Nothing is heard before a level was shown and headphones were confirmed.
import { Machine, type StateOf } from './machine.ts';

export type PlugInState =
  | 'closed'
  | 'explain' // what the browser is about to ask, and why
  | 'asking'
  | 'refused'
  | 'no-device'
  | 'wrong-device' // choose another one
  | 'failed' // the engine did not start, or the device did not open
  | 'listening'
  | 'silent'
  | 'too-hot'
  | 'good'
  | 'headphones'
  | 'playing';

export interface InputDevice {
  readonly id: string;
  readonly label: string;
}
/** An opened input, and what the browser says about it. */
export interface OpenInput {
  readonly device: InputDevice;
  /** Echo cancellation, noise suppression, gain control: those that are on although they were asked to be off. */
  readonly processing: readonly string[];
}
export type InputFailure = 'refused' | 'no-device' | 'busy' | 'other';

export type PlugInEvent =
  | { readonly type: 'start' }
  | { readonly type: 'ask'; readonly deviceId?: string }
  | { readonly type: 'opened'; readonly input: OpenInput; readonly devices: readonly InputDevice[] }
  | { readonly type: 'failed'; readonly failure: InputFailure; readonly sentence?: string }
  | { readonly type: 'level'; readonly peakDb: number; readonly atMs: number }
  | { readonly type: 'choose' }
  | { readonly type: 'next' }
  | { readonly type: 'confirm'; readonly headphones: boolean }
  | { readonly type: 'lost' }
  | { readonly type: 'close' };

export interface PlugInEffects {
  /** Asks the browser for the input; answers with `opened` or `failed`. Called inside a press. */
  ask(deviceId: string | undefined): void;
  /** Lets go of the input, and of one that is still being asked for. */
  release(): void;
  monitor(isOn: boolean): void;
}

export interface PlugInContext {
  readonly effects: PlugInEffects;
  devices: readonly InputDevice[];
  input: OpenInput | undefined;
  failure: InputFailure | undefined;
  /** More words on a failure, where there are some. */
  sentence: string;
  wanted: string | undefined;
  lastPeakDb: number;
  since: number; // ms: when this state began, by the first level in it
  lastHot: number; // ms
}

export const kSignalDb = -50;
export const kHotDb = -0.3;
export const kSilenceMs = 5000;
const kCalmMs = 2000;
const kNever = Number.NEGATIVE_INFINITY;
/** Inputs that a guitar is never plugged into. */
const kNotForGuitar = /bluetooth|hands-?free|headset|airpods|buds\b|webcam|camera/i;

type State = StateOf<PlugInContext, PlugInEvent, PlugInState>;
type On = NonNullable<State['on']>;

const restart = (context: PlugInContext) => {
  context.since = Number.NaN;
};
const note = (context: PlugInContext, event: { peakDb: number; atMs: number }) => {
  context.lastPeakDb = event.peakDb;
  if (Number.isNaN(context.since)) context.since = event.atMs;
  if (event.peakDb >= kHotDb) context.lastHot = event.atMs;
};

const close: On = {
  close: (context) => {
    context.effects.monitor(false);
    context.effects.release();
    return 'closed';
  },
};
const ask: On = {
  ask: (context, { deviceId }) => {
    context.wanted = deviceId;
    return 'asking';
  },
};
const lost: On = {
  lost: (context) => {
    context.failure = 'no-device';
    context.effects.release();
    return 'no-device';
  },
};
const whileOpen: On = { ...close, ...ask, ...lost, choose: () => 'wrong-device' };

const kStates: Readonly<Record<PlugInState, State>> = {
  closed: { on: { start: () => 'explain' } },
  explain: { on: { ...close, ...ask } },
  asking: {
    enter: (context) => {
      context.effects.monitor(false);
      context.failure = undefined;
      context.sentence = '';
      context.effects.ask(context.wanted);
    },
    on: {
      ...close,
      opened: (context, { input, devices }) => {
        context.input = input;
        context.devices = devices;
        const isOurChoice = context.wanted === undefined;
        const isOdd = kNotForGuitar.test(input.device.label) && devices.length > 1;
        return isOurChoice && isOdd ? 'wrong-device' : 'listening';
      },
      failed: (context, { failure, sentence }) => {
        context.failure = failure;
        context.sentence = sentence ?? '';
        if (failure === 'refused') return 'refused';
        return failure === 'no-device' ? 'no-device' : 'failed';
      },
    },
  },
  refused: { on: { ...close, ...ask } },
  'no-device': { on: { ...close, ...ask } },
  failed: { on: { ...close, ...ask } },
  'wrong-device': { on: { ...close, ...ask, ...lost } },
  listening: {
    enter: restart,
    on: {
      ...whileOpen,
      level: (context, event) => {
        note(context, event);
        if (event.peakDb >= kHotDb) return 'too-hot';
        if (event.peakDb >= kSignalDb) return 'good';
        return event.atMs - context.since >= kSilenceMs ? 'silent' : undefined;
      },
    },
  },
  silent: {
    on: {
      ...whileOpen,
      level: (context, event) => {
        note(context, event);
        if (event.peakDb >= kHotDb) return 'too-hot';
        return event.peakDb >= kSignalDb ? 'good' : undefined;
      },
    },
  },
  'too-hot': {
    on: {
      ...whileOpen,
      next: () => 'headphones',
      level: (context, event) => {
        note(context, event);
        return event.atMs - context.lastHot >= kCalmMs ? 'good' : undefined;
      },
    },
  },
  good: {
    on: {
      ...whileOpen,
      next: () => 'headphones',
      level: (context, event) => {
        note(context, event);
        return event.peakDb >= kHotDb ? 'too-hot' : undefined;
      },
    },
  },
  headphones: {
    on: {
      ...whileOpen,
      level: note,
      confirm: (context, { headphones }) => {
        context.effects.monitor(headphones);
        return 'playing';
      },
    },
  },
  playing: {
    on: {
      ...whileOpen,
      start: () => 'good',
      // No dialog into the music: who plays is told beside it.
      lost: (context) => {
        context.effects.release();
        return 'closed';
      },
      confirm: (context, { headphones }) => context.effects.monitor(headphones),
    },
  },
};

export type PlugIn = Machine<PlugInContext, PlugInEvent, PlugInState>;

export function createPlugIn(effects: PlugInEffects): PlugIn {
  return new Machine<PlugInContext, PlugInEvent, PlugInState>(
    {
      effects,
      devices: [],
      input: undefined,
      failure: undefined,
      sentence: '',
      wanted: undefined,
      lastPeakDb: kNever,
      since: Number.NaN,
      lastHot: kNever,
    },
    kStates,
    'closed',
  );
}
