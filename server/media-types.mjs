// SPDX-License-Identifier: MIT
import path from 'node:path';

// WASM with another type is refused by streaming compilation, modules with another type by the browser.
const kTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.sonic': 'application/zip',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const kCompressible = /^(text\/|application\/(json|wasm|manifest\+json)|image\/(svg\+xml|x-icon))/;

export function mediaType(file) {
  return kTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}

export function isCompressible(type) {
  return kCompressible.test(type);
}
