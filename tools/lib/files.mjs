// SPDX-License-Identifier: MIT
// Which files the tools look at: what git tracks or would track, so build outputs never count.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Paths relative to `root`, '/' between folders. */
export function projectFiles(root) {
  const list = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    },
  );
  return list.split('\0').filter((file) => file && existsSync(path.join(root, file)));
}

/** node:test files below these folders. Named one by one: Node 20 takes folders and Node 22 patterns. */
export function nodeTestFiles(root, folders) {
  return projectFiles(root).filter(
    (file) => file.endsWith('.test.mjs') && folders.some((folder) => file.startsWith(`${folder}/`)),
  );
}
