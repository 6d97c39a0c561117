// SPDX-License-Identifier: MIT
import path from 'node:path';
import { build as viteBuild } from 'vite';
import { buildWeb } from './build-web.mjs';
import { markAppFresh } from './lib/app-inputs.mjs';
import { build, coreCount, root } from './lib/native.mjs';

async function step(name, work) {
  const begin = Date.now();
  await work();
  console.log(`${name.padEnd(12)} ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

/** Builds everything that the page needs. */
export async function buildApp() {
  await step('engine', () => build('wasm', ['engine-wasm'], coreCount));
  await step('web package', buildWeb);
  await step('app', () =>
    viteBuild({ configFile: path.join(root, 'pwa/vite.config.ts'), logLevel: 'warn' }),
  );
  markAppFresh(root);
}
