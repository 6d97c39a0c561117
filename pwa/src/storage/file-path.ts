// SPDX-License-Identifier: MIT

const kPart = /^[\w-][\w.-]*$/;

/** A path's parts. Throws on what no file system takes: such a path is a mistake of ours, not of a player. */
export function partsOf(path: string): readonly [...folders: string[], name: string] {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  for (const part of [...parts, name]) {
    if (!kPart.test(part)) throw new TypeError(`'${path}' is no path of a stored file`);
  }
  return [...parts, name];
}
