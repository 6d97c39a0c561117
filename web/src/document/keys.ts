// SPDX-License-Identifier: MIT
// Keys of the flat maps: `node/param` and `node/slot`. Any string is an id, so `/` and `~` in one are escaped as in a JSON
// pointer; ids of ours have neither.

const escape = (id: string) => id.replaceAll('~', '~0').replaceAll('/', '~1');
const unescape = (text: string) => text.replaceAll('~1', '/').replaceAll('~0', '~');

export const pairKey = (nodeId: string, rowId: string): string =>
  `${escape(nodeId)}/${escape(rowId)}`;

export function splitPairKey(key: string): readonly [nodeId: string, rowId: string] {
  const slash = key.indexOf('/');
  return slash < 0
    ? [unescape(key), '']
    : [unescape(key.slice(0, slash)), unescape(key.slice(slash + 1))];
}
