// SPDX-License-Identifier: MIT
// Measures the way out of the device and back in: quiet first, louder only when nothing was found.
import type { AudioPort } from '../audio/port.ts';
import { agree, findMark, framesToHear, makeMarks, playedFrom } from './detector.ts';

/** -46, -32 and -18 dBFS: the first is heard by a cable, the last by a microphone before a loudspeaker. */
const kGains = [0.005, 0.025, 0.125] as const;

/** Frames; undefined when they could not be measured. `onPass` tells how far it is, 0..1. */
export async function measureRoundTrip(
  audio: AudioPort,
  onPass: (done: number) => void = () => undefined,
): Promise<number | undefined> {
  const { sampleRateHz } = audio.facts;
  const marks = makeMarks(sampleRateHz);
  for (const [pass, gain] of kGains.entries()) {
    onPass(pass / kGains.length);
    const heard = await audio.probe(playedFrom(marks, gain), framesToHear(marks));
    const found: (number | undefined)[] = [];
    for (let n = 0; n < marks.count; ++n) {
      const from = n * marks.spacing;
      const window = heard.subarray(from, from + marks.spacing + marks.mark.length);
      found.push(findMark(window, marks, sampleRateHz));
      // One at a time: no long task for the page.
      await new Promise((resolve) => setTimeout(resolve));
    }
    const frames = agree(found);
    if (frames !== undefined) return frames;
  }
  return undefined;
}
