// SPDX-License-Identifier: MIT
// CRC-32 as zip files have it (IEEE 802.3), four bytes a step.

const kTables: readonly Uint32Array[] = (() => {
  const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
  const [first = new Uint32Array(256)] = tables;
  for (let i = 0; i < 256; i += 1) {
    let value = i;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
    first[i] = value;
  }
  for (let t = 1; t < 4; t += 1) {
    const before = tables[t - 1] ?? first;
    const table = tables[t] ?? first;
    for (let i = 0; i < 256; i += 1) {
      const value = before[i] ?? 0;
      table[i] = (value >>> 8) ^ (first[value & 255] ?? 0);
    }
  }
  return tables;
})();

/** `before`: the sum of what came before these bytes. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3] = kTables as readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let crc = ~before;
  let i = 0;
  for (const whole = bytes.length - (bytes.length % 4); i < whole; i += 4) {
    crc ^=
      (bytes[i] ?? 0) |
      ((bytes[i + 1] ?? 0) << 8) |
      ((bytes[i + 2] ?? 0) << 16) |
      ((bytes[i + 3] ?? 0) << 24);
    crc =
      (t3[crc & 255] ?? 0) ^
      (t2[(crc >>> 8) & 255] ?? 0) ^
      (t1[(crc >>> 16) & 255] ?? 0) ^
      (t0[crc >>> 24] ?? 0);
  }
  for (; i < bytes.length; i += 1) crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0);
  return ~crc >>> 0;
}

const kPieceBytes = 1024 * 1024;

/** In pieces of a few milliseconds, so that the page stays awake. */
export async function crc32Of(blob: Blob): Promise<number> {
  let crc = 0;
  for (let at = 0; at < blob.size; at += kPieceBytes) {
    const piece = await blob.slice(at, at + kPieceBytes).arrayBuffer();
    crc = crc32(new Uint8Array(piece), crc);
  }
  return crc;
}
