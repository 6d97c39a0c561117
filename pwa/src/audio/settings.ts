// SPDX-License-Identifier: MIT
// How the audio device is used, remembered on this device for each output.

export type LatencyHint = 'lowest' | 'balanced' | 'playback';
export interface AudioSettings {
  /** The empty id is the system's own choice. */
  readonly outputId: string;
  /** 0: the device's own. */
  readonly rateHz: number;
  /** Frames that are worked on at once; 0: the browser's own. */
  readonly blockFrames: number;
  readonly latency: LatencyHint;
}
export const kRatesHz = [0, 44_100, 48_000, 96_000] as const;
export const kBlocks = [32, 64, 128] as const;
export const kLatencies: readonly LatencyHint[] = ['lowest', 'balanced', 'playback'];
export const kDefaultAudio: AudioSettings = {
  outputId: '',
  rateHz: 0,
  blockFrames: 0,
  latency: 'lowest',
};
const kKey = 'sonic-core.audio';

type Store = Pick<Storage, 'getItem' | 'setItem'>;
interface Kept {
  outputId: string;
  outputs: Record<string, Partial<Omit<AudioSettings, 'outputId'>>>;
}

function read(store: Store | undefined): Kept {
  try {
    const kept = JSON.parse(store?.getItem(kKey) ?? '{}') as Partial<Kept>;
    return { outputId: String(kept.outputId ?? ''), outputs: kept.outputs ?? {} };
  } catch {
    return { outputId: '', outputs: {} };
  }
}

/** Only what is offered: a stored value may be of another version. */
const oneOf = <T>(values: readonly T[], value: unknown, fallback: T): T =>
  values.includes(value as T) ? (value as T) : fallback;

/** What was chosen last, or last with this output. */
export function storedAudio(store: Store | undefined, outputId?: string): AudioSettings {
  const kept = read(store);
  const id = outputId ?? kept.outputId;
  const of = kept.outputs[id] ?? {};
  return {
    outputId: id,
    rateHz: oneOf<number>(kRatesHz, of.rateHz, kDefaultAudio.rateHz),
    blockFrames: oneOf<number>([0, ...kBlocks], of.blockFrames, kDefaultAudio.blockFrames),
    latency: oneOf(kLatencies, of.latency, kDefaultAudio.latency),
  };
}

export function keepAudio(store: Store | undefined, settings: AudioSettings): void {
  const { outputId, ...rest } = settings;
  const kept = read(store);
  try {
    store?.setItem(
      kKey,
      JSON.stringify({ outputId, outputs: { ...kept.outputs, [outputId]: rest } }),
    );
  } catch {
    // A full or blocked store: chosen again next time.
  }
}

/** The next calmer setting; undefined when there is none. */
export function calmer(settings: AudioSettings): AudioSettings | undefined {
  if (settings.blockFrames !== 0 && settings.blockFrames < 128) {
    return { ...settings, blockFrames: 128 };
  }
  const next = kLatencies[kLatencies.indexOf(settings.latency) + 1];
  return next && { ...settings, latency: next };
}
