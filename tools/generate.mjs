// SPDX-License-Identifier: MIT
// npm run generate: writes what is made from the engine's module table. With --check it only compares, as npm test does.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, coreCount, root } from './lib/native.mjs';
import { generatedFiles } from './lib/module-pages.mjs';
import { lastLines, run } from './lib/process.mjs';

async function moduleTable() {
  await build('native', ['sonic'], coreCount);
  const sonic = path.join(root, 'build/native/sonic');
  const { code, output } = await run(sonic, ['modules', '--json'], { cwd: root });
  if (code !== 0) throw new Error(lastLines(output));
  return JSON.parse(output);
}

/** Pages of modules that are no more. */
function leftovers(files) {
  const folder = path.join(root, 'docs/modules');
  const present = existsSync(folder) ? readdirSync(folder) : [];
  return present.map((name) => `docs/modules/${name}`).filter((file) => !files.has(file));
}

const differs = ([file, content]) => {
  const full = path.join(root, file);
  return !existsSync(full) || readFileSync(full, 'utf8') !== content;
};

const files = generatedFiles(await moduleTable());
const changed = [...files].filter(differs);
const gone = leftovers(files);
if (process.argv.includes('--check')) {
  for (const file of [...changed.map(([name]) => name), ...gone]) {
    console.log(`${file} is out of date: npm run generate`);
  }
  process.exitCode = changed.length + gone.length > 0 ? 1 : 0;
} else {
  for (const [file, content] of changed) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
    console.log(file);
  }
  for (const file of gone) rmSync(path.join(root, file));
}
