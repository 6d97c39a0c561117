// SPDX-License-Identifier: MIT

/** The entries of a zip without compression, which is what a `.sonic` file is. */
export function storedEntries(file: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  for (let at = 0; at + 30 <= file.length && file.readUInt32LE(at) === 0x04034b50;) {
    const size = file.readUInt32LE(at + 18);
    const nameLength = file.readUInt16LE(at + 26);
    const begin = at + 30 + nameLength + file.readUInt16LE(at + 28);
    entries.set(
      file.toString('utf8', at + 30, at + 30 + nameLength),
      file.subarray(begin, begin + size),
    );
    at = begin + size;
  }
  return entries;
}
