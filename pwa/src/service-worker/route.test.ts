// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { routeOf } from './route.ts';

const kScope = 'https://host.example/music/sonic/';
const route = (path: string, { method = 'GET', mode = 'cors' } = {}) =>
  routeOf({ method, mode, url: new URL(path, kScope).href }, kScope, (url) =>
    url.startsWith(`${kScope}assets/`),
  );

test('the page is known by its folder, whatever a link adds', () => {
  const mode = 'navigate';
  expect(route('./', { mode })).toBe('page');
  expect(route('./?start=demo#here', { mode })).toBe('page');
  expect(route('index.html', { mode })).toBe('page');
  expect(route('docs/', { mode })).toBe('network');
  expect(route('../', { mode })).toBe('network');
});

test('kept files are answered, others are not', () => {
  expect(route('assets/index-1.js')).toBe('kept');
  expect(route('assets/index-1.js?v=2')).toBe('kept');
  expect(route('other.json')).toBe('network');
  expect(route('https://elsewhere.example/music/sonic/assets/index-1.js')).toBe('network');
  expect(route('assets/index-1.js', { method: 'HEAD' })).toBe('network');
});

test('only what is shared with the app is taken out of a form', () => {
  expect(route('share', { method: 'POST' })).toBe('shared');
  expect(route('./', { method: 'POST' })).toBe('network');
});
