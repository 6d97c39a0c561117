// SPDX-License-Identifier: MIT
// Where the browser has it (Safari): what the system should think of our sound. It would otherwise treat a guitar as a
// telephone call, or mute the demo with the ringer.

/** `play-and-record` is to be said before the microphone is asked for. */
export type AudioUse = 'playback' | 'play-and-record';

export function tellAudioUse(use: AudioUse): void {
  const { audioSession } = navigator as { audioSession?: { type: string } };
  if (audioSession && audioSession.type !== use) audioSession.type = use;
}
