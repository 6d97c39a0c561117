// SPDX-License-Identifier: MIT
// Magnitude over frequency of a response that came as a WAV, for the cabinet's face. A file that is odd gives no picture;
// whether it is a response at all is for the engine to say.

const kFrames = 8192;
const kPointsPerOctave = 12;
const kLowHz = 20;
const kPoints = 121; // ten octaves

interface Format {
  readonly kind: number;
  readonly channels: number;
  readonly rateHz: number;
  readonly bits: number;
}

function sampleReader(
  view: DataView,
  { kind, bits }: Format,
): ((at: number) => number) | undefined {
  if (kind === 3 && bits === 32) return (at) => view.getFloat32(at, true);
  if (kind !== 1) return undefined;
  if (bits === 16) return (at) => view.getInt16(at, true) / 32768;
  if (bits === 24) {
    return (at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 8388608;
  }
  return bits === 32 ? (at) => view.getInt32(at, true) / 2147483648 : undefined;
}

function firstChannel(bytes: Uint8Array): { samples: Float64Array; rateHz: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (id === 'fmt ' && body + 16 <= bytes.length) {
      const tag = view.getUint16(body, true);
      const isExtensible = tag === 0xfffe && body + 26 <= bytes.length;
      format = {
        kind: isExtensible ? view.getUint16(body + 24, true) : tag,
        channels: view.getUint16(body + 2, true),
        rateHz: view.getUint32(body + 4, true),
        bits: view.getUint16(body + 14, true),
      };
    } else if (id === 'data' && format) {
      const read = sampleReader(view, format);
      const step = (format.bits / 8) * format.channels;
      if (!read || step < 1 || format.rateHz < 1000) return undefined;
      const frames = Math.floor(Math.min(size, bytes.length - body) / step);
      const samples = new Float64Array(kFrames);
      for (let i = 0; i < Math.min(frames, kFrames); i++) samples[i] = read(body + i * step);
      return { samples, rateHz: format.rateHz };
    }
    at = body + size + (size % 2);
  }
  return undefined;
}

/** Power at a frequency, by Goertzel's sum. */
function powerAt(samples: Float64Array, hz: number, rateHz: number): number {
  const w = (2 * Math.PI * hz) / rateHz;
  const c = 2 * Math.cos(w);
  let a = 0;
  let b = 0;
  for (const x of samples) {
    const next = x + c * a - b;
    b = a;
    a = next;
  }
  return a * a + b * b - c * a * b;
}

/** In dB, with its loudest octave or so at +8. Undefined when the bytes are no WAV that can be read here. */
export function fileResponse(bytes: Uint8Array): ((hz: number) => number) | undefined {
  const file = firstChannel(bytes);
  if (!file) return undefined;
  const { samples, rateHz } = file;
  const at = (point: number) => kLowHz * 2 ** (point / kPointsPerOctave);
  const db = Array.from({ length: kPoints }, (_, point) =>
    at(point) < rateHz / 2 ? 10 * Math.log10(powerAt(samples, at(point), rateHz) + 1e-12) : -120,
  );
  const smooth = db.map((_, i) => {
    const near = db.slice(Math.max(0, i - 1), i + 2);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
  const top = Math.max(...smooth) - 8;
  return (hz) => {
    const point = Math.max(0, Math.min(kPoints - 1.001, Math.log2(hz / kLowHz) * kPointsPerOctave));
    const i = Math.floor(point);
    const low = smooth[i] ?? -120;
    return low + ((smooth[i + 1] ?? low) - low) * (point - i) - top;
  };
}
