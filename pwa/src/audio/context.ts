// SPDX-License-Identifier: MIT
// AudioContexts as the settings ask for them, where the browser knows the option.
import type { AudioFacts } from './port.ts';
import type { AudioSettings, LatencyHint } from './settings.ts';

type Options = AudioContextOptions & { renderSizeHint?: number; sinkId?: string };
type Context = AudioContext & {
  readonly renderQuantumSize?: number;
  readonly sinkId?: unknown;
  setSinkId?(id: string): Promise<void>;
};
const kHints: Readonly<Record<LatencyHint, AudioContextLatencyCategory | number>> = {
  lowest: 0,
  balanced: 'balanced',
  playback: 'playback',
};

/** Called inside a press: a context that is made elsewhere may stay silent. */
export function makeContext(settings: AudioSettings): AudioContext {
  const options: Options = { latencyHint: kHints[settings.latency] };
  if (settings.rateHz > 0) options.sampleRate = settings.rateHz;
  if (settings.blockFrames > 0) options.renderSizeHint = settings.blockFrames;
  const context = new AudioContext(options);
  // Not waited for: without a loudspeaker it never comes.
  context.resume().catch(() => undefined);
  return context;
}

export async function setOutput(context: AudioContext, id: string): Promise<void> {
  const { setSinkId, sinkId } = context as Context;
  if (!setSinkId || sinkId === id) return;
  await setSinkId.call(context, id);
  // Browsers suspend a context whose output changes.
  await context.resume();
}

export function factsOf(context: AudioContext): AudioFacts {
  const { renderQuantumSize, sampleRate, state, currentTime } = context as Context;
  return {
    sampleRateHz: sampleRate,
    blockFrames: renderQuantumSize,
    state,
    canChooseOutput: 'setSinkId' in AudioContext.prototype,
    canChooseBlock: renderQuantumSize !== undefined,
    seconds: currentTime,
  };
}
