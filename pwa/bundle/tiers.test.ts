// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { type BuiltFile, tiersOf } from './tiers.ts';

const chunk = (fileName: string, text: string, more: Partial<BuiltFile> = {}): BuiltFile => ({
  fileName,
  type: 'chunk',
  text,
  ...more,
});
const asset = (fileName: string, text = ''): BuiltFile => ({ fileName, type: 'asset', text });

test('the first tier is what the entry needs without being asked', () => {
  const files = [
    asset('index.html', '<link href="./assets/index-1.css">'),
    chunk(
      'assets/index-1.js',
      'new URL("engine-1.wasm"); import("./dialog-1.js"); "letters-1.woff2"',
      {
        isEntry: true,
        imports: ['assets/shared-1.js'],
        css: ['assets/index-1.css'],
      },
    ),
    chunk('assets/shared-1.js', 'new URL("worker-1.js")'),
    chunk('assets/dialog-1.js', '"dialog-1.css"', { css: ['assets/dialog-1.css'] }),
    asset('assets/worker-1.js'),
    asset('assets/engine-1.wasm'),
    asset('assets/index-1.css', 'url(letters-1.woff2)'),
    asset('assets/dialog-1.css'),
    asset('assets/letters-1.woff2'),
    asset('assets/index-1.js.map'),
  ];
  const { first, rest } = tiersOf(files);
  expect(first).toEqual([
    'assets/engine-1.wasm',
    'assets/index-1.css',
    'assets/index-1.js',
    'assets/shared-1.js',
    'assets/worker-1.js',
    'index.html',
  ]);
  expect(rest).toEqual(['assets/dialog-1.css', 'assets/dialog-1.js', 'assets/letters-1.woff2']);
});
