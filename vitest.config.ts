// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  test: {
    include: ['{web,pwa}/src/**/*.test.ts', 'pwa/bundle/*.test.ts', 'worklet/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
  },
  resolve: {
    // Sources, not the packed package: unit tests run without a build of it.
    alias: [
      { find: /^sonic-core$/, replacement: here('./web/src/index.ts') },
      { find: /^sonic-core\/document$/, replacement: here('./web/src/document.ts') },
    ],
  },
});
