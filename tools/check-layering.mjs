// SPDX-License-Identifier: MIT
// Dependencies point one way (docs/architecture.md): which folder may include or import which.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFiles } from './lib/files.mjs';

// Folder → folders or single headers it may include, its own aside; from low to high.
const kEngineMayUse = {
  'engine/core': [],
  'engine/dsp': ['engine/core'],
  'engine/analysis': ['engine/dsp', 'engine/core'],
  'engine/modules': ['engine/analysis', 'engine/dsp', 'engine/core'],
  // Knob travel and wire gains need exp2 and log2, and libm is barred on the audio thread.
  'engine/graph': ['engine/core', 'engine/dsp/math.h'],
  'engine/sequence': ['engine/core'],
  'engine/document': ['engine/graph', 'engine/sequence', 'engine/core'],
  'engine/live': ['engine/dsp', 'engine/core'],
  'engine/jam': ['engine/core'],
};
// Outside the kernel only its border is used; a module's own header never is.
const kHighwayHome = 'engine/dsp/simd.h';
const kJsonHomes = ['engine/document/', 'bindings/', 'cli/', 'tests/'];

// TypeScript rooms, and the rooms each may import from.
const kRoomMayImport = {
  worklet: ['web/src/generated', 'web/src/wire', 'build'],
  web: ['web', 'worklet', 'ai', 'build'],
  pwa: ['pwa', 'web'],
};

const room = (file, rooms) =>
  rooms.filter((name) => file.startsWith(`${name}/`)).sort((a, b) => b.length - a.length)[0];

function checkInclude(file, target, isSystem) {
  if (isSystem || target.startsWith('hwy/') || target.startsWith('nlohmann/')) {
    if (target.startsWith('hwy/') && file !== kHighwayHome)
      return `only ${kHighwayHome} includes Highway`;
    if (target.startsWith('nlohmann/') && !kJsonHomes.some((home) => file.startsWith(home))) {
      return 'JSON is for engine/document and bindings only';
    }
    return undefined;
  }
  if (/^(tests|bindings|cli)\//.test(target) && file.startsWith('engine/')) {
    return 'the kernel includes nothing outside engine/';
  }
  const from = room(file, Object.keys(kEngineMayUse));
  if (!from) {
    return /^engine\/.+\//.test(file) ? 'this folder has no place in the layering yet' : undefined;
  }
  if (target === 'engine/engine.h') return 'nobody inside engine/ includes engine.h';
  const to = room(target, Object.keys(kEngineMayUse));
  const granted = kEngineMayUse[from];
  if (!to || to === from || granted.includes(to) || granted.includes(target)) return undefined;
  return `${from} may use ${granted.join(', ') || 'nothing'}, not ${to}`;
}

function checkImport(file, specifier) {
  const from = file.split('/')[0];
  const allowed = kRoomMayImport[from];
  if (!allowed) return undefined;
  if (!specifier.startsWith('.')) {
    const isDeep = /^sonic-core\/(?!document$|worklet$|engine\.wasm(\?url)?$)/.test(specifier);
    return isDeep ? 'the web package is imported only through its exports' : undefined;
  }
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  const to = target.split('/')[0];
  if (to === from) return undefined;
  if (!allowed.some((name) => target === name || target.startsWith(`${name}/`))) {
    return `${from} may not import from ${to}`;
  }
  // pwa takes the package by its name, so that it stands where any other page stands.
  if (from === 'pwa') return "import 'sonic-core', not a path into web/";
  return undefined;
}

const kInclude = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/gm;
const kImport =
  /(?:^|[;\s])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm;

/** Each breach in one file's text, as `file:line: sentence`. */
export function checkFile(file, text) {
  const breaches = [];
  const note = (index, sentence) => {
    if (sentence) breaches.push(`${file}:${text.slice(0, index).split('\n').length}: ${sentence}`);
  };
  if (/\.(h|cpp)$/.test(file)) {
    for (const match of text.matchAll(kInclude)) {
      const at = match.index + match[0].indexOf('#');
      note(at, checkInclude(file, match[2], match[1] === '<'));
    }
  } else if (/\.(ts|mts|js|mjs)$/.test(file)) {
    for (const match of text.matchAll(kImport)) {
      const specifier = match[1] ?? match[2];
      note(match.index + match[0].indexOf(specifier), checkImport(file, specifier));
    }
  }
  return breaches;
}

/** All breaches in the project. */
export function checkLayering(root) {
  return projectFiles(root).flatMap((file) =>
    /\.(h|cpp|ts|mts|js|mjs)$/.test(file)
      ? checkFile(file, readFileSync(path.join(root, file), 'utf8'))
      : [],
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = checkLayering(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
  for (const breach of breaches) console.log(breach);
  process.exitCode = breaches.length ? 1 : 0;
}
