// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halved, toPalette } from './palette.mjs';
import { decodePng, encodePalettePng, encodePng } from './png.mjs';

test('a PNG comes out as it went in', () => {
  const rgba = Uint8Array.from({ length: 7 * 5 * 4 }, (_, i) => (i * 37) % 256);
  const { width, height, rgba: out } = decodePng(encodePng(7, 5, rgba));
  assert.deepEqual([width, height], [7, 5]);
  assert.deepEqual(out, rgba);
});

test('up to 256 colours are kept exactly', () => {
  const rgba = new Uint8Array(256 * 4).fill(255);
  for (let i = 0; i < 256; i += 1) rgba.set([i, 255 - i, (i * 7) % 256], i * 4);
  const { palette, indices } = toPalette(rgba);
  for (let i = 0; i < 256; i += 1) {
    assert.deepEqual(palette[indices[i]], [...rgba.subarray(i * 4, i * 4 + 3)]);
  }
});

test('of more colours none moves far, and a rare one keeps its own', () => {
  const rgba = new Uint8Array(4096 * 4).fill(255);
  for (let i = 0; i < 4096; i += 1) rgba.set([i % 64, i % 64, Math.floor(i / 64)], i * 4);
  rgba.set([255, 0, 0], 0);
  const { palette, indices } = toPalette(rgba);
  assert.ok(palette.length <= 256);
  assert.deepEqual(palette[indices[0]], [255, 0, 0]);
  for (let i = 0; i < 4096; i += 1) {
    for (let c = 0; c < 3; c += 1) {
      assert.ok(Math.abs(palette[indices[i]][c] - rgba[i * 4 + c]) <= 8);
    }
  }
});

test('a picture with a palette has its header, colours and rows', () => {
  const png = encodePalettePng(2, 1, {
    palette: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    indices: Uint8Array.of(1, 0),
  });
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.equal(png[25], 3);
  assert.deepEqual([...png.subarray(41, 47)], [1, 2, 3, 4, 5, 6]);
});

test('half the size is the mean of each four, and an odd edge is left out', () => {
  const rgba = new Uint8Array(3 * 2 * 4).fill(255);
  [10, 20, 90, 30, 41, 90].forEach((grey, i) => rgba.set([grey, grey, grey], i * 4));
  const { width, height, rgba: out } = halved({ width: 3, height: 2, rgba });
  assert.deepEqual([width, height], [1, 1]);
  assert.deepEqual([...out], [25, 25, 25, 255]);
});

test('fewer colours may be asked for', () => {
  const rgba = Uint8Array.from({ length: 64 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i));
  assert.ok(toPalette(rgba, 8).palette.length <= 8);
});
