// SPDX-License-Identifier: MIT
// At most 256 colours for a picture, by median cut: pictures of a user interface look the same and take a third.

const kMaxColours = 256;
/** An accent is small: with a higher one the greys of a large ground would take its colours. */
const kWeight = 0.3;

/** Colours of an RGBA picture, alpha left out, with how often each occurs: [red, green, blue, count]. */
function histogram(rgba) {
  const counts = new Map();
  for (let i = 0; i < rgba.length; i += 4) {
    const key = (rgba[i] << 16) | (rgba[i + 1] << 8) | rgba[i + 2];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => [key >> 16, (key >> 8) & 255, key & 255, count]);
}

/** How much is lost if these became one colour: spread in its widest channel, weighed a little by how many they are. */
function measure(colours) {
  let [channel, spread] = [0, -1];
  for (let c = 0; c < 3; c += 1) {
    let [low, high] = [255, 0];
    for (const colour of colours) {
      low = Math.min(low, colour[c]);
      high = Math.max(high, colour[c]);
    }
    if (high - low > spread) [channel, spread] = [c, high - low];
  }
  const count = colours.reduce((sum, colour) => sum + colour[3], 0);
  return { colours, channel, loss: spread * count ** kWeight };
}

function cut({ colours, channel }) {
  const sorted = [...colours].sort((a, b) => a[channel] - b[channel]);
  // In the middle of the range rather than of the pixels: a rare bright line on a dark ground keeps its colour.
  const middle = (sorted[0][channel] + sorted.at(-1)[channel]) / 2;
  const at = sorted.findIndex((colour) => colour[channel] > middle);
  return [measure(sorted.slice(0, at)), measure(sorted.slice(at))];
}

function mean(colours) {
  const sum = [0, 0, 0];
  let count = 0;
  for (const colour of colours) {
    for (let c = 0; c < 3; c += 1) sum[c] += colour[c] * colour[3];
    count += colour[3];
  }
  return sum.map((value) => Math.round(value / count));
}

/** { width, height, rgba } of half the size in both directions: each pixel is the mean of four. */
export function halved({ width, height, rgba }) {
  const [w, h] = [width >> 1, height >> 1];
  const out = new Uint8Array(w * h * 4);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const at = (2 * y * width + 2 * x) * 4;
      for (let c = 0; c < 4; c += 1) {
        const below = at + width * 4 + c;
        const sum = rgba[at + c] + rgba[at + 4 + c] + rgba[below] + rgba[below + 4];
        out[(y * w + x) * 4 + c] = (sum + 2) >> 2;
      }
    }
  }
  return { width: w, height: h, rgba: out };
}

/** { palette: [red, green, blue][], indices: one byte per pixel }. */
export function toPalette(rgba, maxColours = kMaxColours) {
  let boxes = [measure(histogram(rgba))];
  while (boxes.length < maxColours) {
    const worst = boxes.reduce((a, b) => (b.loss > a.loss ? b : a));
    if (worst.loss === 0) break;
    boxes = [...boxes.filter((box) => box !== worst), ...cut(worst)];
  }
  const indexOf = new Map();
  boxes.forEach(({ colours }, index) => {
    for (const [r, g, b] of colours) indexOf.set((r << 16) | (g << 8) | b, index);
  });
  const indices = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < indices.length; i += 1) {
    const key = (rgba[i * 4] << 16) | (rgba[i * 4 + 1] << 8) | rgba[i * 4 + 2];
    indices[i] = indexOf.get(key);
  }
  return { palette: boxes.map(({ colours }) => mean(colours)), indices };
}
