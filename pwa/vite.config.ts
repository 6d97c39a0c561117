// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { offline } from './bundle/offline.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8')) as {
  version: string;
};

export default defineConfig({
  root: here('.'),
  // Relative, so that the app runs on any static host below any path.
  base: './',
  cacheDir: here('../node_modules/.cache/vite-pwa'),
  define: { 'import.meta.env.APP_VERSION': JSON.stringify(version) },
  worker: { format: 'es' },
  plugins: [offline()],
  build: {
    outDir: here('../dist'),
    emptyOutDir: true,
    target: ['chrome100', 'firefox110', 'safari16.4'],
    // A worklet or a wasm file as a data: URL would be refused by a strict CSP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
