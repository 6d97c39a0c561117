// SPDX-License-Identifier: MIT
// npx vite --config pwa/dev/vite.config.ts, then /dev/ : the app on a double of the engine, from sources.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: here('..'),
  cacheDir: here('../../node_modules/.cache/vite-dev'),
  resolve: {
    alias: [
      { find: /^sonic-core$/, replacement: here('../../web/src/index.ts') },
      { find: /^sonic-core\/document$/, replacement: here('../../web/src/document.ts') },
    ],
  },
});
