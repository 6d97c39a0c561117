// SPDX-License-Identifier: MIT
// Sounds for the fake microphone, and where one of them is found in a recording.

export function silence(seconds: number, sampleRateHz = 44_100): Float32Array {
  return new Float32Array(Math.round(seconds * sampleRateHz));
}

/** A sweep of `seconds` from 500 Hz to 4 kHz: the mark by which recordings are aligned. */
export function chirp(seconds = 0.1, level = 0.5, sampleRateHz = 44_100): Float32Array {
  const [fromHz, toHz] = [500, 4000];
  return silence(seconds, sampleRateHz).map((_, frame) => {
    const t = frame / sampleRateHz;
    const window = Math.sin((Math.PI * t) / seconds) ** 2;
    const phase = 2 * Math.PI * (fromHz * t + ((toHz - fromHz) * t * t) / (2 * seconds));
    return level * window * Math.sin(phase);
  });
}

/** A plucked string (Karplus and Strong, 1983), seeded: the same frames each time. */
export function pluck(
  frequencyHz: number,
  seconds: number,
  level = 0.4,
  sampleRateHz = 44_100,
): Float32Array {
  const period = Math.round(sampleRateHz / frequencyHz);
  let state = 0x9e3779b9 ^ period;
  const string = Float32Array.from({ length: period }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * level;
  });
  const out = silence(seconds, sampleRateHz);
  for (let frame = 0; frame < out.length; frame += 1) {
    const at = frame % period;
    const value = string[at] ?? 0;
    out[frame] = value;
    string[at] = 0.498 * (value + (string[(at + 1) % period] ?? 0));
  }
  return out;
}

export function joined(...parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Half a second of silence (the device may start late), a mark, then a riff of plucked strings. */
export function guitarTake(seconds = 20): Float32Array {
  const scaleHz = [82.41, 98, 110, 123.47, 146.83, 164.81];
  const noteSeconds = 0.25;
  const count = Math.ceil(seconds / noteSeconds);
  const notes = Array.from({ length: count }, (_, n) =>
    pluck(scaleHz[(n * 5) % scaleHz.length] ?? 110, noteSeconds),
  );
  return joined(silence(0.5), chirp(), silence(0.1), ...notes);
}

/**
 * The frame of `recording` at which `part` begins: where the sum of squared differences is least. `undefined` if
 * even there it does not match.
 */
export function find(part: Float32Array, recording: Float32Array): number | undefined {
  // A few hundred frames from the loudest place are enough to tell, and keep the search short.
  let loudest = 0;
  part.forEach((value, frame) => {
    if (Math.abs(value) > Math.abs(part[loudest] ?? 0)) loudest = frame;
  });
  const length = Math.min(512, part.length);
  const begin = Math.max(0, Math.min(part.length - length, loudest - length / 2));
  const probe = part.subarray(begin, begin + length);
  const energy = probe.reduce((sum, value) => sum + value * value, 0);
  let best = { at: -1, error: Infinity };
  for (let at = 0; at + length <= recording.length; at += 1) {
    let error = 0;
    for (let i = 0; i < length && error < best.error; i += 1) {
      error += ((recording[at + i] ?? 0) - (probe[i] ?? 0)) ** 2;
    }
    if (error < best.error) best = { at, error };
  }
  return best.error < energy * 0.01 ? best.at - begin : undefined;
}
