// SPDX-License-Identifier: MIT
// Tells whether the built app is older than what it is made of.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFiles } from './files.mjs';

const kInputs =
  /^(engine|bindings|worklet|web|pwa|cmake)\/|^(CMake.*|package.*\.json|tools\/.*build.*)$/;

function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of projectFiles(root).filter((name) => kInputs.test(name))) {
    const { size, mtimeMs } = statSync(path.join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const stampFile = (root) => path.join(root, 'build/app-stamp');

export function isAppFresh(root) {
  return (
    existsSync(path.join(root, 'dist/index.html')) &&
    existsSync(stampFile(root)) &&
    readFileSync(stampFile(root), 'utf8') === fingerprint(root)
  );
}

export function markAppFresh(root) {
  mkdirSync(path.join(root, 'build'), { recursive: true });
  writeFileSync(stampFile(root), fingerprint(root));
}
