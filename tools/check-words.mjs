// SPDX-License-Identifier: MIT
// What no tracked file may hold: paths of one person's machine, addresses of package registries.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFiles } from './lib/files.mjs';

const kForbidden = [
  [/(?:^|[\s"'`(=:])\/(?:work|root|home\/\w+|Users\/\w+|tmp\/\w+)\//, 'a path of one machine'],
  [/\b(?:registry\.\w+js\.|(?:deb|security)\.debian\.)\w+/, "a package registry's host"],
];
const kBinary = /\.(png|ico|woff2?|wav|wasm|zip)$/;

/** Breaches in one text, as `file:line: sentence`. */
export function checkText(file, text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      kForbidden
        .filter(([pattern]) => pattern.test(line))
        .map(([, what]) => `${file}:${index + 1}: ${what}`),
    );
}

export function checkWords(root) {
  return projectFiles(root)
    .filter((file) => !kBinary.test(file))
    .flatMap((file) => checkText(file, readFileSync(path.join(root, file), 'utf8')));
}
