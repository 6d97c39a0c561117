// SPDX-License-Identifier: MIT

/** In place, radix 2, forward; the length is a power of two. */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; ++i) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
    [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
  }
  const { cos, sin } = circleOf(n);
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const stride = n / size;
    for (let from = 0; from < n; from += size) {
      for (let k = 0; k < half; ++k) {
        const wr = cos[k * stride] ?? 0;
        const wi = sin[k * stride] ?? 0;
        const a = from + k;
        const b = a + half;
        const br = re[b] ?? 0;
        const bi = im[b] ?? 0;
        const tr = br * wr - bi * wi;
        const ti = br * wi + bi * wr;
        const ar = re[a] ?? 0;
        const ai = im[a] ?? 0;
        re[b] = ar - tr;
        im[b] = ai - ti;
        re[a] = ar + tr;
        im[a] = ai + ti;
      }
    }
  }
}

interface Circle {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}
const circles = new Map<number, Circle>();

/** Half a turn backwards in `n / 2` steps. */
function circleOf(n: number): Circle {
  let circle = circles.get(n);
  if (!circle) {
    const steps = new Float64Array(n >> 1);
    circle = {
      cos: steps.map((_, k) => Math.cos((2 * Math.PI * k) / n)),
      sin: steps.map((_, k) => -Math.sin((2 * Math.PI * k) / n)),
    };
    circles.set(n, circle);
  }
  return circle;
}

/** How well `mark` fits at each place of `heard`: correlation for lags 0 to `lags` - 1. */
export function correlate(
  heard: Float32Array,
  mark: Float32Array,
  lags: number,
): Float64Array<ArrayBuffer> {
  let size = 1;
  while (size < heard.length + mark.length) size <<= 1;
  const spectrum = (of: Float32Array) => {
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    re.set(of);
    fft(re, im);
    return { re, im };
  };
  const x = spectrum(heard);
  const m = spectrum(mark);
  // X times the conjugate of M; its conjugate, transformed forward, is the conjugate of the inverse transform.
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < size; ++i) {
    const [xr = 0, xi = 0, mr = 0, mi = 0] = [x.re[i], x.im[i], m.re[i], m.im[i]];
    re[i] = xr * mr + xi * mi;
    im[i] = -(xi * mr - xr * mi);
  }
  fft(re, im);
  return re.slice(0, lags).map((value) => value / size);
}
