// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { drawIcon, kIcons } from './icons.mjs';
import { decodePng } from './lib/png.mjs';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../pwa/public');
const pixel = ({ width, rgba }, x, y) => [...rgba.subarray((y * width + x) * 4).subarray(0, 4)];

for (const icon of kIcons) {
  test(`${icon.name} is what tools/icons.mjs draws`, () => {
    const { width, height, rgba } = decodePng(readFileSync(path.join(folder, icon.name)));
    assert.deepEqual([width, height], [icon.size, icon.size]);
    assert.ok(Buffer.from(rgba).equals(Buffer.from(drawIcon(icon))));
  });
}

test('a maskable icon has ground in its corners and its mark inside the circle of 80 %', () => {
  const [icon] = kIcons.filter(({ ground }) => ground === 'full');
  const picture = { width: icon.size, rgba: drawIcon(icon) };
  assert.deepEqual(pixel(picture, 0, 0), [0x15, 0x16, 0x17, 255]);
  const radius = 0.4 * icon.size;
  for (let y = 0; y < icon.size; y += 1) {
    for (let x = 0; x < icon.size; x += 1) {
      const isInk = pixel(picture, x, y)[0] > 0x80;
      if (isInk) assert.ok(Math.hypot(x - icon.size / 2, y - icon.size / 2) <= radius);
    }
  }
});

test('a monochrome icon is clear around its mark', () => {
  const [icon] = kIcons.filter(({ ground }) => ground === 'none');
  const picture = { width: icon.size, rgba: drawIcon(icon) };
  assert.equal(pixel(picture, 5, 5)[3], 0);
  assert.equal(pixel(picture, icon.size / 2, icon.size / 2)[3], 255);
});
