// SPDX-License-Identifier: MIT
// node tools/icons.mjs: draws the app's icons from its mark, three shapes on a wire, into pwa/public/.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePng } from './lib/png.mjs';

const kFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../pwa/public');
const kGround = [0x15, 0x16, 0x17];
const kInk = [0xf2, 0xf1, 0xed];
/** Samples across one pixel, in each direction. */
const kSamples = 4;

// In a square of 48, as in icon.svg. Each gives whether a point is inside.
const roundedSquare = (x, y, left, top, side, radius) => {
  const dx = Math.max(left + radius - x, x - (left + side - radius), 0);
  const dy = Math.max(top + radius - y, y - (top + side - radius), 0);
  return dx * dx + dy * dy <= radius * radius && x >= left && x <= left + side;
};
const isOnMark = (x, y) =>
  (x >= 10 && x <= 38 && Math.abs(y - 24) <= 1.25) ||
  Math.hypot(x - 11, y - 24) <= 5.5 ||
  Math.abs(x - 24) + Math.abs(y - 24) <= 4.5 * Math.SQRT2 ||
  roundedSquare(x, y, 32, 19, 10, 1.2);

/**
 * `ground`: what lies below the mark: 'tile' a rounded square, 'full' the whole picture, 'none' nothing.
 * `scale`: of the mark; launchers cut maskable icons down to a circle of 80 %.
 */
export const kIcons = [
  { name: 'icon-192.png', size: 192, ground: 'tile', scale: 1 },
  { name: 'icon-512.png', size: 512, ground: 'tile', scale: 1 },
  { name: 'icon-maskable-512.png', size: 512, ground: 'full', scale: 0.86 },
  { name: 'icon-monochrome-512.png', size: 512, ground: 'none', scale: 1 },
  { name: 'apple-touch-icon.png', size: 180, ground: 'full', scale: 0.94 },
];

/** RGBA, row by row. */
export function drawIcon({ size, ground, scale }) {
  const pixels = new Uint8Array(size * size * 4);
  const step = 48 / size;
  const sample = (x, y) => {
    const [u, v] = [24 + (x - 24) / scale, 24 + (y - 24) / scale];
    if (isOnMark(u, v)) return kInk;
    const isGround = ground === 'full' || (ground === 'tile' && roundedSquare(x, y, 0, 0, 48, 11));
    return isGround ? kGround : undefined;
  };
  for (let at = 0; at < size * size; at += 1) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let i = 0; i < kSamples * kSamples; i += 1) {
      const x = ((at % size) + ((i % kSamples) + 0.5) / kSamples) * step;
      const y = (Math.floor(at / size) + (Math.floor(i / kSamples) + 0.5) / kSamples) * step;
      const colour = sample(x, y);
      if (!colour) continue;
      covered += 1;
      for (let c = 0; c < 3; c += 1) sum[c] += colour[c];
    }
    if (covered === 0) continue;
    for (let c = 0; c < 3; c += 1) pixels[at * 4 + c] = Math.round(sum[c] / covered);
    pixels[at * 4 + 3] = Math.round((covered * 255) / (kSamples * kSamples));
  }
  return pixels;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const icon of kIcons) {
    const png = encodePng(icon.size, icon.size, drawIcon(icon));
    writeFileSync(path.join(kFolder, icon.name), png);
    console.log(`${icon.name} ${png.length} bytes`);
  }
}
