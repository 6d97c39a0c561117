// SPDX-License-Identifier: MIT
// Packs the web package into web/dist: each entry one self-contained ES module beside engine.wasm, with types. Files that
// the package finds by `new URL('./…', import.meta.url)` keep their plain names, so that any bundler can follow them.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './lib/native.mjs';
import { lastLines, run } from './lib/process.mjs';

// What bundlers read stays as written: minifying turns './engine.wasm' into a template, which some do not follow.
const kEntries = [
  { name: 'index.js', entry: 'web/src/index.ts', minify: false },
  { name: 'document.js', entry: 'web/src/document.ts', minify: false },
  { name: 'sonic-worker.js', entry: 'web/src/worker.ts', minify: true },
  { name: 'sonic-worklet.js', entry: 'worklet/processor.ts', minify: true },
];
const dist = path.join(root, 'web/dist');

async function bundle({ name, entry, minify }) {
  const build = await rolldown({
    input: path.join(root, entry),
    external: [/^yjs$/, /^lib0/],
    platform: 'browser',
    tsconfig: false,
    onLog(level, log) {
      if (level === 'warn') throw new Error(`${entry}: ${log.message}`);
    },
  });
  await build.write({
    file: path.join(dist, name),
    format: 'es',
    codeSplitting: false,
    minify,
    comments: { legal: true, annotation: true, jsdoc: false },
  });
  await build.close();
}

async function declareTypes() {
  const { code, output } = await run(
    path.join(root, 'node_modules/.bin/tsc'),
    ['-p', 'web/tsconfig.types.json'],
    { cwd: root },
  );
  if (code !== 0) throw new Error(lastLines(output));
}

export async function buildWeb() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  for (const entry of kEntries) await bundle(entry);
  copyFileSync(path.join(root, 'build/wasm/engine.wasm'), path.join(dist, 'engine.wasm'));
  await declareTypes();
}
